import { uuidv7 } from 'uuidv7'
import { formatMoment, formatTime } from '@/lib/platform/format'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { together } from '@/lib/platform/together'
import { keepOpenedForm, markPresent, seatForms } from '@/lib/sittings/inside'
import { type SeatRow } from '@/lib/sittings/service'
import { attemptFacts, reachOf } from './answer-store'
import { doubtOf, graceEnd } from './claim'
import type { Doubt } from './doubt'
import { clockOf } from './deadline'
import { partsOf, seatsOfTickets, titlesOf } from './desk'
import { formDoubt, formOpened, namedPacket } from './opened-form'
import { seedOf } from './order'
import { contentKeyAtHand, freeze } from './packet'
import { packetOfForm, type PacketRow } from './packet-store'
import type { StartReply, StartRequest } from './protocol'
import { openAttempts, placeFacts, type PlaceFacts } from './start-store'
import * as store from './store'
import { signToken } from './token'

/**
 * A thousand phones start in the same second, so starts of one moment are read by one statement and written by another.
 * What never changes (packets, keys) or hardly ever (lengths of parts, titles) is remembered.
 */
const factsAt = together(placeFacts)
const openAttempt = together(openAttempts, { alone: true })

/** A phone that began by the release code may claim its attempt long after the window; it cannot have begun after it by more than this. */
const CLAIM_SLACK_MS = 30 * 60_000

/** Preparing is heavy and done once: whoever starts meanwhile waits for the same, however many they are. */
const preparing = new Map<string, Promise<unknown>>()
function prepareOnce(sittingId: string, now: Date): Promise<unknown> {
  let running = preparing.get(sittingId)
  if (!running) preparing.set(sittingId, (running = freeze(sittingId, now).finally(() => preparing.delete(sittingId))))
  return running
}

/** The sealed form at a seat; prepares the sitting when nobody has. */
async function packetOf(seat: SeatRow, part: string, formId: string | null, now: Date): Promise<PacketRow | null> {
  const known = formId && (await packetOfForm(formId))
  if (known) return known
  await prepareOnce(seat.sittingId, now)
  const id = formId ?? (await seatForms([seat.id])).find((f) => f.part === part)?.formId
  return id ? packetOfForm(id) : null
}

/** Why an attempt cannot have begun at this moment; null when it can. */
function refusedBecauseOfTime(seat: SeatRow, began: Date, slack: number): Result<never> | null {
  if (began < seat.opensAt) return refuse('early', `Tes dibuka ${formatMoment(seat.opensAt)}. Halaman ini boleh dibiarkan terbuka.`)
  if (began.getTime() <= seat.closesAt.getTime() + slack) return null
  return refuse(
    'over',
    `Waktu sesi ini sudah berakhir pukul ${formatTime(seat.closesAt)}. Hubungi pengawas ruang bila Anda terlambat karena gangguan.`,
  )
}

const doubtWords: Record<Doubt, string> = {
  late: 'Tes ini dimulai tanpa server dan baru sampai sesudah masa susulan sesinya berakhir.',
  proof: 'Tes ini dimulai tanpa server, dan ponsel ini tidak dapat menunjukkan kode rilis sesinya.',
  unseen: 'Menurut server, ponsel ini belum memiliki paket soal pada waktu tes dikatakan dimulai.',
  card: 'Kartu yang dipakai di ponsel ini sudah diganti.',
  second: 'Bagian ini sudah ditutup sebelum ponsel ini pernah menghubungi server.',
  absent: 'Pengawas ruang mencatat kursi ini tidak hadir.',
  packet: 'Yang dibuka ponsel ini bukan paket soal sesi dan bagian ini.',
  form: 'Bagian ini sudah dibuka dengan formulir lain daripada yang dibuka ponsel ini.',
}

/** A claim that cannot be believed by itself: the phone hands its journal in for the office to decide. */
const waits = (doubt: Doubt): Result<never> =>
  refuse('waits', `${doubtWords[doubt]} Jawaban Anda aman; salinannya dititipkan ke server dan BGTK memutuskan apakah dihitung.`)

const noSeat = refuse('seat', 'Kartu ini tidak berlaku lagi. Jawaban di perangkat ini aman; mintalah kartu baru kepada pengawas ruang.')
const closedWords = 'Bagian ini sudah selesai dan tersimpan di server. Jawaban di perangkat ini yang belum terkirim tetap dikirim sendiri.'

/** When a phone says it began, never outside the window's opening and now; null for a start at the server. */
export const claimedStart = (request: StartRequest, seat: SeatRow, now: Date): Date | null =>
  request.begunAt === undefined ? null : new Date(Math.min(Math.max(request.begunAt, seat.opensAt.getTime()), now.getTime()))

/**
 * Opens a part, continues it, or claims one that a phone began without the server. Safe to repeat: a double tap, a reload,
 * a second device and a claim made twice end in the same attempt. A second device continues only when `takeOver` says so,
 * or when the first one was released by the proctor; what it has written is taken in either way. A closed attempt and a
 * sitting that is over give nothing to anybody: no token, no key. The form is the one of the packet that the phone names, whatever lies at
 * the seat by now, as long as it was sealed for this sitting.
 */
export async function start(request: StartRequest, userAgent: string | null, now: Date): Promise<Result<StartReply>> {
  const { ticket, part, device, takeOver } = request
  const [seat] = await seatsOfTickets([ticket])
  if (!seat) return noSeat
  const facts = await factsAt({ seatId: seat.id, part, packet: namedPacket(request) })
  if (facts.attempt?.state === 'closed') return refuse('closed', closedWords)
  const claimed = claimedStart(request, seat, now)
  const began = claimed ?? now
  const refused = facts.attempt ? null : refusedBecauseOfTime(seat, began, claimed ? CLAIM_SLACK_MS : 0)
  if (refused) return refused
  const doubt = formDoubt(request, facts) ?? (claimed && !facts.attempt ? await doubtOf(seat, request, began, now) : null)
  if (doubt) return waits(doubt)
  if (now.getTime() > (await graceEnd(seat.closesAt))) return refuse('closed', closedWords)
  const minutes = (await partsOf(seat.cycleId)).find((p) => p.competencyCode === part)?.minutes
  const sealed = await packetOf(seat, part, formOpened(facts), now)
  if (!minutes || !sealed) return refuse('form', 'Soal untuk bagian ini belum tersedia. Hubungi pengawas ruang.')
  const key = await contentKeyAtHand(sealed)
  // A phone that goes on has opened its packet: it needs the server for its answers, not for a key.
  if (!key && !facts.attempt && !claimed)
    return refuse(
      'key',
      'Soal untuk bagian ini tidak dapat dibuka server. Belum ada yang dimulai; mintalah pengawas ruang melapor kepada BGTK.',
    )
  if (facts.attempt && !(await store.admitDevice(facts.attempt.id, device, userAgent, now)))
    return refuse(
      'devices',
      'Tes ini sudah dibuka di terlalu banyak perangkat. Jawaban Anda aman; mintalah pengawas ruang melapor kepada BGTK.',
    )
  const opened = facts.attempt ? null : await open(seat, request, sealed.formId, minutes * 60, began, claimed !== null, userAgent, now)
  if (seat.attendance === 'unknown') await markPresent(seat.id)
  const attempt = facts.attempt ?? opened ?? (await store.attemptOf(seat.id, part))
  // The seat went in this very moment.
  if (!attempt) return noSeat
  if (attempt.state === 'closed') return refuse('closed', closedWords)
  // Another start of this moment may have opened the part with another form: what this phone has opened then waits.
  if (claimed && facts.opened && attempt.formId !== facts.opened) return waits('form')
  if (facts.opened && facts.opened !== facts.formId && attempt.formId === facts.opened)
    await keepOpenedForm({ seatId: seat.id, part, formId: facts.opened }, now)
  const state =
    opened && !claimed ? freshState(seat, facts, opened, now) : await stateOf(attempt, device, takeOver, opened ? null : { userAgent }, now)
  return ok({
    attemptId: attempt.id,
    token: signToken(attempt.id, device, seat.cardVersion),
    title: (await titlesOf()).get(part)?.title ?? part,
    seed: attempt.seed,
    ...state,
    packet: { sha256: sealed.sha256, contentKey: key ?? '' },
  })
}

/** The sealed form that lies at a seat for a part. */
export const sealedAt = (seat: SeatRow, part: string, now: Date): Promise<PacketRow | null> => packetOf(seat, part, null, now)

type Opened = {
  id: string
  formId: string
  seed: number
  activeDevice: string | null
  state: 'open' | 'closed'
  durationSeconds: number
  startedAt: Date
}
type State = Omit<StartReply, 'attemptId' | 'token' | 'title' | 'seed' | 'packet'>

/** Opens the attempt; null when another start of the same moment has, or when the seat is gone. */
async function open(
  seat: SeatRow,
  { part, device }: StartRequest,
  formId: string,
  durationSeconds: number,
  startedAt: Date,
  provisional: boolean,
  userAgent: string | null,
  now: Date,
): Promise<Opened | null> {
  const fresh = { id: uuidv7(), seed: seedOf(seat.id, part), durationSeconds, startedAt }
  const made = await openAttempt({ ...fresh, seatId: seat.id, formId, part, device, userAgent, provisional, now })
  return made ? { ...fresh, formId, state: 'open', activeDevice: device } : null
}

/** Where an attempt stands that has just been made: at its beginning, nothing written yet. */
function freshState(seat: SeatRow, facts: PlaceFacts, opened: Opened, now: Date): State {
  const clock = clockOf({ ...opened, extraSeconds: seat.extraSeconds, allowances: facts.allowances }, now)
  return { active: true, ack: 0, highest: 0, clock, saved: [], flags: [] }
}

/** Where an attempt stands that this phone continues or claims; `contact` is noted unless the opening has done so. */
async function stateOf(
  attempt: Opened,
  device: string,
  takeOver: boolean,
  contact: { userAgent: string | null } | null,
  now: Date,
): Promise<State> {
  let active = !attempt.activeDevice || attempt.activeDevice === device
  if (attempt.state === 'open' && (takeOver || !attempt.activeDevice) && attempt.activeDevice !== device) {
    await store.setActiveDevice(attempt.id, device)
    active = true
  }
  if (contact) await store.admitDevice(attempt.id, device, contact.userAgent, now)
  const [[facts], [reach], highest, saved, flags] = await Promise.all([
    attemptFacts([attempt.id]),
    reachOf([{ attemptId: attempt.id, device }]),
    store.highestSeq(attempt.id, device),
    store.savedResponses(attempt.id),
    store.savedFlags(attempt.id),
  ])
  return {
    active,
    ack: reach?.ack ?? 0,
    highest,
    clock: clockOf(facts!, now),
    saved: saved.map((s) => ({ item: s.item, value: s.value, at: s.at.getTime() })),
    flags,
  }
}
