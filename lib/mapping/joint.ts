import { Span } from './span'

/**
 * One decision for figures that are read together. Pure. Whoever holds several tables adds and subtracts them; a group that a sum of
 * published ones equals is as good as published. So all groups that somebody can ask for are decided in one go, the useful ones first:
 * a group is published unless that would let one that must stay hidden be worked out.
 */

/** A group of people as a sum over elementary cells, each of which is there or not. */
export type Candidate = {
  key: string
  n: number
  /** Elementary cells, by number. */
  cells: readonly number[]
  /** Lines of which it is one part, each named after its whole: what the published parts leave over may not be few. */
  wholes: readonly { line: string; whole: string }[]
}

/** Sums over elementary cells that everybody knows to be nothing, such as "the schools of a place less its subjects". */
export type Known = readonly (readonly [cell: number, times: number])[]

/**
 * The keys that may be published. `candidates` in order of use, `cells` is how many elementary cells there are. A published group has
 * `threshold` people or more; no hidden one is a sum or difference of published ones; what is left of a published whole when its published
 * parts are taken away is nobody or `threshold` people or more.
 */
export function publishJointly(cells: number, known: readonly Known[], candidates: readonly Candidate[], threshold: number): Set<string> {
  const span = new Span(cells)
  for (const k of known) span.take(span.residual(k))
  const published = new Set<string>()
  const left = new Map<string, { whole: string; parts: number }>()
  for (const c of candidates) for (const w of c.wholes) left.set(w.line, { whole: w.whole, parts: 0 })
  const linesOf = new Map<string, string[]>()
  for (const [line, { whole }] of left) linesOf.set(whole, [...(linesOf.get(whole) ?? []), line])
  const sizes = new Map(candidates.map((c) => [c.key, c.n]))

  const few = (n: number) => n > 0 && n < threshold
  const asPart = (c: Candidate) =>
    c.wholes.some(({ line, whole }) => published.has(whole) && few(sizes.get(whole)! - left.get(line)!.parts - c.n))
  const asWhole = (c: Candidate) => (linesOf.get(c.key) ?? []).some((line) => left.get(line)!.parts > 0 && few(c.n - left.get(line)!.parts))
  const vector = (c: Candidate): Known => c.cells.map((i) => [i, 1] as const)

  // The same people under two names are one group: a cycle in which all of a kabupaten sat, and its series.
  const same = (c: Candidate) => [...c.cells].sort((a, b) => a - b).join()
  const decided = new Map<string, boolean>()
  const decide = (c: Candidate): boolean => {
    const residual = span.residual(vector(c))
    if (span.isZero(residual)) return true
    const may = c.n >= threshold && !asPart(c) && !asWhole(c) && !span.betrays(residual)
    if (may) span.take(residual)
    else span.protect(residual)
    return may
  }
  for (const c of candidates) if (few(c.n) && !decided.has(same(c))) decided.set(same(c), decide(c))
  for (const c of candidates) {
    const name = same(c)
    const may = decided.get(name) ?? decide(c)
    decided.set(name, may)
    if (!may) continue
    published.add(c.key)
    for (const { line } of c.wholes) left.get(line)!.parts += c.n
  }
  return published
}
