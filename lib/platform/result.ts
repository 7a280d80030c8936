/** What is wrong with single fields of a form: the field's name, or a path into a list of them ("cells.2.count"), and a sentence. */
export type Faults = Record<string, string>

/** An expected outcome: a value, or a code with a sentence that a user can act on, and where it is known the fields that it is about. */
export type Result<T> = { ok: true; value: T } | { ok: false; code: string; message: string; fields?: Faults }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
/** `about`: what is wrong with which fields, or only the names of the fields that the sentence itself is about. */
export function refuse(code: string, message: string, about?: Faults | readonly string[]): Result<never> {
  const fields = Array.isArray(about) ? Object.fromEntries(about.map((name) => [name, message])) : (about as Faults | undefined)
  return { ok: false, code, message, ...(fields ? { fields } : {}) }
}
