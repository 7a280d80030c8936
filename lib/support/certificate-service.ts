import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { allow, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { crockford } from '@/lib/platform/random'
import { areaTitles } from './plan-service'
import * as store from './tutor-store'

/** Certificates of peer tutoring: what was done, with a code by which anybody can verify it. No score is ever on them. */

export type { CertificateRow } from './tutor-store'

/** The certificate of one side of a pair as it stands now; asked for again without a new meeting, it is the same one. Null without meetings. */
export async function certificateFor(actor: Actor, pairId: string, now: Date): Promise<store.CertificateRow | null> {
  allow(actor, 'tutor:own')
  const pair = z.uuid().safeParse(pairId).success ? await store.pairById(pairId) : null
  if (!pair || !actor.teacherId || pair.meetings === 0) return null
  if (pair.tutorId !== actor.teacherId && pair.learnerId !== actor.teacherId) return null
  const tutor = pair.tutorId === actor.teacherId
  const [titleOf, meetings] = await Promise.all([areaTitles(), store.meetingsOf([pair.id])])
  return store.issueCertificate(
    {
      code: crockford(randomBytes(8), 12),
      pairingId: pair.id,
      teacherId: actor.teacherId,
      side: tutor ? 'tutor' : 'learner',
      name: tutor ? pair.tutorName : pair.learnerName,
      school: tutor ? pair.tutorSchool : pair.learnerSchool,
      areas: pair.goals.map(titleOf).join('; '),
      meetings: pair.meetings,
      minutes: pair.minutes,
      fromOn: meetings.at(-1)!.heldOn,
      toOn: meetings[0]!.heldOn,
    },
    now,
  )
}

/** Whoever holds a certificate in hand. */
const STRANGER: Actor = { userId: null, seatId: null, teacherId: null, name: 'Pemegang kode surat', grants: [] }

/** What a code stands for; spaces, hyphens and the letters that are easily misread do not matter. Open to everybody. */
export async function verifyCertificate(code: string, actor: Actor | null = null): Promise<store.CertificateRow | null> {
  const plain = code
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
  const found = plain.length === 12 ? await store.certificateByCode(plain) : null
  if (found) await openNamed(actor ?? STRANGER, 'certificate', 'tutor:own', `certificate:${found.code}`, [found], (c) => c.teacherId)
  return found
}
