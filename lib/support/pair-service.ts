import { z } from 'zod'
import { allow, openNamed, policyInForce } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { areaTitles, readings } from './plan-service'
import * as rules from './store'
import { strengthsOf } from './tutor-service'
import * as store from './tutor-store'
import { hoursOf, meetingTicket, type MeetingRow } from './meeting-service'
import { meetingsOf } from './meeting-store'
import { barredPairs } from './certificate-store'
import { QUIET_DAYS } from './tutor-model'

/** Tutors and learners for themselves: willingness, consent, their pairs. */

const DAY_MS = 86_400_000

export type OwnPair = {
  id: string
  side: 'tutor' | 'learner'
  /** Null until both sides agreed: no name is shown before. */
  partner: { name: string; school: string; phone: string | null } | null
  subject: string | null
  goals: string[]
  km: number
  band: store.PairRow['band']
  state: store.PairRow['state']
  agreed: boolean
  meetings: (Omit<MeetingRow, 'loggedBy'> & { own: boolean; counted: number })[]
  /** Minutes that count for this side: confirmed, no minute twice, no day beyond the cap. */
  minutes: number
  /** A certificate was withdrawn for good: none is issued for this pair again. */
  barred: boolean
  quiet: boolean
  feedback: { helpful: number; words: string } | null
  handover: string | null
}
export type TutorDesk = {
  /** Whether the own result lets this teacher help others. */
  able: boolean
  strengths: string[]
  offer: store.OfferRow | null
  wish: store.WishRow | null
  pairs: OwnPair[]
  /** Lets the phone hand in this teacher's notes later; null without a teacher. */
  ticket: string | null
  hoursADay: number
}

/** What `/tutor` shows: no scores of anybody, only areas. */
export async function tutorDesk(actor: Actor, now: Date): Promise<TutorDesk> {
  allow(actor, 'tutor:own')
  const id = actor.teacherId
  const { meetingHoursADay: hoursADay } = await policyInForce()
  if (!id) return { able: false, strengths: [], offer: null, wish: null, pairs: [], ticket: null, hoursADay }
  const [own, rule, offer, wished, pairs, titleOf] = await Promise.all([
    readings({ teacherId: id }),
    rules.tierRuleInForce(),
    store.offerOf(id),
    store.wishOf(id),
    store.pairsOfTeacher(id),
    areaTitles(),
  ])
  const known = pairs.filter((p) => p.startedAt !== null)
  await openNamed(actor, 'tutor-partner', 'tutor:own', 'tutor', known, (p) => [p.tutorId, p.learnerId])
  const strengths = rule ? own.flatMap((r) => (r.part === '2' ? [] : Object.keys(strengthsOf(r, rule.rules)))) : []
  const ids = pairs.map((p) => p.id)
  const [meetings, feedback, hours, barred] = await Promise.all([meetingsOf(ids), store.feedbackOf(ids), hoursOf([id]), barredPairs(id)])
  const counted = hours.get(id)?.counted ?? new Map<string, number>()
  return {
    able: strengths.length > 0,
    strengths: strengths.map(titleOf),
    offer,
    wish: wished,
    ticket: meetingTicket(id, now),
    hoursADay,
    pairs: pairs.map((p) => {
      const side = p.tutorId === id ? 'tutor' : 'learner'
      const known = p.startedAt !== null
      const last = p.lastMeeting ? Date.parse(`${p.lastMeeting}T00:00:00+07:00`) : (p.startedAt?.getTime() ?? now.getTime())
      const mine = feedback.find((f) => f.pairingId === p.id && f.byTutor === (side === 'tutor'))
      return {
        id: p.id,
        side,
        partner: known
          ? side === 'tutor'
            ? { name: p.learnerName, school: p.learnerSchool, phone: p.learnerPhone }
            : { name: p.tutorName, school: p.tutorSchool, phone: p.tutorPhone }
          : null,
        subject: p.subject,
        goals: p.goals.map(titleOf),
        km: p.km,
        band: p.band,
        state: p.state,
        agreed: (side === 'tutor' ? p.tutorAgreedAt : p.learnerAgreedAt) !== null,
        meetings: meetings.flatMap(({ loggedBy, ...m }) =>
          m.pairingId === p.id ? [{ ...m, own: loggedBy === id, counted: counted.get(m.id) ?? 0 }] : [],
        ),
        minutes: meetings.reduce((sum, m) => sum + (m.pairingId === p.id ? (counted.get(m.id) ?? 0) : 0), 0),
        barred: barred.has(p.id),
        quiet: p.state === 'active' && now.getTime() - last > QUIET_DAYS * DAY_MS,
        feedback: mine ? { helpful: mine.helpful, words: mine.words } : null,
        handover: p.handover,
      }
    }),
  }
}

const Offer = z.object({ answer: z.enum(['yes', 'no']), capacity: z.coerce.number().int().min(1).max(5).catch(3) })
export async function answerOffer(actor: Actor, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'tutor:own')
  const parsed = Offer.safeParse(input)
  if (!parsed.success || !actor.teacherId) return refuse('offer', 'Pilih bersedia atau belum. Jawaban sebelumnya tetap berlaku.')
  await store.answerOffer(actor.teacherId, parsed.data.answer, parsed.data.capacity, now)
  return ok(null)
}

const Wish = z.object({ wants: z.enum(['ya', 'tidak']), sexWanted: z.enum(['', 'L', 'P']).catch('') })
export async function saveWish(actor: Actor, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'tutor:own')
  const parsed = Wish.safeParse(input)
  if (!parsed.success || !actor.teacherId) return refuse('wish', 'Pilih ya atau tidak. Pilihan sebelumnya tetap berlaku.')
  await store.saveWish({ teacherId: actor.teacherId, wants: parsed.data.wants === 'ya', sexWanted: parsed.data.sexWanted || null }, now)
  return ok(null)
}

async function ownSide(actor: Actor, pairId: string): Promise<{ pair: store.PairRow; side: 'tutor' | 'learner' } | null> {
  allow(actor, 'tutor:own')
  const pair = z.uuid().safeParse(pairId).success ? await store.pairById(pairId) : null
  if (!pair || !actor.teacherId) return null
  if (pair.tutorId === actor.teacherId) return { pair, side: 'tutor' }
  return pair.learnerId === actor.teacherId ? { pair, side: 'learner' } : null
}
const answered = refuse('state', 'Usulan ini sudah dijawab. Muat ulang halaman; tidak ada yang berubah.')
const gone = refuse('not-found', 'Pasangan ini tidak ada pada akun Anda.')

export async function answerPair(actor: Actor, pairId: string, yes: boolean, now: Date): Promise<Result<string>> {
  const found = await ownSide(actor, pairId)
  if (!found) return gone
  const reason = `ditolak ${found.side === 'tutor' ? 'tutor' : 'guru'}`
  const declined = ok('Usulan tidak dilanjutkan. BGTK akan mencarikan pasangan lain pada pencocokan berikutnya.')
  if (!yes) {
    if (found.pair.state === 'proposed' && (await store.endPair(pairId, 'proposed', { state: 'declined', reason, handover: null }, now)))
      return declined
    const after = await store.pairById(pairId)
    return after?.state === 'declined' && after.endReason === reason ? declined : answered
  }
  const before = found.side === 'tutor' ? found.pair.tutorAgreedAt : found.pair.learnerAgreedAt
  const state = found.pair.state === 'active' && before ? 'active' : await store.agree(pairId, found.side, now)
  if (state === 'active') return ok('Pasangan terbentuk. Nama dan nomor rekan Anda sekarang terlihat.')
  return state === 'proposed' ? ok('Terima kasih. Nama rekan Anda terlihat setelah yang bersangkutan juga setuju.') : answered
}

const Feedback = z.object({ helpful: z.coerce.number().int().min(1).max(4), words: z.string().trim().max(1_000) })
export async function giveFeedback(actor: Actor, pairId: string, input: unknown, now: Date): Promise<Result<null>> {
  const found = await ownSide(actor, pairId)
  const parsed = Feedback.safeParse(input)
  if (!found) return gone
  if (!parsed.success) return refuse('feedback', 'Pilih satu jawaban. Umpan balik sebelumnya tetap tersimpan.')
  await store.saveFeedback(pairId, found.side === 'tutor', parsed.data.helpful, parsed.data.words, now)
  return ok(null)
}

/** Ends a pair with a hand-over: what was reached, and what the next companion should know. */
export async function endOwnPair(actor: Actor, pairId: string, handover: string, now: Date): Promise<Result<null>> {
  const found = await ownSide(actor, pairId)
  if (!found) return gone
  const words = handover.trim().slice(0, 2_000)
  if (found.pair.state === 'ended' && found.pair.handover === words) return ok(null)
  if (found.pair.state !== 'active') return gone
  if (handover.trim().length < 20)
    return refuse('handover', 'Tuliskan serah terima sedikitnya 20 huruf: apa yang sudah tercapai dan apa langkah berikutnya.')
  const end = { state: 'ended' as const, reason: 'diakhiri bersama', handover: words }
  if (await store.endPair(pairId, 'active', end, now)) return ok(null)
  return (await store.pairById(pairId))?.handover === words ? ok(null) : gone
}
