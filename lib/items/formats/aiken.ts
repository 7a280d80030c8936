import { BREAK, settle, type Piece } from './account'
import { letterAt, lettered, MOST_OPTIONS, Refused, stemOf, withProblems, type ReadFile, type ReadItem } from './read'

/**
 * Aiken: a question, options "A." or "A)", and "ANSWER: B"; items follow each other with or without empty lines. As Moodle's own reader
 * does, the first letter after ANSWER is the key, and no space is asked for behind an option's letter.
 */
const OPTION = /^\(?([A-Za-z])\s*[.)]\s*(\S.*)$/
const ANSWER = /^(?:ANSWER|JAWABAN|KUNCI)\s*[:=]\s*(.*)$/i

export const looksLikeAiken = (text: string): boolean => /^\s*[A-Za-z][.)]\s*\S/m.test(text) && /^\s*ANSWER\s*[:=]/im.test(text)

type Option = { letter: string; text: string }

/** The key of an answer line: its first letter; nothing where more than one letter is meant. */
function keyOf(answer: string): string {
  const letters = answer.split(/\s*(?:,|;|&|\/|\bdan\b|\band\b)\s*/i).filter(Boolean)
  if (letters.length > 1 && letters.every((l) => /^[A-Za-z]\W*$/.test(l)))
    throw new Refused('Aiken hanya mengenal satu kunci; baris ANSWER ini menyebut beberapa.')
  const first = /^\(?([A-Za-z])(?![A-Za-z])/.exec(answer.trim())?.[1]
  if (!first) throw new Refused(`Baris ANSWER "${answer.slice(0, 30)}" tidak menyebut huruf kunci.`)
  return first.toUpperCase()
}

export function readAiken(text: string): ReadFile {
  const items: ReadItem[] = []
  let stem: string[] = []
  let options: Option[] = []
  let source: Piece[] = []
  let began = 0
  const close = (answer: string | null) => {
    const number = items.length + 1
    const question = stem.join('\n').trim()
    const item = withProblems({ id: String(number), title: question.slice(0, 60), line: began, problems: [] }, () => {
      if (answer === null) throw new Refused('Tidak ada baris ANSWER sesudah opsi.')
      if (!question) throw new Refused('Soal tidak mempunyai kalimat pertanyaan.')
      if (options.length < 2) throw new Refused('Soal mempunyai kurang dari dua opsi.')
      if (options.length > MOST_OPTIONS) throw new Refused(`Soal mempunyai lebih dari ${MOST_OPTIONS} opsi.`)
      if (options.some((o, i) => o.letter !== letterAt(i))) throw new Refused('Huruf opsi tidak urut mulai dari A.')
      const key = keyOf(answer)
      if (!options.some((o) => o.letter === key)) throw new Refused(`Kunci ${key} tidak ada di antara opsi.`)
      return {
        content: { type: 'single', stem: stemOf(question), options: lettered(options.map((o) => o.text)) },
        scoring: { type: 'single', key },
      }
    })
    items.push(settle(item, source, question.match(/\\\(|\\\)|\\\[|\\\]|\$\$/g) ?? []))
    stem = []
    options = []
    source = []
    began = 0
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  /** Whether the lines from here on are options: one more letter, or the answer, without a question in between. */
  const optionsFollow = (from: number): boolean => {
    for (const line of lines.slice(from)) {
      if (!line.trim()) continue
      const next = OPTION.exec(line.trim())
      return ANSWER.test(line.trim()) || next?.[1]?.toUpperCase() === letterAt(options.length)
    }
    return false
  }
  for (const [i, raw] of lines.entries()) {
    const line = raw.trim()
    const answer = ANSWER.exec(line)
    if (answer && (options.length || /^answer/i.test(line))) {
      source.push({ v: line, skip: 'kunci' })
      close(answer[1]!.trim())
      continue
    }
    const option = OPTION.exec(line)
    const letter = option?.[1]!.toUpperCase()
    // "R. A. Kartini" in a question is a name: only the letter that comes next is an option.
    if (option && letter === letterAt(options.length) && (options.length || stem.some((s) => s.trim()))) {
      options.push({ letter: letter, text: option[2]!.trim() })
      source.push({ v: line.slice(0, line.length - option[2]!.length), skip: 'huruf opsi' }, { v: option[2]! }, BREAK)
      continue
    }
    if (!line) {
      if (stem.length && !options.length) stem.push('')
      continue
    }
    if (options.length && optionsFollow(i + 1)) {
      // A second line of an option.
      const last = options.at(-1)!
      last.text = `${last.text} ${line}`
      source.push({ v: line }, BREAK)
      continue
    }
    // Text after options without an answer begins the next question: the one before is broken.
    if (options.length) close(null)
    if (!began) began = i + 1
    stem.push(raw)
    source.push({ v: line }, BREAK)
  }
  if (stem.some((s) => s.trim()) || options.length) close(null)
  return items.length ? { format: 'aiken', items } : { format: 'aiken', items, refused: 'Berkas ini tidak memuat soal.' }
}
