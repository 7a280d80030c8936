/** `npm run load:growth [-- --provinces 40]`: what the growth screens find, and miss, over many simulated provinces of which the truth is known. */
import { seeded } from '@/lib/platform/random'
import { changeOf, directionOf, gaps, sharedLinkError } from '@/lib/growth/growth'
import { groupBy } from '@/lib/platform/group'
import { moduleDifferences } from '@/lib/growth/effect'
import { keep, show } from '../proof/found'
import { growthTable, type Count, type GrowthFound } from './growth-table'
import { simulateProvince, type Province, type Truth } from './province'

const at = process.argv.indexOf('--provinces')
const provinces = at > 0 ? Number(process.argv[at + 1]) : 40
const FEWEST = 10

const helpful: Truth = { everybody: 0.05, modules: [0.35, 0.25, 0.15, 0, 0, 0], drift: 0.9, closing: 0.15, teachers: 2_500 }
const nothing: Truth = { everybody: 0, modules: [0, 0, 0, 0, 0, 0], drift: 0, closing: 0, teachers: 2_500 }
/** What life does besides: slopes that differ by a third, those in need stay away, the weak do not reach the end, one anchor has leaked. */
const unkind: Truth = { ...helpful, slopes: 0.3, stayAway: 0.25, blank: 0.1 }
/** The same, where nothing happened. */
const unkindNothing: Truth = { ...unkind, everybody: 0, modules: nothing.modules, closing: 0, drift: 0 }
/** One subject: few teachers, the same truth. */
const small: Truth = { ...helpful, teachers: 250 }

class Tally {
  private counts = new Map<string, Count>()
  note(name: string, hit: boolean): void {
    const c = this.counts.get(name) ?? { hits: 0, of: 0 }
    c.of++
    if (hit) c.hits++
    this.counts.set(name, c)
  }
  all(): [string, Count][] {
    return [...this.counts]
  }
}

/** Every question that a screen answers, against the truth. */
function judge(p: Province, truth: Truth, tally: Tally, seed: number): void {
  const total = changeOf(p.pairs, p.errors)!
  tally.note('interval of the mean change holds the truth', total.raw.low <= p.trueMean && p.trueMean <= total.raw.high)
  tally.note(
    `mean change called certain where everybody ${truth.everybody || truth.closing ? 'has moved' : 'stands still, falsely'}`,
    directionOf(total.raw) !== 'unclear',
  )
  for (const [code, own] of groupBy(p.pairs, (x) => x.regionCode)) {
    if (own.length < FEWEST) continue
    const change = changeOf(own, p.errors)!
    const real = p.trueByRegion.get(code)!
    tally.note('interval of a kabupaten holds the truth', change.raw.low <= real && real <= change.raw.high)
    tally.note(
      'kabupaten called in the wrong direction',
      (directionOf(change.raw) === 'up' && real < 0) || (directionOf(change.raw) === 'down' && real > 0),
    )
  }
  const found = gaps(p.pairs, p.units, seeded(seed))!
  const told = 'withheld' in found ? null : found
  tally.note('gap withheld, the unit having moved', told === null)
  tally.note(`gap between kabupaten called closing${truth.closing ? ', rightly' : ', falsely'}`, (told?.areas?.high ?? 0) < 0)
  tally.note('gap between kabupaten called widening', (told?.areas?.low ?? 0) > 0)
  const low = p.pairs.filter((x) => x.before < 480)
  const chosen = changeOf(low, p.errors)!
  const quiet = p.supported.flatMap((s, i) => (s.modules.length === 0 && p.pairs[i]!.before < 480 ? [p.pairs[i]!] : []))
  const none = changeOf(quiet, p.errors)!
  if (!truth.everybody && !truth.closing) {
    tally.note('low scorers without support called risen, as observed', directionOf(none.raw) === 'up')
    tally.note('low scorers without support called risen, corrected', directionOf(none.corrected) === 'up')
    tally.note('low scorers called changed, corrected', directionOf(chosen.corrected) !== 'unclear')
  }
  for (const d of moduleDifferences(p.supported, FEWEST)) {
    const real = truth.modules[Number(d.key.slice(1))]!
    tally.note('module judged', d.word !== 'unjudged')
    if (d.word === 'unjudged') continue
    if (real === 0) tally.note('module without any gain called different', d.word !== 'unclear')
    else tally.note(`module with a gain of ${real} logits called larger`, d.word === 'more')
  }
  if (p.drifted) {
    tally.note('drifting anchor dropped or marked', p.report.anchors.find((a) => a.id === p.drifted)?.state !== 'kept')
  }
  for (const a of p.report.anchors) if (a.id !== p.drifted) tally.note('sound anchor dropped or marked', a.state !== 'kept')
  tally.note('gate closed', p.report.reasons.length > 0)
  tally.note('link error of the mean below 10 points', sharedLinkError(p.pairs, p.errors).se < 10)
}

const found: GrowthFound = { provinces, on: new Date().toISOString().slice(0, 10), columns: [], counts: {} }
for (const [name, truth] of [
  ['something', helpful],
  ['nothing', nothing],
  ['unkind, something', unkind],
  ['unkind, nothing', unkindNothing],
  ['small', small],
] as const) {
  const tally = new Tally()
  const began = performance.now()
  for (let s = 1; s <= provinces; s++) {
    judge(simulateProvince(1000 + s, truth), truth, tally, s)
    if (s % 10 === 0) console.error(`${name}: ${s} of ${provinces}, ${Math.round((performance.now() - began) / 1000)} s`)
  }
  found.columns.push(name)
  for (const [finding, count] of tally.all()) found.counts[finding] = { ...found.counts[finding], [name]: count }
}
keep('growth', found)
show('docs/growth.md', 'growth', () => growthTable(found))
console.log(growthTable(found))
