import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { inTransaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { allForms, formOverlaps, latestForms } from '@/lib/instruments/inside'
import { type FormRow } from '@/lib/instruments/service'
import { groupBy } from '@/lib/platform/group'
import { formIndex } from './parallel'
import * as store from './form-store'
import { sittingById } from './store'

/** Forms that a cycle may use: a practice cycle takes practice forms only, a cycle that counts takes none of them. */
async function formsOfKind(practice: boolean): Promise<FormRow[]> {
  return (await allForms()).filter((f) => f.practice === practice)
}

/** The forms of a cycle: those chosen for it, and the newest form of every instrument without a choice; always of the cycle's own kind. */
async function formsInUse(cycleId: string): Promise<FormRow[]> {
  const practice = (await store.takesPractice(cycleId)) ?? false
  const [all, latest, chosen] = await Promise.all([formsOfKind(practice), latestForms({ practice }), store.cycleFormIds(cycleId)])
  const own = all.filter((f) => chosen.includes(f.formId))
  const covered = new Set(own.map((f) => f.instrumentId))
  return [...own, ...all.filter((f) => !covered.has(f.instrumentId) && latest.some((l) => l.formId === f.formId))].sort((a, b) =>
    a.code < b.code ? -1 : 1,
  )
}

/** Shared items of two forms. */
export type Overlap = (a: string, b: string) => number

export async function overlapOf(formIds: string[]): Promise<Overlap> {
  const rows = await formOverlaps([...new Set(formIds)])
  const found = new Map(rows.map((r) => [`${r.a} ${r.b}`, r.items]))
  return (a, b) => found.get(`${a} ${b}`) ?? 0
}

/**
 * Gives every seat without one a form for every part: of the parallel forms those that share fewest items with what the teacher
 * has already seen, and among them by the place in the room. Returns the forms now in use in the sitting.
 */
export async function assignForms(sittingId: string, cycleId: string): Promise<string[]> {
  await store.clearWrongForms(sittingId)
  const [places, forms] = await Promise.all([store.seatsWithoutForm(sittingId), formsInUse(cycleId)])
  const history = await store.formsSeen([...new Set(places.map((p) => p.teacherId))], cycleId)
  const overlap = await overlapOf([...forms, ...history].map((f) => f.formId))
  const seen = groupBy(history, (h) => `${h.teacherId}|${h.part}`)
  const rows = places.flatMap((p) => {
    const parallel = forms.filter((f) => f.competencyCode === p.part && (f.subjectId === null || f.subjectId === p.subjectId))
    const form = formForSeat(
      p,
      parallel,
      (seen.get(`${p.teacherId}|${p.part}`) ?? []).map((h) => h.formId),
      overlap,
    )
    return form ? [{ seatId: p.seatId, part: p.part, formId: form.formId }] : []
  })
  if (rows.length) await store.addSeatForms(rows)
  return store.formIdsOfSitting(sittingId)
}

/** The form for one place: never a seen item where a parallel form without it is there. */
export function formForSeat<F extends { formId: string }>(
  place: { seatNumber: number; columns: number },
  parallel: readonly F[],
  seen: readonly string[],
  overlap: Overlap,
): F | undefined {
  const met = parallel.map((f) => seen.reduce((n, s) => n + overlap(f.formId, s), 0))
  const fresh = parallel.filter((_, i) => met[i] === Math.min(...met))
  return fresh[formIndex(place.seatNumber, place.columns, fresh.length)]
}

/** Every form that a cycle may use, and which it does. */
export async function cycleForms(actor: Actor, cycleId: string): Promise<(FormRow & { chosen: boolean })[]> {
  allow(actor, 'cycle:manage')
  const [all, used] = await Promise.all([formsOfKind((await store.takesPractice(cycleId)) ?? false), formsInUse(cycleId)])
  return all.map((f) => ({ ...f, chosen: used.some((u) => u.formId === f.formId) }))
}

const wrongKind = (practice: boolean, codes: string[]): string =>
  practice
    ? `Formulir ${codes.join(', ')} dipakai untuk tes yang dihitung, dan soal latihan dapat dilihat siapa saja. Pilihan formulir siklus ini tidak berubah. Pilih formulir latihan; bila belum ada, buat di halaman instrumen.`
    : `Formulir ${codes.join(', ')} adalah formulir latihan yang soalnya dapat dilihat siapa saja, jadi tidak dipakai untuk tes yang dihitung. Pilihan formulir siklus ini tidak berubah. Pilih formulir lain.`

/**
 * Chooses the parallel forms of a cycle. Seats of sittings that are not over get one of them at the next preparation, which the clock
 * makes; those whose packet a phone may hold keep what they have. Tells how many of each.
 */
export async function chooseForms(
  actor: Actor,
  cycleId: string,
  formIds: string[],
  now: Date = new Date(),
): Promise<Result<store.Reseated>> {
  allow(actor, 'cycle:manage')
  const known = new Set((await allForms()).map((f) => f.formId))
  if (!formIds.length || formIds.some((id) => !known.has(id))) return refuse('forms', 'Pilih sedikitnya satu formulir yang tersedia.')
  const practice = z.uuid().safeParse(cycleId).success ? await store.takesPractice(cycleId) : null
  if (practice === null) return refuse('cycle', 'Siklus itu tidak ada. Tidak ada yang berubah.')
  return inTransaction(async (tx) => {
    const wrong = await store.setFormsIn(tx, cycleId, formIds)
    if (wrong.length) return refuse('kind', wrongKind(practice, wrong))
    const seats = await store.clearUnchosenForms(tx, cycleId, formIds, now)
    await audit(actor, 'cycle:manage', `cycle:${cycleId}`, { detail: { forms: formIds.length, ...seats } }, tx)
    return ok(seats)
  })
}

const Columns = z.coerce.number().int().min(1).max(20)

/**
 * Says how many seats stand in a row. Seats of the room whose packet nobody fetched get their forms anew at the next preparation, which
 * the clock makes; the others keep theirs. Tells how many of each; said again, it changes nothing.
 */
export async function changeRoom(
  actor: Actor,
  sittingId: string,
  roomId: string,
  columns: unknown,
  now: Date = new Date(),
): Promise<Result<store.Reseated>> {
  allow(actor, 'cycle:manage')
  const sitting = await sittingById(sittingId)
  const parsed = Columns.safeParse(columns)
  if (!sitting?.rooms.some((r) => r.id === roomId) || !parsed.success)
    return refuse('input', 'Isi 1–20 kursi sebaris untuk ruang sesi ini.', ['columns'])
  if (sitting.closesAt < now)
    return refuse('over', 'Sesi ini sudah berakhir; denahnya tetap seperti pada hari itu. Tidak ada yang berubah.')
  return act(async (tx) => {
    if (!(await store.setRoomColumns(tx, roomId, parsed.data))) return ok({ given: 0, kept: 0 })
    const seats = await store.clearRoomForms(tx, roomId)
    await audit(actor, 'cycle:manage', `room:${roomId}`, { detail: { columns: parsed.data, ...seats } }, tx)
    return ok(seats)
  })
}

const Extra = z.object({ number: z.string().trim().min(3).max(40), minutes: z.coerce.number().int().min(0).max(180) })

/** Time that a participant has from the start (an accommodation), known to the phone before the day. */
export async function changeSeat(actor: Actor, sittingId: string, input: unknown): Promise<Result<null>> {
  allow(actor, 'cycle:manage')
  const parsed = Extra.safeParse(input)
  if (!parsed.success) return refuse('input', 'Isi nomor peserta dan tambahan 0–180 menit.', faultsOf(parsed))
  const { number, minutes } = parsed.data
  const sitting = await sittingById(sittingId)
  if (!sitting) return refuse('sitting', 'Sesi tidak ditemukan.')
  // Time that is given after the day would make answers count that came too late.
  if (sitting.closesAt < new Date())
    return refuse('over', 'Sesi ini sudah berakhir; tambahan waktu tidak dapat diberikan lagi. Tidak ada yang berubah.')
  return act(async (tx) => {
    if (!(await store.setExtraTime(sittingId, number.toUpperCase(), minutes * 60)))
      return refuse('seat', `Nomor ${number} bukan peserta sesi ini.`)
    await audit(actor, 'cycle:manage', `sitting:${sittingId}`, { detail: { accommodation: minutes, number } }, tx)
    return ok(null)
  })
}

const Outage = z.coerce.number().int().min(0).max(60)

/** How many minutes a part the rule may give back for a dead page; 0 switches it off. */
export async function changeOutageRule(actor: Actor, cycleId: string, minutes: unknown): Promise<Result<null>> {
  allow(actor, 'cycle:manage')
  const parsed = Outage.safeParse(minutes)
  if (!parsed.success) return refuse('input', 'Isi 0–60 menit.', ['minutes'])
  return act(async (tx) => {
    await store.setOutageMinutes(cycleId, parsed.data)
    await audit(actor, 'cycle:manage', `cycle:${cycleId}`, { detail: { outageMinutes: parsed.data } }, tx)
    return ok(null)
  })
}
