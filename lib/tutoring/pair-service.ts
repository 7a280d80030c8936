import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { allow, openNamed, policyInForce } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { toDateInput } from '@/lib/platform/format'
import { groupBy } from '@/lib/platform/group'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { standingKey, tookUp } from '@/lib/roster/inside'
import { inTransaction } from '@/lib/platform/db'
import { areaTitles, isTiered, readings } from '@/lib/plans/own-readings'
import { helpsIn, profileOf } from '@/lib/plans/profile'
import * as rules from '@/lib/plans/inside'
import * as store from './store'
import { heldMeetings } from './hours'
import { hoursOf, meetingTicket, type MeetingRow } from './meeting-service'
import { meetingsOf } from './meeting-store'
import { barredPairs, combinedBarred } from './certificate-store'
import { photosOf } from './photo-store'
import { spansOver } from './span-model'
import { QUIET_DAYS } from './model'

/** Tutors and learners for themselves: willingness, consent, their pairs. */

const DAY_MS = 86_400_000

export type OwnPair = {
  id: string
  side: 'tutor' | 'learner'
  /** Null until both sides agreed: no name is shown before. The number is what they agreed to for the pair, so it goes when that ends. */
  partner: { name: string; school: string; phone: string | null } | null
  subject: string | null
  goals: string[]
  /** Shared goals that the learner's latest result does not tell from the other areas; told to the learner alone. */
  open: string[]
  /** Shared goals in which the learner's latest result is a strength by now; told to the learner alone. */
  reached: string[]
  km: number
  band: store.PairRow['band']
  state: store.PairRow['state']
  agreed: boolean
  meetings: (Omit<MeetingRow, 'loggedBy'> & { own: boolean; counted: number; photos: string[] })[]
  /** Minutes that count for this side: confirmed, no minute twice, no day beyond the cap. */
  minutes: number
  /** Meetings in them: one that both sides noted is one. */
  held: number
  /** Pairs of the same two people that have ended, newest first: one pair is listed once. */
  earlier: OwnPair[]
  /** Days "2026-02-06" on which it began and ended. */
  startedOn: string | null
  endedOn: string | null
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
  /** Whether a lot among equals decided about the actor in the matching that stands. */
  lot: 'served' | 'waiting' | null
  /** Lets the phone hand in this teacher's notes later; null without a teacher. */
  ticket: string | null
  /** Records of the same person that this one took up: notes that lie on the phone under their keys are this teacher's. */
  formerly: string[]
  hoursADay: number
  /** Spans for which a letter over all pairs can be issued; `barred` where one was withdrawn for good. */
  letters: { spans: { code: string; title: string }[]; barred: boolean }
}

/** What `/tutor` shows: no scores of anybody, only areas. */
export async function tutorDesk(actor: Actor, now: Date): Promise<TutorDesk> {
  allow(actor, 'tutor:own')
  const id = actor.teacherId
  const { meetingHoursADay: hoursADay } = await policyInForce()
  const letters = { spans: [], barred: false }
  if (!id)
    return { able: false, strengths: [], offer: null, wish: null, pairs: [], lot: null, ticket: null, formerly: [], hoursADay, letters }
  const [own, rule, offer, wished, pairs, titleOf, lot, formerly] = await Promise.all([
    readings({ teacherId: id }),
    rules.tierRuleInForce(),
    store.offerOf(id),
    store.wishOf(id),
    store.pairsOfTeacher(id),
    areaTitles(),
    store.ownLotOf(id),
    tookUp(id),
  ])
  await openNamed(
    actor,
    'tutor-partner',
    'tutor:own',
    'tutor',
    pairs.filter((p) => p.startedAt !== null),
    (p) => [p.tutorId, p.learnerId],
  )
  const counted = own.filter((r) => isTiered(r.part))
  const named = new Set(rule ? counted.flatMap((r) => profileOf(r, rule.rules).needs.map((a) => a.code)) : [])
  const strong = new Set(rule ? counted.flatMap((r) => profileOf(r, rule.rules).strengths.map((a) => a.code)) : [])
  const taught = new Set(pairs.flatMap((p) => (p.learnerId === id && (p.state === 'proposed' || p.state === 'active') ? p.goals : [])))
  // Nobody is called a helper in an area in which somebody is at hand to help them.
  const strengths = rule ? counted.flatMap((r) => Object.keys(helpsIn(r, rule.rules))).filter((code) => !taught.has(code)) : []
  const ids = pairs.map((p) => p.id)
  const [meetings, feedback, hours, barred, noLetter] = await Promise.all([
    meetingsOf(ids),
    store.feedbackOf(ids),
    hoursOf([id]),
    barredPairs(id),
    combinedBarred(id),
  ])
  const photos = groupBy(await photosOf(meetings.map((m) => m.id)), (p) => p.meetingId)
  const minutes = hours.get(id)?.counted ?? new Map<string, number>()
  const shown = (p: store.PairRow, earlier: OwnPair[] = []): OwnPair => {
    const side = p.tutorId === id ? 'tutor' : 'learner'
    const last = p.lastMeeting ? Date.parse(`${p.lastMeeting}T00:00:00+07:00`) : (p.startedAt?.getTime() ?? now.getTime())
    const mine = feedback.find((f) => f.pairingId === p.id && f.byTutor === (side === 'tutor'))
    const own = meetings.filter((m) => m.pairingId === p.id)
    return {
      id: p.id,
      side,
      partner:
        p.startedAt === null
          ? null
          : side === 'tutor'
            ? { name: p.learnerName, school: p.learnerSchool, phone: p.state === 'active' ? p.learnerPhone : null }
            : { name: p.tutorName, school: p.tutorSchool, phone: p.state === 'active' ? p.tutorPhone : null },
      subject: p.subject,
      goals: p.goals.map(titleOf),
      open: side === 'learner' ? p.goals.filter((g) => !named.has(g) && !strong.has(g)).map(titleOf) : [],
      reached: side === 'learner' ? p.goals.filter((g) => strong.has(g)).map(titleOf) : [],
      km: p.km,
      band: p.band,
      state: p.state,
      agreed: (side === 'tutor' ? p.tutorAgreedAt : p.learnerAgreedAt) !== null,
      meetings: own.map(({ loggedBy, ...m }) => ({
        ...m,
        own: loggedBy === id,
        counted: minutes.get(m.id) ?? 0,
        photos: photos.get(m.id)?.map((f) => f.id) ?? [],
      })),
      minutes: own.reduce((sum, m) => sum + (minutes.get(m.id) ?? 0), 0),
      held: heldMeetings(
        own.map((m) => m.id),
        minutes,
      ),
      earlier,
      startedOn: p.startedAt && toDateInput(p.startedAt),
      endedOn: p.endedAt && toDateInput(p.endedAt),
      barred: barred.has(p.id),
      quiet: p.state === 'active' && now.getTime() - last > QUIET_DAYS * DAY_MS,
      feedback: mine ? { helpful: mine.helpful, words: mine.words } : null,
      handover: p.handover,
    }
  }
  return {
    able: strengths.length > 0,
    strengths: strengths.map(titleOf),
    offer,
    wish: wished,
    lot,
    ticket: meetingTicket(id, now),
    formerly,
    hoursADay,
    letters: {
      spans: spansOver(meetings.filter((m) => (minutes.get(m.id) ?? 0) > 0 && !barred.has(m.pairingId)).map((m) => m.heldOn)),
      barred: noLetter,
    },
    pairs: onceEach(pairs).map(({ pair, earlier }) =>
      shown(
        pair,
        earlier.map((p) => shown(p)),
      ),
    ),
  }
}

/**
 * The pairs with each couple once: what they had before stands behind the pair of now. A proposal stays by itself, because what went
 * before would tell whose name it hides.
 */
function onceEach(pairs: readonly store.PairRow[]): { pair: store.PairRow; earlier: store.PairRow[] }[] {
  const proposed = pairs.filter((p) => p.startedAt === null).map((pair) => ({ pair, earlier: [] }))
  const begun = pairs.filter((p) => p.startedAt !== null)
  const rank = (p: store.PairRow) => (p.state === 'active' ? 1 : 0)
  const couples = [...groupBy(begun, (p) => `${p.tutorId}|${p.learnerId}`).values()].map((list) => {
    const [pair, ...earlier] = [...list].sort((a, b) => rank(b) - rank(a) || b.startedAt!.getTime() - a.startedAt!.getTime())
    return { pair: pair!, earlier }
  })
  return [...couples.sort((a, b) => rank(b.pair) - rank(a.pair)), ...proposed]
}

const Offer = z.object({ answer: z.enum(['yes', 'no']), capacity: z.coerce.number().int().min(1).max(5).catch(3) })
export async function answerOffer(actor: Actor, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'tutor:own')
  const parsed = Offer.safeParse(input)
  const { teacherId } = actor
  if (!parsed.success || !teacherId)
    return refuse('offer', 'Pilih bersedia atau belum. Jawaban sebelumnya tetap berlaku.', faultsOf(parsed))
  await inTransaction(async (tx) => store.answerOffer(await standingKey(tx, teacherId), parsed.data.answer, parsed.data.capacity, now))
  return ok(null)
}

const Wish = z.object({ wants: z.enum(['ya', 'tidak']), sexWanted: z.enum(['', 'L', 'P']).catch('') })
export async function saveWish(actor: Actor, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'tutor:own')
  const parsed = Wish.safeParse(input)
  const { teacherId } = actor
  if (!parsed.success || !teacherId) return refuse('wish', 'Pilih ya atau tidak. Pilihan sebelumnya tetap berlaku.', faultsOf(parsed))
  const { wants, sexWanted } = parsed.data
  await inTransaction(async (tx) =>
    store.saveWish({ teacherId: await standingKey(tx, teacherId), wants: wants === 'ya', sexWanted: sexWanted || null }, now),
  )
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
  if (!parsed.success) return refuse('feedback', 'Pilih satu jawaban. Umpan balik sebelumnya tetap tersimpan.', faultsOf(parsed))
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
