/** An expected outcome: a value, or a code with a sentence that a user can act on. */
export type Result<T> = { ok: true; value: T } | { ok: false; code: string; message: string }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const refuse = (code: string, message: string): Result<never> => ({ ok: false, code, message })
