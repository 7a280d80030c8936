/**
 * The answer of every function whose input can be degenerate (one person, a constant scale, an item that all got right):
 * a value, or a problem that names what is wrong. Never NaN.
 */
export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem }

export type Problem = {
  code:
    | 'empty'
    | 'too-few'
    | 'constant'
    | 'unknown-item'
    | 'wrong-model'
    | 'wrong-category'
    | 'not-converged'
    | 'singular'
    | 'out-of-range'
    | 'cancelled'
  /** One English sentence for an expert, naming the item, person or number concerned. */
  detail: string
}

export const value = <T>(v: T): Outcome<T> => ({ ok: true, value: v })
export const problem = (code: Problem['code'], detail: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { code, detail },
})
