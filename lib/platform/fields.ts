import { notFound } from 'next/navigation'
import { isId } from './address-model'

/**
 * One reading of a form's fields for every action: text as a person can write it. Control characters (no database holds a NUL) and halves
 * of characters are left out, files are no text. How long a text may be is said by the service that takes it, in a sentence.
 */
const UNWRITABLE = /(?![\n\r\t])\p{Cc}|\p{Cs}/gu

const clean = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value.replace(UNWRITABLE, '') : '')

/** The text of a field as it was typed; '' for a missing one and for a file. Of several of one name it is the first. */
export const textOf = (data: FormData, name: string): string => clean(data.get(name))

/** A password exactly as it was typed; it goes nowhere but into its hash. */
export function secretOf(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}

/** The id of a row that a form names; our own forms never name anything else, so whatever is none is a thing that does not exist (404). */
export function idFrom(data: FormData, name: string): string {
  const id = textOf(data, name)
  return isId(id) ? id.toLowerCase() : notFound()
}

/** All texts of a field that may stand there several times. */
export const textsOf = (data: FormData, name: string): string[] =>
  data
    .getAll(name)
    .filter((v) => typeof v === 'string')
    .map(clean)

/** Every field with its text, in the form's order. React's own fields ($ACTION…) are none of the form's. */
export const fieldsOf = (data: FormData): [string, string][] =>
  [...data].flatMap(([name, value]) =>
    typeof value === 'string' && !name.startsWith('$') ? [[name, clean(value)] as [string, string]] : [],
  )
