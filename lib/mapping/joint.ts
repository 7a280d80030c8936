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
  /** What its figure is of: figures of different things are no sums of each other, their numbers of people are. */
  of: string
  /** Elementary cells, by number. */
  cells: readonly number[]
  /** Lines of which it is one part, each named after its whole: what the published parts leave over may not be few. */
  wholes: readonly { line: string; whole: string }[]
}

/** A sum or difference of elementary cells. */
export type Vector = readonly (readonly [cell: number, times: number])[]
/** Sums over elementary cells that everybody knows to be nothing, such as "the schools of a place less its subjects". */
export type Known = Vector

/**
 * What has been published before: figures that somebody keeps (`open`), and what they may not give away beside the new ones (`shut`): groups
 * that were hidden, and the few who came or went between two figures of one group.
 */
export type Before = { open: readonly Figure[]; shut: readonly Figure[] }
/** Keys that are hidden for a reason of their own. `never`: only they; `telling`: nothing that is shown may give their figure away, their number may be known. */
export type Kept = { never?: ReadonlySet<string>; telling?: ReadonlySet<string> }
export type Figure = { of: string; vector: Vector }

/**
 * The keys that may be published. `candidates` in order of use, `cells` is how many elementary cells there are. A published group has
 * `threshold` people or more; no hidden one is a sum or difference of published ones; what is left of a published whole when its published
 * parts are taken away is nobody or `threshold` people or more.
 */
export function publishJointly(
  cells: number,
  known: readonly Known[],
  candidates: readonly Candidate[],
  threshold: number,
  { open, shut }: Before = { open: [], shut: [] },
  { never = new Set(), telling = new Set() }: Kept = {},
): Set<string> {
  // Numbers of people all belong together; the figures of each kind besides by themselves.
  const numbers = new Span(cells)
  const kinds = new Map([...candidates, ...open, ...shut].map((f) => [f.of, new Span(cells)]))
  for (const k of known) for (const s of [numbers, ...kinds.values()]) s.take(s.residual(k))
  const spansOf = (of: Iterable<string>) => [numbers, ...[...of].map((k) => kinds.get(k)!)]
  for (const f of open) for (const s of spansOf([f.of])) s.take(s.residual(f.vector))
  for (const f of shut)
    for (const s of spansOf([f.of])) {
      const residual = s.residual(f.vector)
      // What earlier figures give away already cannot be taken back.
      if (!s.isZero(residual)) s.protect(residual)
    }
  const published = new Set<string>()
  const left = new Map<string, { whole: string; parts: number }>()
  for (const c of candidates) for (const w of c.wholes) left.set(w.line, { whole: w.whole, parts: 0 })
  const linesOf = new Map<string, string[]>()
  for (const [line, { whole }] of left) linesOf.set(whole, [...(linesOf.get(whole) ?? []), line])
  const sizes = new Map(candidates.map((c) => [c.key, c.n]))

  const few = (n: number) => n > 0 && n < threshold
  const mayNot = (c: Candidate) => few(c.n) || never.has(c.key)
  const asPart = (c: Candidate) =>
    c.wholes.some(({ line, whole }) => published.has(whole) && few(sizes.get(whole)! - left.get(line)!.parts - c.n))
  const asWhole = (c: Candidate) => (linesOf.get(c.key) ?? []).some((line) => left.get(line)!.parts > 0 && few(c.n - left.get(line)!.parts))
  const vector = (c: Candidate): Vector => c.cells.map((i) => [i, 1] as const)

  // The same people under two names are one group: a cycle in which all of a kabupaten sat, and its series.
  const names = new Map(candidates.map((c) => [c, [...c.cells].sort((a, b) => a - b).join()]))
  const same = (c: Candidate) => names.get(c)!
  const kindsOf = new Map<string, Set<string>>()
  for (const c of candidates) kindsOf.set(same(c), (kindsOf.get(same(c)) ?? new Set<string>()).add(c.of))
  const decided = new Map<string, boolean>()
  const decide = (c: Candidate): boolean => {
    const left = spansOf(kindsOf.get(same(c))!).map((span) => ({ span, residual: span.residual(vector(c)) }))
    const open = left.filter(({ span, residual }) => !span.isZero(residual))
    if (!open.length) return c.n >= threshold
    // A number that is told by others cannot be hidden: its figure is, only where that would give another one away.
    const counted = open[0]!.span !== numbers
    const may =
      c.n >= threshold &&
      (counted || (!mayNot(c) && !asPart(c) && !asWhole(c))) &&
      !open.some(({ span, residual }) => span.betrays(residual))
    for (const { span, residual } of open)
      if (may) span.take(residual)
      else span.protect(residual)
    return may
  }
  for (const c of candidates) if (few(c.n) && !decided.has(same(c))) decided.set(same(c), decide(c))
  for (const c of candidates) {
    if (!telling.has(c.key) || decided.has(same(c))) continue
    const left = [...kindsOf.get(same(c))!].map((k) => ({ span: kinds.get(k)!, residual: kinds.get(k)!.residual(vector(c)) }))
    // What earlier figures give away already cannot be taken back.
    if (left.some(({ span, residual }) => span.isZero(residual))) continue
    for (const { span, residual } of left) span.protect(residual)
    decided.set(same(c), false)
  }
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
