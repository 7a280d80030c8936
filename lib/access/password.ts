import { dictionary } from '@zxcvbn-ts/language-common'
import { commonWords, keyboardWalks, productWords } from './weak-words'

/**
 * What a password must be, and nothing else: long enough, and not what attackers try first. No rule about kinds of characters and
 * no date on which it ends; any character, up to 200 of them (decision 026).
 */
export const MOST_CHARACTERS = 200
/** The least number of characters: with a second factor beside it, and for a password that stands alone. */
export const leastCharacters = (withFactor: boolean): number => (withFactor ? 8 : 12)

/** Whose password it is to become: a password made of these is the second thing that is tried. */
export type PasswordOwner = { name: string; email: string }

const LOOKALIKES: Record<string, string> = {
  '0': 'o',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '+': 't',
}
/** The least of its own that a password keeps beside the names and words that anybody knows, in letters and digits. */
const OWN_LEAST = 6

const letters = (text: string) => text.replace(/[^a-z]/g, '')

/** Some fifty thousand passwords from lists of breaches, in small letters. */
const breached = new Set(dictionary['passwords-common'])

/** The ways in which a password can be read by somebody who looks through capitals, look-alikes and endings. */
function readings(password: string): string[] {
  const plain = password.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const looked = (text: string, one: string) => text.replace(/[1!|]/g, one).replace(/[0345789@$+]/g, (c) => LOOKALIKES[c]!)
  const core = plain.replace(/^[^a-z]+|[^a-z]+$/g, '')
  return [...new Set([plain, core, ...['i', 'l'].flatMap((one) => [looked(plain, one), looked(core, one)])].map(letters))].filter(Boolean)
}

/** Whether the letters are one common word, or two put together; also one word said again and again. */
function isCommon(word: string): boolean {
  if (commonWords.has(word)) return true
  for (let cut = 2; cut <= word.length - 2; cut++) if (commonWords.has(word.slice(0, cut)) && commonWords.has(word.slice(cut))) return true
  const unit = period(word)
  return unit.length < word.length && isCommon(unit)
}

/** The shortest text that, said again and again, gives this one. */
function period(text: string): string {
  for (let n = 1; n <= text.length / 2; n++)
    if (
      text
        .slice(0, n)
        .repeat(Math.ceil(text.length / n))
        .startsWith(text)
    )
      return text.slice(0, n)
  return text
}

/** Whether two neighbours follow each other in the alphabet, among the digits or on a keyboard, or are the same. */
const follows = (a: string, b: string): boolean =>
  (/[a-z0-9]/.test(a) && /[a-z0-9]/.test(b) && Math.abs(a.charCodeAt(0) - b.charCodeAt(0)) <= 1) ||
  a + b === '90' ||
  a + b === '09' ||
  keyboardWalks.some((walk) => walk.includes(a + b) || walk.includes(b + a))

/** Whether most of it is a run, or two runs mixed: 12345678, qwertyuiop, 1qaz2wsx, 1q2w3e4r. */
function isRun(text: string): boolean {
  const every = (from: number) => [...text].filter((_, i) => i % 2 === from).join('')
  return isOneRun(text) || (isOneRun(every(0)) && isOneRun(every(1)))
}

function isOneRun(text: string): boolean {
  let steps = 0
  for (let i = 1; i < text.length; i++) if (follows(text[i - 1]!, text[i]!)) steps++
  return steps >= (text.length - 1) * 0.7
}

/** Digits that stand in many files: a telephone number, a day, an NIP or NIK that begins with one. */
const isKnownNumber = (text: string): boolean => {
  const digits = text.replace(/[\s./+-]/g, '')
  return (
    /^(?:62|0)8\d{7,11}$/.test(digits) ||
    /^(?:19|20)\d{2}[01]\d[0-3]\d\d*$/.test(digits) ||
    /^[0-3]\d[01]\d(?:19|20)\d{2}\d*$/.test(digits) ||
    /^1[1-9]\d{14}$/.test(digits)
  )
}

const wordsOf = (owner: PasswordOwner): string[] =>
  [owner.name, owner.email, owner.email.split('@')[0]!]
    .flatMap((text) => [
      letters(text.normalize('NFKD').toLowerCase()),
      ...text
        .normalize('NFKD')
        .toLowerCase()
        .split(/[^a-z]+/),
    ])
    .filter((word) => word.length >= 4)

/** Whether names and words that anybody knows make up the password, but for a little. */
function isOwnWord(password: string, owner: PasswordOwner): boolean {
  const known = [...wordsOf(owner), ...productWords].sort((a, b) => b.length - a.length)
  return readings(password).some((reading) => {
    const rest = known.reduce((text, word) => text.replaceAll(word, ''), reading)
    return rest !== reading && rest.length < OWN_LEAST
  })
}

/**
 * Why this password cannot be taken, as a sentence that ends with what helps; null when it can. `least` is the number of characters
 * that it must have.
 */
export function passwordProblem(password: string, owner: PasswordOwner, least: number): string | null {
  const length = [...password].length
  const plain = password.normalize('NFKD').toLowerCase()
  if (length < least)
    return `Kata sandi sedikitnya ${least} karakter. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak.`
  if (length > MOST_CHARACTERS) return `Kata sandi paling banyak ${MOST_CHARACTERS} karakter.`
  if (isOwnWord(password, owner))
    return 'Kata sandi itu tersusun dari nama, surel, atau kata yang diketahui semua orang di sini. Pilih beberapa kata lain yang tidak berhubungan.'
  const repeated = period(plain)
  if (
    (repeated.length < plain.length && repeated.length < 8) ||
    new Set(plain).size < 4 ||
    breached.has(plain) ||
    isRun(plain) ||
    isKnownNumber(plain) ||
    readings(password).some(isCommon)
  )
    return 'Kata sandi itu termasuk yang paling dulu dicoba pembobol. Pilih beberapa kata lain yang tidak berhubungan.'
  return null
}
