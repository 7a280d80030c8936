import { uuidv7 } from 'uuidv7'
import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { derivedKey } from '@/lib/platform/config'
import { formatMoment, formatTime } from '@/lib/platform/format'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { formFor, latestForms, packet, frameworkTitles } from '@/lib/instruments/service'
import { partsOfCycle, seatFor, seatsFor, markPresent, type SeatRow } from '@/lib/sittings/service'
import { deadlineOf } from './deadline'
import { clockOf, type OnSettled } from './handler'
import { StartRequest, type StartReply } from './protocol'
import * as store from './store'
import { signToken } from './token'

export { handleSync, type OnSettled } from './handler'

/** Minutes that a phone has to hand in by itself after the end before the server closes the attempt for it. */
const GRACE_MS = 3 * 60_000

export type DuePart = {
  seat: SeatRow
  part: string
  minutes: number
  state: 'ready' | 'running' | 'done' | 'early' | 'over' | 'missing'
  attemptId: string | null
  deadline: Date | null
  title: string
}

/** What a teacher has before her: every part of every sitting she is seated in, with its state now. */
export async function dueParts(actor: Actor, now: Date): Promise<DuePart[]> {
  allow(actor, 'test:take')
  const seats = await seatsFor(actor)
  const cycles = [...new Set(seats.map((s) => s.cycleId))]
  const [attempts, titles, forms, lengths] = await Promise.all([
    store.attemptsOfSeats(seats.map((s) => s.id)),
    frameworkTitles(),
    latestForms(),
    Promise.all(cycles.map(async (id) => [id, await partsOfCycle(id)] as const)),
  ])
  const parts = new Map(lengths)
  const due: DuePart[] = []
  for (const seat of seats) {
    for (const { competencyCode: part, minutes } of parts.get(seat.cycleId) ?? []) {
      const attempt = attempts.find((a) => a.seatId === seat.id && a.competencyCode === part)
      const form = forms.find((f) => f.competencyCode === part && (f.subjectId === null || f.subjectId === seat.subjectId))
      const context = attempt?.state === 'open' ? await store.syncContext(attempt.id) : null
      const state =
        attempt?.state === 'closed'
          ? 'done'
          : attempt
            ? 'running'
            : !form
              ? 'missing'
              : now < seat.opensAt
                ? 'early'
                : now > seat.closesAt
                  ? 'over'
                  : 'ready'
      due.push({
        seat,
        part,
        minutes,
        state,
        attemptId: attempt?.id ?? null,
        deadline: context ? deadlineOf(context, now).deadline : null,
        title: part === '4' && form ? `${titles.get(part)?.title ?? part} · ${form.title}` : (titles.get(part)?.title ?? part),
      })
    }
  }
  return due
}

/**
 * Opens a part, or continues it. Safe to repeat: a double tap, a reload and a second device end in the same attempt.
 * A second device continues only when `takeOver` says so, or when the first one was released by the proctor.
 */
export async function start(actor: Actor, input: unknown, userAgent: string | null, now: Date): Promise<Result<StartReply>> {
  allow(actor, 'test:take')
  const parsed = StartRequest.safeParse(input)
  if (!parsed.success) return refuse('format', 'Permintaan tidak dapat dibaca. Muat ulang halaman ini.')
  const { seatId, part, device, takeOver } = parsed.data
  const seat = await seatFor(actor, seatId)
  if (!seat) return refuse('seat', 'Tes ini bukan atas nama Anda. Keluar, lalu masuk dengan kartu Anda sendiri.')
  const known = await store.attemptOf(seat.id, part)
  if (!known) {
    if (now < seat.opensAt) return refuse('early', `Tes dibuka ${formatMoment(seat.opensAt)}. Halaman ini boleh dibiarkan terbuka.`)
    if (now > seat.closesAt)
      return refuse(
        'over',
        `Waktu sesi ini sudah berakhir pukul ${formatTime(seat.closesAt)}. Hubungi pengawas ruang bila Anda terlambat karena gangguan.`,
      )
  }
  const minutes = (await partsOfCycle(seat.cycleId)).find((p) => p.competencyCode === part)?.minutes
  const form = known ? null : await formFor(part, seat.subjectId)
  if (!known && (!minutes || !form)) return refuse('form', 'Soal untuk bagian ini belum tersedia. Hubungi pengawas ruang.')
  const id = uuidv7()
  const attempt =
    known ??
    (await store.openAttempt(
      {
        id,
        seatId: seat.id,
        formId: form!.formId,
        instrumentId: form!.instrumentId,
        part,
        seed: parseInt(id.slice(-7), 16),
        durationSeconds: minutes! * 60,
        device,
      },
      now,
    ))
  if (!known && seat.attendance === 'unknown') await markPresent(seat.id)
  let active = !attempt.activeDevice || attempt.activeDevice === device
  if (attempt.state === 'open' && (takeOver || !attempt.activeDevice) && attempt.activeDevice !== device) {
    await store.setActiveDevice(attempt.id, device)
    active = true
  }
  const ack = await store.touchDevice(attempt.id, device, userAgent, now)
  const [context, highest, saved, flags, content, titles] = await Promise.all([
    store.syncContext(attempt.id),
    store.highestSeq(attempt.id, device),
    store.savedResponses(attempt.id),
    store.savedFlags(attempt.id),
    packet(attempt.formId),
    frameworkTitles(),
  ])
  return ok({
    attemptId: attempt.id,
    token: signToken(derivedKey('attempt'), attempt.id, device),
    title: titles.get(part)?.title ?? part,
    seed: attempt.seed,
    active,
    ack,
    highest,
    clock: clockOf(context!, now),
    saved: saved.map((s) => ({ item: s.item, value: s.value, at: s.at.getTime() })),
    flags,
    packet: content,
  })
}

/** Closes attempts whose time and grace are over. Returns how many. Run by the job clock. */
export async function closeExpired(now: Date, onSettled: OnSettled): Promise<number> {
  let closed = 0
  for (const id of await store.overdueAttemptIds(new Date(now.getTime() - GRACE_MS))) {
    const context = await store.syncContext(id)
    if (!context) continue
    const { deadline, paused } = deadlineOf(context, now)
    if (paused || now.getTime() < deadline.getTime() + GRACE_MS) continue
    if (await store.closeAttempt(id, 'timeout', deadline, now)) {
      closed++
      await onSettled(id)
    }
  }
  return closed
}

export const attempt = store.attemptById
export const markScored = store.markScored
export const unscoredAttemptIds = store.unscoredAttemptIds
export const responsesOf = store.savedResponses
export const attemptsOfSeats = store.attemptsOfSeats
export { roomConsole, roomMinutes, stateWords, type ConsoleSeat, type RoomConsole, type SeatState } from './proctor'
