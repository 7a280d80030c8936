import { z } from 'zod'
import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import type { TwiceLatent } from '@/lib/psychometrics/change'
import { Z80 } from '@/lib/psychometrics/classification'
import { compare, type Comparison } from './growth-service'
import { carriedLinkError, LINK_UP_TO, personChange, populationsOfChange, type PersonWord } from './person-change'
import * as store from './store'

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

const known = new Map<string, Promise<Map<string, TwiceLatent>>>()

/**
 * Everybody who was measured twice by the same links, whoever asks: one population for all readers. The released runs that it rests on do
 * not change, so each process works it out once.
 */
function populations(f: Comparison): Promise<Map<string, TwiceLatent>> {
  const key = JSON.stringify([f.chosen.baseCode, f.chosen.code, f.part, ...f.links.map((l) => l.runId).sort()])
  let found = known.get(key)
  if (!found) {
    found = store
      .pairRows({
        base: f.chosen.baseCode,
        later: f.chosen.code,
        part: f.part,
        instrumentIds: f.links.map((l) => l.instrumentId),
        scope: null,
        schoolId: null,
        teacherId: null,
      })
      .then(populationsOfChange)
    known.set(key, found)
    found.catch(() => known.delete(key))
  }
  return found
}

/** The actor's own changes: only with their range, and in words only where these are true of nine in ten. */
export async function ownChanges(actor: Actor): Promise<OwnChange[]> {
  allow(actor, 'result:own')
  if (!actor.teacherId || !z.uuid().safeParse(actor.teacherId).success) return []
  const parts = await Promise.all(
    ['4', '1', '2', '3'].map((bagian) => compare({ scope: null, schoolId: null, teacherId: actor.teacherId }, { ulang: '', bagian })),
  )
  const rows = await Promise.all(
    parts.map(async (f): Promise<OwnChange | null> => {
      const pair = f?.pairs[0]
      const latent = pair && (await populations(f)).get(pair.instrumentId)
      const link = pair && f.links.find((l) => l.instrumentId === pair.instrumentId)
      if (!f || !pair || !latent || !link) return null
      const linkError = carriedLinkError({ error: link.error, anchors: link.anchorErrors })
      const about = { part: f.part, from: f.chosen.baseName, to: f.chosen.name, linkError }
      if (linkError > LINK_UP_TO) return { ...about, told: null }
      const { mean, sd, pImproved, word } = personChange(pair, latent, linkError)
      return {
        ...about,
        told: { low: mean - Z80 * sd, high: mean + Z80 * sd, pImproved, word: f.part === FEEDBACK_ONLY ? null : word },
      }
    }),
  )
  return rows.filter((r) => r !== null)
}
