/**
 * Speed of the measurement engine as multiples of a yardstick timed in the same run: 20 cycles of plain EM for the 2PL
 * (2,674 persons × 60 items, 61 nodes), written in the plainest way that typed arrays allow. `npm run load:engine`.
 */
import { performance } from 'node:perf_hooks'
import { scoreEap, scoreRoots } from '@/lib/psychometrics/abilities'
import { nextItem } from '@/lib/psychometrics/adaptive'
import { calibrate } from '@/lib/psychometrics/calibrate'
import { equalNodes, normalQuadrature, normalWeights } from '@/lib/psychometrics/nodes'
import { intercepts, type ItemParameters } from '@/lib/psychometrics/parameters'
import type { Responses } from '@/lib/psychometrics/responses'
import { seeded } from '@/lib/platform/random'
import { abilities, simulate, someItems } from '../unit/psychometrics/simulate'

/** Plain Bock–Aitkin EM for the 2PL, cells in full, one Newton step an item and cycle. */
function plainEm(data: Responses, cycles: number): number {
  const { persons, items, cells } = data
  const nodes = equalNodes(61)
  const weights = normalWeights(nodes)
  const Q = nodes.length
  const a = new Float64Array(items).fill(1)
  const d = new Float64Array(items)
  const logP = new Float64Array(items * 2 * Q)
  const counts = new Float64Array(items * 2 * Q)
  const post = new Float64Array(Q)
  let logLik = 0
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (let j = 0; j < items; j++) {
      for (let q = 0; q < Q; q++) {
        const p = 1 / (1 + Math.exp(-(a[j]! * nodes[q]! + d[j]!)))
        logP[j * 2 * Q + q] = Math.log(1 - p)
        logP[(j * 2 + 1) * Q + q] = Math.log(p)
      }
    }
    counts.fill(0)
    logLik = 0
    for (let i = 0; i < persons; i++) {
      for (let q = 0; q < Q; q++) post[q] = Math.log(weights[q]!)
      for (let j = 0; j < items; j++) {
        const row = (j * 2 + cells[i * items + j]!) * Q
        for (let q = 0; q < Q; q++) post[q]! += logP[row + q]!
      }
      let top = -Infinity
      for (let q = 0; q < Q; q++) top = Math.max(top, post[q]!)
      let sum = 0
      for (let q = 0; q < Q; q++) sum += post[q] = Math.exp(post[q]! - top)
      logLik += top + Math.log(sum)
      for (let q = 0; q < Q; q++) post[q]! /= sum
      for (let j = 0; j < items; j++) {
        const row = (j * 2 + cells[i * items + j]!) * Q
        for (let q = 0; q < Q; q++) counts[row + q]! += post[q]!
      }
    }
    for (let j = 0; j < items; j++) {
      let [ga, gd, aa, ad, dd] = [0, 0, 0, 0, 0]
      for (let q = 0; q < Q; q++) {
        const right = counts[(j * 2 + 1) * Q + q]!
        const n = right + counts[j * 2 * Q + q]!
        const p = 1 / (1 + Math.exp(-(a[j]! * nodes[q]! + d[j]!)))
        const [e, w, x] = [right - n * p, n * p * (1 - p), nodes[q]!]
        ga += e * x
        gd += e
        aa += w * x * x
        ad += w * x
        dd += w
      }
      const determinant = aa * dd - ad * ad
      a[j]! += (ga * dd - gd * ad) / determinant
      d[j]! += (gd * aa - ga * ad) / determinant
    }
  }
  return logLik
}

/** Best of three, in milliseconds: the machine is shared. */
function timed(work: () => unknown): number {
  let best = Infinity
  for (let round = 0; round < 3; round++) {
    const start = performance.now()
    work()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

const items = someItems(60)
const wave = simulate(items, abilities(2674, 1), 2)
const all = simulate(items, abilities(25_700, 3), 4)
const steps = Array.from({ length: 20 }, (_, j): ItemParameters => {
  const slope = 0.7 + 0.05 * j
  return { id: `s${j}`, model: 'gpcm', categories: 4, a: slope, d: intercepts('gpcm', slope, [-1.2 + 0.05 * j, -0.1, 1 - 0.04 * j]), c: 0 }
})
const graded = simulate(steps, abilities(1500, 5), 6)
const bank = someItems(300).map((i, j) => ({ ...i, content: `isi-${j % 4}` }))

const yardstick = timed(() => plainEm(wave, 20))
const results: { name: string; ratio: number; limit: number }[] = []
const compare = (name: string, limit: number, work: () => unknown) => results.push({ name, ratio: timed(work) / yardstick, limit })

const converged = (model: '2pl' | 'gpcm', data: Responses) => () => {
  const found = calibrate(data, { model, tolerance: 1e-6 })
  if (!found.ok || !found.value.converged) throw new Error(`${model} did not converge`)
}
compare('2PL, 2.674 × 60, to 1e-6', 1.5, converged('2pl', wave))
compare('GPCM, 1.500 × 20 × 4', 2.5, converged('gpcm', graded))
compare('EAP with SE, 2.674 × 60', 0.2, () => scoreEap(wave, items, normalQuadrature()))
compare('WLE, 2.674 × 60', 0.7, () => scoreRoots(wave, items, 'wle'))
compare('2PL, 25.700 × 60, to 1e-6', 14, converged('2pl', all))

const random = seeded(9)
const durations: number[] = []
for (let step = 0; step < 2000; step++) {
  const answered = bank.slice(0, step % 30).map((i) => ({ id: i.id, response: step % 2 }))
  const start = performance.now()
  const next = nextItem({
    bank,
    answered,
    theta: ((step % 21) - 10) / 5,
    shares: { 'isi-0': 0.25, 'isi-1': 0.25, 'isi-2': 0.25, 'isi-3': 0.25 },
    maxRate: 0.25,
    random,
  })
  durations.push(performance.now() - start)
  if (!next.ok) throw new Error(next.problem.detail)
}
const p95 = durations.sort((a, b) => a - b)[Math.floor(durations.length * 0.95)]!
const memory = process.resourceUsage().maxRSS / 1024

console.log(`yardstick: 20 plain EM cycles = ${yardstick.toFixed(0)} ms`)
for (const r of results) console.log(`${r.ratio <= r.limit ? 'ok  ' : 'SLOW'} ${r.name}: ${r.ratio.toFixed(2)}× (limit ${r.limit}×)`)
console.log(`${p95 < 1 ? 'ok  ' : 'SLOW'} one adaptive step on 300 items: ${p95.toFixed(3)} ms at p95 (limit 1 ms)`)
console.log(`${memory < 512 ? 'ok  ' : 'HIGH'} largest memory of the whole run: ${memory.toFixed(0)} MiB (limit 512 MiB)`)
process.exit(results.every((r) => r.ratio <= r.limit) && p95 < 1 && memory < 512 ? 0 : 1)
