/**
 * Test assembly as a mixed-integer programme (van der Linden, Linear Models for Optimal Test Design): which items make up 1–6 parallel
 * forms so that the least informative of them, at the worst of the points asked, is as informative as can be. Pure: data in, model text
 * out, solution in, forms out. The solver runs elsewhere.
 */
export type Candidate = {
  id: string
  code: string
  node: string
  domain: string
  level: string
  type: string
  /** Fisher information at each of the spec's points; null before calibration. */
  information: number[] | null
  /** Estimated share of teachers who answer it right, 0–1: the stand-in before calibration. */
  easiness: number
  seconds: number
  words: number
  key: string | null
  family: string | null
  stimulus: string | null
  anchor: boolean
  /** How many people saw it so far. */
  exposure: number
}

/** One row of the blueprint: what an item must be (a missing field takes any), and how many each form needs. */
export type Row = { number: number; node?: string; domain?: string; level?: string; type?: string; count: number }

export type Spec = {
  forms: number
  /** Items of each form; the rows may ask for fewer, the rest is free. */
  length: number
  rows: Row[]
  points: number[]
  /** Limits of each form; null without. */
  seconds: number | null
  words: number | null
  /** Anchors that all forms share. */
  anchors: number
  /** In how many of these forms an item that is no anchor may stand. */
  most: number
  /** Items that two forms may share besides the anchors. */
  overlap: number
  /** Items seen by more people than this are left out; null without. */
  exposure: number | null
  enemies: [string, string][]
}

/** Whether an item answers a row. */
export const covers = (row: Row, c: Pick<Candidate, 'node' | 'domain' | 'level' | 'type'>) =>
  (!row.node || c.node === row.node || c.node.startsWith(`${row.node}.`)) &&
  (!row.domain || c.domain === row.domain) &&
  (!row.level || c.level === row.level) &&
  (!row.type || c.type === row.type)

/** The items that were not seen too often for the forms asked. */
export const ready = (candidates: readonly Candidate[], spec: Spec) =>
  candidates.filter((c) => spec.exposure === null || c.exposure <= spec.exposure)

const num = (n: number) => String(Math.round(n * 1e7) / 1e7)
type Term = [number, string]
/** CPLEX-LP text wraps: a line may not be too long. */
const sum = (terms: readonly Term[]) =>
  terms.map(([c, v], i) => `${c < 0 ? '-' : i ? '+' : ''} ${num(Math.abs(c))} ${v}${i % 8 === 7 ? '\n' : ''}`).join(' ')

/** Shares of an option letter among the single-choice items of a form: between these, so that no letter stands out. */
const KEY_SHARE = { least: 0.12, most: 0.4 }
/** A shared text is worth its reading time only with this many of its items. */
const LEAST_OF_STIMULUS = 2

export type Model = { lp: string; pool: Candidate[]; rows: string[] }

/**
 * The model as CPLEX-LP text. `elastic` lets every requirement be missed at a price instead of being infeasible: variables `u…` then tell
 * which, with `rows` naming them.
 */
export function modelOf(candidates: readonly Candidate[], spec: Spec, elastic = false): Model {
  const pool = ready(candidates, spec)
  const forms = Array.from({ length: spec.forms }, (_, f) => f)
  const x = (i: number, f: number) => `x${i}_${f}`
  const constraints: string[] = []
  const slack: Term[] = []
  const names: string[] = []
  const require = (terms: Term[], sign: '>=' | '<=' | '=', right: number, name: string | null) => {
    if (!terms.length && !(elastic && name)) {
      // An empty sum: only its right side matters, and that the shortages tell.
      if ((sign === '>=' && right > 0) || (sign === '=' && right !== 0)) constraints.push(`${num(0)} ${x(0, 0)} >= 1`)
      return
    }
    if (!elastic || !name) {
      constraints.push(`${sum(terms)} ${sign} ${num(right)}`)
      return
    }
    const k = names.push(name) - 1
    // A second too long is not as bad as an item too few: each miss is priced as a share of what was asked.
    const price = 1 / Math.max(1, Math.abs(right))
    if (sign !== '<=') slack.push([price, `u${k}`])
    if (sign !== '>=') slack.push([price, `v${k}`])
    const extra: Term[] = [...(sign !== '<=' ? [[1, `u${k}`] as Term] : []), ...(sign !== '>=' ? [[-1, `v${k}`] as Term] : [])]
    constraints.push(`${sum([...terms, ...extra])} ${sign} ${num(right)}`)
  }
  const where = (test: (c: Candidate) => boolean, f: number): Term[] => pool.flatMap((c, i) => (test(c) ? [[1, x(i, f)] as Term] : []))

  for (const f of forms) {
    require(where(() => true, f), '=', spec.length, null)
    for (const row of spec.rows) require(where((c) => covers(row, c), f), '>=', row.count, `baris ${row.number} kisi-kisi`)
    if (spec.seconds !== null) require(pool.map((c, i) => [c.seconds, x(i, f)]), '<=', spec.seconds, 'batas waktu formulir')
    if (spec.words !== null) require(pool.map((c, i) => [c.words, x(i, f)]), '<=', spec.words, 'batas jumlah kata formulir')
    if (spec.anchors) require(where((c) => c.anchor, f), '=', spec.anchors, 'jumlah butir jangkar')
    for (const letter of ['A', 'B', 'C', 'D']) {
      const share = (limit: number): Term[] =>
        pool.flatMap((c, i) => (c.key ? [[(c.key === letter ? 1 : 0) - limit, x(i, f)] as Term] : []))
      require(share(KEY_SHARE.most), '<=', 0, 'keseimbangan letak kunci')
      require(share(KEY_SHARE.least), '>=', 0, 'keseimbangan letak kunci')
    }
    for (const family of groups(pool, (c) => c.family)) require(family.map((i) => [1, x(i, f)]), '<=', 1, null)
    groups(pool, (c) => c.stimulus).forEach((group, g) => {
      const least = Math.min(LEAST_OF_STIMULUS, group.length)
      for (const i of group)
        require([
          [1, x(i, f)],
          [-1, `s${g}_${f}`],
        ], '<=', 0, null)
      require([...group.map((i): Term => [1, x(i, f)]), [-least, `s${g}_${f}`]], '>=', 0, null)
    })
    const at = new Map(pool.map((c, i) => [c.id, i]))
    for (const [a, b] of spec.enemies) {
      const [i, j] = [at.get(a), at.get(b)]
      if (i !== undefined && j !== undefined)
        require([
          [1, x(i, f)],
          [1, x(j, f)],
        ], '<=', 1, null)
    }
  }
  pool.forEach((c, i) => {
    if (c.anchor && spec.anchors)
      for (const f of forms.slice(1))
        require([
          [1, x(i, 0)],
          [-1, x(i, f)],
        ], '=', 0, null)
    else if (spec.most < spec.forms) require(forms.map((f) => [1, x(i, f)]), '<=', spec.most, null)
  })
  const shared: string[] = []
  if (spec.most > 1 && spec.forms > 1) {
    for (const f of forms)
      for (const g of forms.filter((h) => h > f)) {
        const both = pool.flatMap((c, i) => (c.anchor && spec.anchors ? [] : [i]))
        for (const i of both) {
          shared.push(`w${i}_${f}_${g}`)
          require([
            [1, x(i, f)],
            [1, x(i, g)],
            [-1, `w${i}_${f}_${g}`],
          ], '<=', 1, null)
        }
        require(both.map((i) => [1, `w${i}_${f}_${g}`]), '<=', spec.overlap, 'irisan antarformulir')
      }
  }

  let objective: string
  const continuous: string[] = []
  if (elastic) objective = `Minimize\n obj: ${sum(slack)}`
  else if (pool.every((c) => c.information)) {
    objective = 'Maximize\n obj: y'
    continuous.push('y')
    for (const f of forms)
      spec.points.forEach((_, p) => require([...pool.map((c, i): Term => [c.information![p]!, x(i, f)]), [-1, 'y']], '>=', 0, null))
  } else {
    // Before calibration: all forms as easy as each other, and as the pool.
    objective = 'Minimize\n obj: y'
    continuous.push('y')
    const target = (spec.length * pool.reduce((s, c) => s + c.easiness, 0)) / pool.length
    for (const f of forms) {
      const ease = pool.map((c, i): Term => [c.easiness, x(i, f)])
      require([...ease, [-1, 'y']], '<=', target, null)
      require([...ease, [1, 'y']], '>=', target, null)
    }
  }
  const binaries = [
    ...forms.flatMap((f) => pool.map((_, i) => x(i, f))),
    ...forms.flatMap((f) => groups(pool, (c) => c.stimulus).map((_, g) => `s${g}_${f}`)),
  ]
  const bounds = [...continuous, ...shared, ...slack.map(([, v]) => v)].map((v) => ` ${v} >= 0`)
  const lines = (list: string[]) => list.map((v, i) => (i % 12 === 11 ? `${v}\n` : v)).join(' ')
  const lp = `${objective}\nSubject To\n${constraints.map((c, k) => ` c${k}: ${c}`).join('\n')}\nBounds\n${bounds.join('\n')}\nBinary\n ${lines(binaries)}\nEnd\n`
  return { lp, pool, rows: names }
}

function groups(pool: readonly Candidate[], of: (c: Candidate) => string | null): number[][] {
  const byName = new Map<string, number[]>()
  pool.forEach((c, i) => {
    const name = of(c)
    if (name) byName.set(name, [...(byName.get(name) ?? []), i])
  })
  return [...byName.values()].filter((g) => g.length > 1)
}

/** Items of each form from the solver's values, stimuli together, in blueprint order of their codes. */
export function formsOf({ pool }: Model, values: ReadonlyMap<string, number>, forms: number): Candidate[][] {
  return Array.from({ length: forms }, (_, f) =>
    pool
      .filter((_c, i) => (values.get(`x${i}_${f}`) ?? 0) > 0.5)
      .sort((a, b) => (a.stimulus ?? a.code).localeCompare(b.stimulus ?? b.code) || a.code.localeCompare(b.code)),
  )
}

/** What an elastic solution had to give up, in words, each once. */
export function missed({ rows }: Model, values: ReadonlyMap<string, number>): string[] {
  const short = rows.flatMap((name, k) => ((values.get(`u${k}`) ?? 0) + (values.get(`v${k}`) ?? 0) > 1e-6 ? [name] : []))
  return [...new Set(short)]
}
