import { z } from 'zod'
import { allow, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { groupBy } from '@/lib/platform/group'
import { areaTitles } from '@/lib/plans/own-readings'
import { hoursOf } from './meeting-service'
import { meetingsOf } from './meeting-store'
import { photosOf } from './photo-store'
import * as store from './store'

/** The notes of one pair as the office checks them: what was noted by whom, what became of it, and its photos; not what the two wrote to each other. */
export type PairNotes = {
  tutor: string
  learner: string
  goals: string[]
  state: store.PairRow['state']
  notes: {
    id: string
    heldOn: string
    startsMinute: number | null
    minutes: number
    topic: string
    byTutor: boolean
    answer: 'yes' | 'no' | null
    withdrawnAt: Date | null
    /** Minutes that count for the tutor and for the learner. */
    counted: { tutor: number; learner: number }
    photos: string[]
  }[]
}

/** Null for a pair that is not there or was never put before people. */
export async function pairNotes(actor: Actor, pairId: string): Promise<PairNotes | null> {
  allow(actor, 'support:manage')
  const found = z.uuid().safeParse(pairId).success ? await store.pairById(pairId) : null
  if (!found?.startedAt) return null
  const [pair] = await openNamed(actor, 'meeting-notes', 'support:manage', `pairing:${pairId}`, [found], (p) => [p.tutorId, p.learnerId])
  if (!pair) return null
  const [meetings, hours, titleOf] = await Promise.all([meetingsOf([pair.id]), hoursOf([pair.tutorId, pair.learnerId]), areaTitles()])
  const photos = groupBy(await photosOf(meetings.map((m) => m.id)), (p) => p.meetingId)
  const counted = (teacherId: string, id: string) => hours.get(teacherId)?.counted.get(id) ?? 0
  return {
    tutor: pair.tutorName,
    learner: pair.learnerName,
    goals: pair.goals.map(titleOf),
    state: pair.state,
    notes: meetings.map((m) => ({
      id: m.id,
      heldOn: m.heldOn,
      startsMinute: m.startsMinute,
      minutes: m.minutes,
      topic: m.topic,
      byTutor: m.loggedBy === pair.tutorId,
      answer: m.answer,
      withdrawnAt: m.withdrawnAt,
      counted: { tutor: counted(pair.tutorId, m.id), learner: counted(pair.learnerId, m.id) },
      photos: photos.get(m.id)?.map((f) => f.id) ?? [],
    })),
  }
}
