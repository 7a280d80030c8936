import { notFound } from 'next/navigation'

/**
 * What an address may say to a page: one reading for ids in paths and for search parameters. Whatever is not well formed is no such page
 * (404) in a path, and not said at all in a search: a page never meets a list where it expects a word, nor a word that no database takes.
 */
export type Search = Promise<Record<string, string | string[] | undefined>>

/** Letters of a search parameter: longer than every word, code or name that our own links and forms put there. */
export const LONGEST_WORD = 200
/** Letters of one field of a form that travels in the address (the rule of tiers). */
const LONGEST_FIELD = 2_000
const MOST_FIELDS = 300
const LONGEST_CODE = 60

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const FIELD = /^[a-z][\w-]{0,59}$/i
const CODE = /^[\p{L}\d][\p{L}\d._-]*$/u

/** Whether a text is something that a person wrote: no control characters, no halves of characters, no NUL. */
const writable = (text: string): boolean => !/\p{Cc}|\p{Cs}/u.test(text)

/** Whether a text is an id of a row. */
export const isId = (text: string): boolean => UUID.test(text)

/**
 * The words that an address says under these names; '' for a name that is missing, stands there twice (which of the two would be meant?),
 * is longer than `LONGEST_WORD` or no writable text.
 */
export async function asked<const N extends string>(search: Search, ...names: N[]): Promise<Record<N, string>> {
  const said = await search
  const words = names.map((name) => {
    const value = Object.hasOwn(said, name) ? said[name] : undefined
    return [name, typeof value === 'string' && value.length <= LONGEST_WORD && writable(value) ? value : ''] as const
  })
  return Object.fromEntries(words) as Record<N, string>
}

/** Every field of a form that travels in the address, each with all its values; what is too long, too much or not writable is left out. */
export async function askedFields(search: Search): Promise<Record<string, string[]>> {
  const fields = Object.entries(await search).slice(0, MOST_FIELDS)
  return Object.fromEntries(
    fields.flatMap(([name, value]) => {
      const said = [value ?? []]
        .flat()
        // Next.js puts inherited properties before a value of the same name.
        .filter((v) => typeof v === 'string')
        .map((v) => v.replace(/\r\n/g, '\n'))
        .filter((v) => v.length <= LONGEST_FIELD && writable(v.replaceAll('\n', '')))
      return FIELD.test(name) && said.length ? [[name, said.slice(0, MOST_FIELDS)] as const] : []
    }),
  )
}

/** A page or item number of an address; 0 for everything that is no whole number from 1 to a million. */
export function numberIn(text: string): number {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : 0
  return number <= 1_000_000 ? number : 0
}

function plain(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '')
  } catch {
    return ''
  }
}

/** The id of a row in a path; anything else is a page that does not exist. */
export async function idIn(params: Promise<{ id: string }>): Promise<string> {
  const { id } = await params
  return isId(id) ? id.toLowerCase() : notFound()
}

/** Codes of instruments, items or regions in a path; anything that no code looks like is a page that does not exist. */
export async function codesIn<const N extends string>(params: Promise<Record<N, string>>, ...names: N[]): Promise<Record<N, string>> {
  const parts = await params
  const codes = names.map((name) => [name, plain(parts[name])] as const)
  if (codes.some(([, code]) => code.length > LONGEST_CODE || !CODE.test(code))) notFound()
  return Object.fromEntries(codes) as Record<N, string>
}
