import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileBank } from '@/lib/items/bank'
import { packet } from '@/lib/instruments/inside'
import { freezeForm } from '@/lib/instruments/form-store'
import { saveInstrument } from '@/lib/instruments/store'
import { openWorld } from './world'

let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => {
  await world.close()
})

const bank = (stimulus: string, stem: string) =>
  compileBank(
    {
      instrument: { code: 'UJI', title: 'Instrumen uji', competency: '1', minutes: 60, domains: [{ code: 'D', title: 'Domain' }] },
      stimuli: [{ code: 'UJI-S1', body: stimulus }],
      items: ['UJI-001', 'UJI-002'].map((code) => ({
        code,
        indicator: '1.1.1',
        domain: 'D',
        level: 'L1',
        type: 'single',
        stimulus: code === 'UJI-001' ? 'UJI-S1' : undefined,
        stem,
        options: { A: 'a', B: 'b', C: 'c' },
        key: 'A',
        rationale: 'Karena demikian.',
      })),
    },
    () => 'hash',
  )
const load = async (stimulus: string, stem: string) => {
  const { instrumentId, added } = await saveInstrument(bank(stimulus, stem), null, new Date())
  const frozen = await freezeForm(instrumentId, new Date())
  if (!frozen.ok) throw new Error(frozen.message)
  return { added, formId: frozen.value }
}

describe('loading a bank file', () => {
  it('adds versions for what changed only, gives the same content the same form, and leaves a frozen form as it was shown', async () => {
    const first = await load('Teks bersama lama.', 'Soal')
    expect(first.added).toBe(2)
    expect(await load('Teks bersama lama.', 'Soal')).toEqual({ added: 0, formId: first.formId })

    const second = await load('Teks bersama baru.', 'Soal')
    expect(second.added).toBe(1)
    expect(second.formId).not.toBe(first.formId)
    expect(JSON.stringify((await packet(first.formId)).stimuli)).toContain('lama')
    expect(JSON.stringify((await packet(second.formId)).stimuli)).toContain('baru')

    const third = await load('Teks bersama baru.', 'Soal yang diperbaiki')
    expect(third.added).toBe(2)
    expect(JSON.stringify((await packet(second.formId)).items)).not.toContain('diperbaiki')
  })
})
