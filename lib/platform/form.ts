import type { Faults } from './result'

export type { Faults }

/**
 * What a form's door answers: a sentence, and whether it went well; null when there is nothing to say. A refusal may name the fields that
 * it is about; where it names none, its code may be the name of one.
 */
export type FormState = { ok: boolean; message: string; code?: string; fields?: Faults } | null

/** The field in which a form says which version of what it replaces lay before its person (`seen.ts`). */
export const SEEN = 'seen'
/** The code of a refusal because somebody else has saved meanwhile. */
export const OVERTAKEN = 'overtaken'
