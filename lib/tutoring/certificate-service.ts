import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { guessWasRight, tooManyGuesses } from '@/lib/access/inside'
import { allow, audit, noteRefusal, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { inTransaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { standingKey } from '@/lib/roster/inside'
import { newCode, plainCode } from './certificate-code'
import * as certificates from './certificate-store'
import { hoursOf } from './meeting-service'
import { areaTitles } from '@/lib/plans/own-readings'
import { spanOf, within } from './span-model'
import * as store from './store'
import { config } from '@/lib/platform/config'

/** Certificates of peer tutoring: hours that two people confirmed, with a code by which anybody can verify it. No score is ever on them. */

export type { CertificateRow } from './certificate-store'

/**
 * The certificate of one side of a pair as it stands now: the newest as long as nothing has changed, another one after that, also where
 * less counts than before (decision 082). Null without confirmed hours, for a pair of others, and where one was withdrawn for good.
 */
export async function certificateFor(actor: Actor, pairId: string, now: Date): Promise<certificates.CertificateRow | null> {
  allow(actor, 'tutor:own')
  const pair = z.uuid().safeParse(pairId).success ? await store.pairById(pairId) : null
  const asked = actor.teacherId
  if (!pair || !asked || (pair.tutorId !== asked && pair.learnerId !== asked)) return null
  const tutor = pair.tutorId === asked
  const titleOf = await areaTitles()
  return inTransaction(async (tx) => {
    const me = await standingKey(tx, asked)
    const issued = await certificates.lockCertificates(tx, pair.id, me)
    // Counted with the pair held: of two requests at once the later sees the newer hours.
    const own = (await hoursOf([me])).get(me)
    const held = own?.meetings.filter((m) => m.pairingId === pair.id && own.counted.get(m.id)! > 0) ?? []
    if (!own || held.length === 0) return null
    const days = held.map((m) => m.heldOn).sort()
    const minutes = held.reduce((sum, m) => sum + own.counted.get(m.id)!, 0)
    if (issued.some((c) => c.withdrawnAt && !c.reissue)) return null
    const [fromOn, toOn] = [days[0]!, days.at(-1)!]
    const newest = issued.find((c) => !c.withdrawnAt)
    if (newest && newest.meetings === held.length && newest.minutes === minutes && newest.fromOn === fromOn && newest.toOn === toOn)
      return newest
    return certificates.addCertificate(
      tx,
      {
        code: newCode(),
        pairingId: pair.id,
        teacherId: me,
        side: tutor ? 'tutor' : 'learner',
        name: tutor ? pair.tutorName : pair.learnerName,
        school: tutor ? pair.tutorSchool : pair.learnerSchool,
        areas: pair.goals.map(titleOf).join('; '),
        meetings: held.length,
        minutes,
        fromOn,
        toOn,
        span: null,
        lines: null,
      },
      now,
    )
  })
}

/** The newest certificate of one's own side of a pair that holds; reads only, so that a link to it changes nothing. Null without one. */
export async function ownCertificate(actor: Actor, pairId: string): Promise<certificates.CertificateRow | null> {
  allow(actor, 'tutor:own')
  const me = actor.teacherId
  return me && z.uuid().safeParse(pairId).success ? certificates.newestOf(pairId, me) : null
}

/** Whoever holds a certificate in hand. */
const STRANGER: Actor = { userId: null, seatId: null, teacherId: null, name: 'Pemegang kode surat', grants: [] }

/** A certificate that is looked at again and again makes one line in five minutes: anybody may ask, and lines are kept. */
const LOOK_MS = 5 * 60_000
const looks = new Map<string, number>()
function justShown(code: string, actor: Actor | null): boolean {
  const now = Date.now()
  for (const [key, until] of looks) if (until <= now) looks.delete(key)
  const key = `${config().DATABASE_URL}|${code}|${actor?.userId ?? actor?.seatId ?? ''}`
  if (looks.has(key)) return true
  looks.set(key, now + LOOK_MS)
  return false
}

export type Looked = Awaited<ReturnType<typeof verifyCertificate>>

/**
 * The same for whoever asks from an address: sixty codes that do not exist in ten minutes, then everybody in that neighbourhood waits. A
 * code that exists counts nowhere, so that a folder of letters is checked without end.
 */
export async function lookUpCertificate(code: string, actor: Actor | null, address: string): Promise<Result<Looked>> {
  if (await tooManyGuesses(address)) {
    noteRefusal({ what: 'guess', object: 'certificate', actor })
    return refuse('wait', 'Terlalu banyak kode yang tidak dikenal dari jaringan ini. Tunggu sepuluh menit, lalu coba lagi.')
  }
  const found = await verifyCertificate(code, actor)
  if (found) await guessWasRight(address)
  return ok(found)
}

/** What a certificate shows to whoever holds it. `fewerNow`: less counts today than it says, since notes were changed or taken back after it was issued. */
export type ShownCertificate = Omit<certificates.CertificateRow, 'withdrawnReason' | 'reissue'> & { fewerNow: boolean }

/** What a code stands for; spaces, hyphens and the letters that are easily misread do not matter. Open to everybody; why one was withdrawn is not. */
export async function verifyCertificate(code: string, actor: Actor | null = null): Promise<ShownCertificate | null> {
  const plain = plainCode(code)
  const found = plain ? await certificates.certificateByCode(plain) : null
  if (!found) return null
  if (!justShown(found.code, actor))
    await openNamed(actor ?? STRANGER, 'certificate', 'tutor:own', `certificate:${found.code}`, [found], (c) => c.teacherId)
  const { withdrawnReason: _reason, reissue: _reissue, ...shown } = found
  const [{ now }] = await withNow([found])
  return { ...shown, fewerNow: !found.withdrawnAt && (now.minutes < found.minutes || now.meetings < found.meetings) }
}

/** A certificate beside what counts today of the same meetings. */
export type IssuedCertificate = certificates.CertificateRow & { now: { meetings: number; minutes: number } }

async function withNow(issued: [certificates.CertificateRow]): Promise<[IssuedCertificate]>
async function withNow(issued: certificates.CertificateRow[]): Promise<IssuedCertificate[]>
async function withNow(issued: certificates.CertificateRow[]): Promise<IssuedCertificate[]> {
  const hours = await hoursOf([...new Set(issued.map((c) => c.teacherId))])
  return issued.map((c) => {
    const own = hours.get(c.teacherId)
    const span = c.span === null ? null : spanOf(c.span)
    const pairs = new Set(c.lines ? c.lines.map((l) => l.pairingId) : [c.pairingId])
    const same = own?.meetings.filter((m) => pairs.has(m.pairingId) && (!span || within(span, m.heldOn))) ?? []
    const held = same.map((m) => own!.counted.get(m.id) ?? 0)
    return { ...c, now: { meetings: held.filter((n) => n > 0).length, minutes: held.reduce((sum, n) => sum + n, 0) } }
  })
}

/** The newest certificates with what counts today, for those who may withdraw them. */
export async function issuedCertificates(actor: Actor): Promise<IssuedCertificate[]> {
  allow(actor, 'support:manage')
  const issued = await withNow(await certificates.newestCertificates(50))
  return openNamed(actor, 'certificates', 'support:manage', 'certificates', issued, (c) => c.teacherId)
}

const Withdrawal = z.object({ code: z.string().max(40), reason: z.string().trim().min(10).max(500), reissue: z.enum(['', 'ya']).catch('') })

/** Withdraws a certificate for good, with its reason on record; its code says so from then on. */
export async function withdrawCertificate(actor: Actor, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'support:manage')
  const parsed = Withdrawal.safeParse(input)
  if (!parsed.success)
    return refuse('input', 'Isi kode surat dan alasan sedikitnya sepuluh huruf. Surat itu masih berlaku.', faultsOf(parsed))
  const { reason, reissue } = parsed.data
  const code = plainCode(parsed.data.code)
  return inTransaction(async (tx): Promise<Result<null>> => {
    const done = code && (await certificates.withdraw(tx, code, { by: actor.userId, reason, reissue: reissue === 'ya' }, now))
    const standing = done || !code ? null : await certificates.certificateByCode(code)
    if (standing?.withdrawnReason === reason && standing.reissue === (reissue === 'ya')) return ok(null)
    if (!done) return refuse('state', 'Surat dengan kode itu tidak ada atau sudah dicabut. Tidak ada yang berubah.')
    await audit(actor, 'support:manage', `certificate:${code}`, { detail: { withdrawn: reason, reissue: reissue === 'ya' } }, tx)
    return ok(null)
  })
}
