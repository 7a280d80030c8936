/** What a person did with a form: items answered, and items up to the last answer. */
export type Reach = { items: number; answered: number; reached: number }

/** Below half of the items answered nothing can be measured: what is left says more of the hour than of the person. */
export const tooFew = (r: Pick<Reach, 'items' | 'answered'>): boolean => r.answered * 2 < r.items
