import { AsyncLocalStorage } from 'node:async_hooks'
import { afterAll, describe, expect, it } from 'vitest'
import { analyseInstrument, type AnalysisInput } from '@/lib/calibration/analyse-instrument'
import { settingsFor } from '@/lib/calibration/measurement-rule'
import { analysisThreads } from '@/scripts/compute'
import { abilities, simulate, someItems } from '../psychometrics/simulate'

/** One form of eight items; another seed, other answers. */
function input(seed: number): AnalysisInput {
  const items = someItems(8, 'rasch')
  const data = simulate(items, abilities(400, seed), seed + 1)
  return {
    items: items.map((i) => ({ id: i.id, options: [], key: null })),
    data,
    forms: [{ id: 'A', label: 'A', items: items.map((i) => i.id) }],
    formOf: Array.from({ length: data.persons }, () => 'A'),
    choices: new Int8Array(data.cells.length).fill(-1),
    comparisons: [],
    settings: settingsFor('4', 400),
  }
}

const threads = analysisThreads()
afterAll(() => threads.close())

describe('calibrations in threads that stay', () => {
  it('find what a calibration in place finds, two at a time and one after the other', async () => {
    const inputs = [1, 2, 3, 4].map((n) => input(10 * n))
    const [first, second] = await Promise.all(inputs.slice(0, 2).map((i) => threads.compute(i, () => true)))
    const third = await threads.compute(inputs[2]!, () => true)
    const fourth = await threads.compute(inputs[3]!, () => true)
    expect([first, second, third, fourth]).toEqual(inputs.map((i) => analyseInstrument(i, () => true)))
  })

  it('report to whoever asked, in the transaction in which it was asked, not in that of the first who ever did', async () => {
    const around = new AsyncLocalStorage<string>()
    const heard = new Set<string | undefined>()
    const ask = (who: string) =>
      around.run(who, () =>
        threads.compute(input(7), () => {
          heard.add(around.getStore())
          return true
        }),
      )
    for (const who of ['first', 'second', 'third']) {
      heard.clear()
      await ask(who)
      expect([...heard]).toEqual([who])
    }
  })

  it('stop when they are told to, and work on for the next', async () => {
    expect(await threads.compute(input(5), () => false)).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
    expect(await threads.compute(input(5), () => true)).toMatchObject({ ok: true })
  })
})
