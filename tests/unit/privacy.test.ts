import { describe, expect, it } from 'vitest'
import { policyFields } from '@/lib/access/policy-field-model'
import { Policy, shippedPolicy } from '@/lib/access/policy-model'
import { patternOf } from '@/lib/platform/personal'
import { clockEnd, incidentNotice, remaining } from '@/lib/privacy/model'
import { processing } from '@/lib/privacy/register'
import { healthWords, keptElsewhere, retentionHealth } from '@/lib/privacy/retention-model'
import { sweeps } from '@/lib/privacy/retention-service'

const now = new Date('2026-11-20T03:00:00Z')
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)

describe('the clock of 3 × 24 hours', () => {
  it('says what is left, and by how much it is over', () => {
    expect(clockEnd(now).toISOString()).toBe('2026-11-23T03:00:00.000Z')
    expect(remaining(clockEnd(ago(30.5)), now)).toEqual({ late: false, words: 'Sisa 41 jam 30 menit' })
    expect(remaining(clockEnd(ago(75)), now)).toEqual({ late: true, words: 'Lewat 3 jam 0 menit' })
  })
  it('gives a text that says which data, when, how and what was done', () => {
    const facts = {
      happened: 'Kartu tertukar.',
      data: 'Nama.',
      measures: 'Kartu dibatalkan.',
      affected: null,
      happenedAt: null,
      knownAt: now,
    }
    const text = incidentNotice(facts, (d) => d.toISOString(), String)
    for (const part of ['Kartu tertukar.', 'Nama.', 'Kartu dibatalkan.', 'masih diperiksa', 'belum diketahui', 'Pasal 46'])
      expect(text).toContain(part)
  })
})

describe('retention', () => {
  it('has a job or a named keeper for every limit of days', () => {
    const paths = policyFields.map((f) => f.path).filter((p) => p.startsWith('keepDays.'))
    expect([...Object.keys(sweeps), ...Object.keys(keptElsewhere)].toSorted()).toEqual(paths.toSorted())
  })
  it('never calls a job well that did not run, died or failed', () => {
    const run = (hours: number, state: string, finished = true) => ({
      startedAt: ago(hours),
      finishedAt: finished ? ago(hours - 0.1) : null,
      state,
    })
    expect(retentionHealth(null, now)).toBe('never')
    expect(retentionHealth(run(5, 'done'), now)).toBe('well')
    expect(retentionHealth(run(5, 'failed'), now)).toBe('failed')
    expect(retentionHealth(run(37, 'done'), now)).toBe('overdue')
    expect(retentionHealth(run(1, 'running', false), now)).toBe('running')
    expect(retentionHealth(run(7, 'running', false), now)).toBe('died')
    expect(Object.keys(healthWords)).toHaveLength(6)
  })
})

describe('what the public page says', () => {
  it('follows the limits in force, so that it cannot promise another number', () => {
    const kept = (policy: Policy) =>
      processing(policy)
        .flatMap((a) => a.kinds)
        .find((k) => k.title === 'Jejak pengerjaan')!.kept
    expect(kept(shippedPolicy)).toBe('730 hari')
    expect(kept(Policy.parse({ keepDays: { journal: 365 } }))).toBe('365 hari')
  })
})

describe('finding a person in words of others', () => {
  const found = (words: string[], text: string) =>
    new RegExp(patternOf(words).replaceAll('\\m', '\\b').replaceAll('\\M', '\\b'), 'i').test(text)
  it('takes whole names and numbers in any case and spacing, and nothing that only begins like them', () => {
    expect(found(['Siti Aminah'], 'kata bu SITI   aminah kemarin')).toBe(true)
    expect(found(['Guru 1'], 'Guru 12 terlambat')).toBe(false)
    expect(found(['08123'], 'telepon 081234')).toBe(false)
    expect(found(['a.b@x.id'], 'surel a.b@x.id.')).toBe(true)
    expect(found(['a.b@x.id'], 'surel aXb@x.id')).toBe(false)
    expect(found(['', 'Ani', '  '], 'Ani ada di sana')).toBe(false)
  })
})
