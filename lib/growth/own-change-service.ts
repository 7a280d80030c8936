import { z } from 'zod'
import { allow, policyInForce } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { Z80 } from '@/lib/psychometrics/classification'
import { ofPerson } from './comparison'
import { personChange, type PersonWord } from './person-change'

/** What changed since last time, for the teacher alone. */

export type OwnChange = {
  part: string
  /** Names of the two cycles. */
  from: string
  to: string
  /** Null where the link of the two tests is too uncertain for a single person: then its error, points, is what is told. */
  told: {
    /** Range that holds the true change of eight in ten, points. */
    low: number
    high: number
    pImproved: number
    /** Null for personality, which is neither better nor worse. */
    word: PersonWord | null
  } | null
  linkError: number
}

/** A self-description: it changes, and is not judged. */
const FEEDBACK_ONLY = '2'

/**
 * The actor's own changes: only with their range, and in words only where these are true of nine in ten. A link whose error is above the
 * limit in force tells nothing of a single person: everybody's change hangs on it at once.
 */
export async function ownChanges(actor: Actor): Promise<OwnChange[]> {
  allow(actor, 'result:own')
  if (!actor.teacherId || !z.uuid().safeParse(actor.teacherId).success) return []
  const [{ linkErrorUpTo }, ...parts] = await Promise.all([
    policyInForce(),
    ...['4', '1', '2', '3'].map((part) => ofPerson(actor.teacherId!, part)),
  ])
  return parts.flatMap((f): OwnChange[] => {
    const pair = f?.pairs[0]
    const [population, link] = [pair && f.gains.get(pair.instrumentId), pair && f.errors.get(pair.instrumentId)]
    if (!f || !pair || !population || !link) return []
    const about = { part: f.part, from: f.chosen.baseName, to: f.chosen.name, linkError: link.se }
    if (link.se > linkErrorUpTo) return [{ ...about, told: null }]
    const { mean, sd, pImproved, word } = personChange(pair, population, link)
    return [
      {
        ...about,
        told: { low: mean - Z80 * sd, high: mean + Z80 * sd, pImproved, word: f.part === FEEDBACK_ONLY ? null : word },
      },
    ]
  })
}
