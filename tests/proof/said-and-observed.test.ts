import { writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { Z80 } from '@/lib/psychometrics/classification'
import { instruments, unkind } from '../unit/scoring/instruments'
import { held, reaching, reliability, simulated, type Simulated } from '../unit/scoring/said'
import { keepFindings } from './claims'
import { diagram } from './diagram'
import { keep, show } from './found'
import { chanceFindings, instrumentsTable, missed, rangeFindings, unkindTable, worst, type Found } from './said-tables'

/** Said against observed, in every tenth of what is said, for the sixteen instruments that decide about a person, and under truths that are not kind. */

const LINE = 500
const PEOPLE = 48_000

const found: Found[] = []
const broken: Found[] = []

function judged(name: string, all: readonly Simulated[], items: number, people: number): Found {
  const parts = new Map<number, { in: number; n: number }>()
  for (const p of all) {
    const at = parts.get(p.subject) ?? { in: 0, n: 0 }
    at.n++
    if (Math.abs(p.truth - p.mean) <= Z80 * p.sd) at.in++
    parts.set(p.subject, at)
  }
  const share = [...parts.values()].reduce((s, x) => s + x.in, 0) / all.length
  const off = [...parts.values()].reduce((s, x) => s + (x.in - share * x.n) ** 2, 0)
  return {
    name,
    items,
    people,
    n: all.length,
    before: reliability(reaching(all, [LINE], 'before')),
    now: reliability(reaching(all, [LINE], 'now')),
    held: 100 * share,
    heldError: (100 * Math.sqrt(off)) / all.length,
  }
}

describe('the chance of having reached a line', () => {
  it.each(Object.entries(instruments))('is true within 3 points in every tenth of %s', (name, { items, people }) => {
    const all = simulated({ items, people, subjects: Math.ceil(PEOPLE / people), seed: 1_000 + found.length })
    const f = judged(name, all, items, people)
    found.push(f)
    const { t } = worst(f.now)
    // A tenth has a standard error of its own, so that the verdict is not one on luck.
    expect(missed(t)).toBeLessThanOrEqual(3 + 2 * t.error)
    for (const share of held(all, Z80)) expect(Math.abs(share - 80)).toBeLessThan(8)
  })
  it.each(Object.entries(unkind))('is measured under %s', (name, truth) => {
    const people = 250
    const f = judged(
      name,
      simulated({ items: 20, people, subjects: Math.ceil(PEOPLE / 2 / people), seed: 2_000 + broken.length, ...truth }),
      truth.items ?? 20,
      people,
    )
    broken.push(f)
    // Not promised; what is far off would be a fault of the measures and not of the truth.
    expect(missed(worst(f.now).t)).toBeLessThan(20)
  })
})

afterAll(() => {
  if (found.length < Object.keys(instruments).length || broken.length < Object.keys(unkind).length) return
  keep('instruments', { found, broken })
  show('docs/measurement.md', 'instruments', () => instrumentsTable(found))
  show('docs/measurement.md', 'unkind', () => unkindTable(broken))
  writeFileSync('docs/images/said-and-true.svg', diagram(found.map((f) => ({ name: f.name, before: f.before, now: f.now }))))
  keepFindings('said', chanceFindings(found, broken))
  keepFindings('said-range', rangeFindings(found, broken))
})
