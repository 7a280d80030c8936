import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { completionOf } from '@/components/player/completion'
import { compileItem } from '@/lib/items/bank-item'
import { responseCheck } from '@/lib/items/fits'
import { itemTypes } from '@/lib/items/model'
import { scoreResponse } from '@/lib/items/score'
import { answersOf } from '@/lib/items/types/answers'
import { samples, told } from './samples'

/** What a folder says of answers in one place, it must not deny in another. */
const cases = samples.map((s) => [s.code, s.type, s] as const)
const TRIES = 50
/** Written answers wait for raters; a scale of agreement knows no right, and whoever is sure of a graded item may still choose its second best. */
const NEVER_SURE = new Set(['extended', 'likert', 'graded'])

describe('every type of item, sample by sample, agrees with itself', () => {
  it.each(cases)(
    '%s (%s): its sample response is one that the server takes, and counts as answered; nothing counts as nothing',
    (_c, _t, s) => {
      const { content } = compileItem(s, (name) => name)
      const { some } = told.find((x) => x.item === s)!
      expect(responseCheck(content)(some)).toBe(true)
      expect(completionOf(content, some).done).toBeGreaterThan(0)
      expect(completionOf(content, null).done).toBe(0)
    },
  )
  it.each(cases)('%s (%s): ghosts and simulated teachers answer what the server takes, and the sure ones are right', (_c, type, s) => {
    const { content, scoring } = compileItem(s, (name) => name)
    const fits = responseCheck(content)
    const part = answersOf(type)
    const refused = part.ghosts(content as never).filter((g) => !fits(g))
    let seed = 0
    const random = () => (seed = (seed * 9301 + 49297) % 233280) / 233280
    for (let i = 0; i < TRIES; i++) {
      const answers = [0.3, 1].map((right) => part.simulated(content as never, scoring as never, right, random))
      refused.push(...answers.filter((a) => !fits(a)))
      if (!NEVER_SURE.has(type)) expect(scoreResponse(scoring, answers[1]!), JSON.stringify(answers[1])).toBeCloseTo(1)
    }
    expect(refused).toEqual([])
  })
  it('has a row for every type in the description of the bank', () => {
    const described = readFileSync('prisma/bank/README.md', 'utf8')
    expect(itemTypes.filter((t) => !described.includes(`| \`${t}\` |`))).toEqual([])
  })
})
