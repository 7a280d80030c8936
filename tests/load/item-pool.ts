import type { Candidate, Spec } from '@/lib/assembly/linear-program'
import { seeded } from '@/lib/platform/random'

/** A made-up bank of calibrated items, reproducible: 2PL parameters, five domains, three levels, families, enemies, shared texts. */
const POINTS = [-0.5, 0, 0.5]

export function itemPool(size: number, seed: number): Candidate[] {
  const random = seeded(seed)
  const normal = () => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random())
  return Array.from({ length: size }, (_, i): Candidate => {
    const [a, b] = [Math.exp(0.25 * normal()), normal()]
    const level = random() < 0.2 ? 'L1' : random() < 0.625 ? 'L2' : 'L3'
    const type = random() < 0.75 ? 'single' : 'multiple'
    return {
      id: `i${i}`,
      code: `UJI-${String(i + 1).padStart(3, '0')}`,
      node: `4.1.${1 + Math.floor(random() * 3)}`,
      domain: `D${1 + Math.floor(random() * 5)}`,
      level,
      type,
      information: POINTS.map((t) => {
        const p = 1 / (1 + Math.exp(-a * (t - b)))
        return a * a * p * (1 - p)
      }),
      easiness: 1 / (1 + Math.exp(b)),
      seconds: 60 + Math.round(90 * random()),
      words: 25 + Math.round(70 * random()),
      key: type === 'single' ? 'ABCD'[Math.floor(random() * 4)]! : null,
      family: i % 3 === 0 ? `F${Math.floor(i / 6)}` : null,
      stimulus: i % 10 < 3 ? `S${Math.floor(i / 10)}` : null,
      anchor: i % 15 === 7,
      exposure: 0,
    }
  })
}

export const wholeSpec = (forms: number, length: number): Spec => ({
  forms,
  length,
  rows: [
    ...['D1', 'D2', 'D3', 'D4', 'D5'].map((domain, i) => ({ number: i + 1, domain, count: Math.floor(length / 6) })),
    { number: 6, level: 'L1', count: Math.floor(length / 8) },
    { number: 7, level: 'L2', count: Math.floor(length / 3) },
    { number: 8, level: 'L3', count: Math.floor(length / 5) },
    { number: 9, type: 'multiple', count: Math.floor(length / 8) },
  ],
  points: POINTS,
  seconds: length * 115,
  words: length * 65,
  anchors: Math.floor(length / 5),
  most: 1,
  overlap: 0,
  exposure: null,
  enemies: [
    ['i0', 'i1'],
    ['i10', 'i50'],
    ['i20', 'i21'],
  ],
})
