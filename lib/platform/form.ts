/** What a form's door answers: a sentence, and whether it went well; null when there is nothing to say. */
export type FormState = { ok: boolean; message: string } | null
