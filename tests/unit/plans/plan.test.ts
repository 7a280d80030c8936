import { describe, expect, it } from 'vitest'
import type { Module } from '@/lib/plans/catalogue'
import { alternativesFor, proposalOn, weekStep } from '@/lib/plans/plan'
import { profileOf } from '@/lib/plans/profile'
import { shippedTierRules, type StepState } from '@/lib/plans/model'

/** Days of a plan and what a step may be exchanged for. Wednesday is Hari Belajar Guru. */
const lesson = (code: string, sessions = 2, targets = ['1.2.1']) => ({ code, sessions, targets, hours: 4, mode: 'komunitas' }) as Module
const step = (startsOn: string, dueOn: string, state: StepState = 'proposed', sessions = 2) => ({
  startsOn,
  dueOn,
  state,
  module: lesson('A', sessions),
})

describe('a proposal that is read late', () => {
  const old = [step('2026-02-04', '2026-02-11'), step('2026-02-18', '2026-02-25')]
  it('begins on the next Hari Belajar Guru after the day, each step after the one before it', () => {
    expect(proposalOn(old, '2026-11-27', '2027-02-15', 3).map((s) => [s.startsOn, s.dueOn])).toEqual([
      ['2026-12-02', '2026-12-09'],
      ['2026-12-16', '2026-12-23'],
    ])
  })
  it('begins after the day on which it is agreed, even when that is Hari Belajar Guru itself', () => {
    expect(proposalOn(old, '2026-02-04', '2026-06-01', 3)[0]!.startsOn).toBe('2026-02-11')
    expect(proposalOn(old, '2026-02-03', '2026-06-01', 3)[0]!.startsOn).toBe('2026-02-04')
  })
  it('says of a step that it cannot be held before the next test any more', () => {
    expect(proposalOn(old, '2026-11-27', '2026-12-10', 3).map((s) => s.held)).toEqual([true, false])
  })
  it('leaves what is not proposed where it stands', () => {
    const dropped = step('2026-02-04', '2026-02-11', 'dropped')
    expect(proposalOn([dropped, ...old], '2026-11-27', '2027-02-15', 3)[0]).toMatchObject(dropped)
  })
})

describe('the step of this week', () => {
  const plan = [
    step('2026-11-04', '2026-11-11', 'agreed'),
    step('2026-11-25', '2026-12-02', 'agreed'),
    step('2026-12-09', '2026-12-09', 'agreed'),
  ]
  it('is one with a session between Monday and Sunday, never one that has gone by', () => {
    expect(weekStep(plan, '2026-11-27')).toEqual({ when: 'now', step: plan[1] })
    expect(weekStep(plan, '2026-11-23')).toEqual({ when: 'now', step: plan[1] })
    expect(weekStep(plan, '2026-12-06')).toEqual({ when: 'now', step: plan[1] })
  })
  it('is else told as the next one, or as one that is behind', () => {
    expect(weekStep(plan, '2026-11-20')).toEqual({ when: 'later', step: plan[1] })
    expect(weekStep(plan, '2027-03-01')).toEqual({ when: 'behind', step: plan[0] })
    expect(weekStep([step('2026-11-04', '2026-11-11', 'done')], '2026-11-27')).toEqual({ when: 'done', step: null })
  })
})

describe('what a step may be exchanged for', () => {
  const profile = profileOf(
    {
      teacherId: 't',
      part: '1',
      basis: 'raw',
      score: 40,
      posterior: { mean: 40, sd: 5 },
      percent: 40,
      areas: [
        { code: '1.1', percent: 95, items: 30 },
        { code: '1.2', percent: 5, items: 20 },
        { code: '1.3', percent: 10, items: 20 },
      ],
    },
    shippedTierRules,
  )
  const none = { modules: new Set(['A']), codes: new Set(['1.2']) }
  it('is another module for the same area first, then one for another area that needs work, never for a strength', () => {
    const modules = [lesson('A'), lesson('B'), lesson('C', 2, ['1.3.1']), lesson('D', 2, ['1.1.1'])]
    expect(alternativesFor({ code: '1.2' }, profile, modules, none, null).map((o) => [o.module.code, o.sameArea, o.state])).toEqual([
      ['B', true, 'need'],
      ['C', false, 'need'],
    ])
  })
  it('is nothing where the catalogue has nothing else', () => {
    expect(alternativesFor({ code: '1.2' }, profile, [lesson('A')], none, null)).toEqual([])
  })
})
