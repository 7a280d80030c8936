import { faultsOf } from '@/lib/platform/faults'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { newestForms } from '@/lib/instruments/inside'
import { groupBy } from '@/lib/platform/group'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { seatingByIds, seatingOfSchools } from '@/lib/roster/inside'
import { type SeatingRow } from '@/lib/roster/service'
import { setCycleForms } from './form-store'
import { overlapOf } from './form-service'
import { alternate, nextForms, proposedStart, shiftDays, type FormChoice } from './followup'
import { NewFollowUp } from './model'
import * as base from './followup-store'
import { laterOf } from './first-timer-store'
import { seatTeachers } from './seating-store'
import * as store from './store'

/** Measuring a cycle again: the same people, unseen parallel forms with anchors, half a year later. */

export type FollowUpPlan = {
  base: { id: string; code: string; name: string; series: string; startsOn: Date; simulated: boolean }
  startsOn: string
  /** Present in the base and still in the roster, by sitting. */
  returning: number
  absent: number
  gone: number
  /** Drawn at the first measurement to be tested for the first time now. */
  firstTimers: number
  newcomers: number
  forms: FormChoice[]
  sittings: { id: string; name: string; venue: string; seats: number }[]
  /** Follow-ups that stand already. */
  existing: { id: string; name: string; startsOn: Date }[]
}

type People = {
  returning: Map<string, SeatingRow[]>
  absent: Map<string, SeatingRow[]>
  /** Drawn to wait for this re-test, by the sitting in which they had a seat. */
  later: Map<string, SeatingRow[]>
  gone: number
  newcomers: SeatingRow[]
}

/** Who comes again, who was missed, who left, who is new at the schools that took part. */
async function peopleOf(baseId: string, seats: base.BaseSeat[]): Promise<People> {
  const drawn = await laterOf(baseId)
  const [today, atSchools] = await Promise.all([
    seatingByIds([...seats, ...drawn].map((s) => s.teacherId)),
    seatingOfSchools([...new Set(seats.map((s) => s.schoolId))]),
  ])
  const now = new Map(today.map((t) => [t.teacherId, t]))
  const seated = new Set(await base.everSeated(atSchools.map((t) => t.teacherId)))
  const placed = alternate(seats, (s) => s.formId).flatMap((s) => (now.has(s.teacherId) ? [{ ...s, teacher: now.get(s.teacherId)! }] : []))
  const bySitting = (list: typeof placed) =>
    new Map([...groupBy(list, (s) => s.sittingId)].map(([id, own]): [string, SeatingRow[]] => [id, own.map((s) => s.teacher)]))
  return {
    returning: bySitting(placed.filter((s) => s.present)),
    absent: bySitting(placed.filter((s) => !s.present)),
    later: new Map([...groupBy(drawn, (d) => d.sittingId)].map(([id, own]) => [id, own.flatMap((d) => now.get(d.teacherId) ?? [])])),
    gone: seats.length - placed.length,
    newcomers: atSchools.filter((t) => !seated.has(t.teacherId) && !drawn.some((d) => d.teacherId === t.teacherId)),
  }
}

const count = (lists: Map<string, unknown[]>) => [...lists.values()].reduce((n, l) => n + l.length, 0)

async function formsFor(baseId: string): Promise<FormChoice[]> {
  const [newest, given] = await Promise.all([newestForms(), base.formsGiven(baseId)])
  return nextForms(newest, given, await overlapOf([...newest, ...given].map((f) => f.formId)))
}

/** What a follow-up of this cycle would be, before anything is written. Null when the cycle cannot have one. */
export async function followUpPlan(actor: Actor, baseId: string): Promise<FollowUpPlan | null> {
  allow(actor, 'cycle:manage')
  const cycle = z.uuid().safeParse(baseId).success ? await store.cycleById(baseId) : null
  if (!cycle || cycle.practice || cycle.rehearsal) return null
  const [seats, sittings, existing, forms] = await Promise.all([
    base.seatsOfBase(baseId),
    base.sittingsOfBase(baseId),
    base.followUpsOf(baseId),
    formsFor(baseId),
  ])
  if (!seats.length) return null
  const people = await peopleOf(baseId, seats)
  return {
    base: cycle,
    startsOn: proposedStart(cycle.startsOn),
    returning: count(people.returning),
    absent: count(people.absent),
    gone: people.gone,
    firstTimers: count(people.later),
    newcomers: people.newcomers.length,
    forms,
    sittings: sittings.map((s) => ({
      id: s.id,
      name: s.name,
      venue: s.venue.name,
      seats: [people.returning, people.absent, people.later].reduce((n, of) => n + (of.get(s.id)?.length ?? 0), 0),
    })),
    existing,
  }
}

/** Creates the follow-up with its sittings, rooms, seats and forms. Nothing of the base changes. Returns the cycle's id, asked again the same. */
export async function createFollowUp(actor: Actor, baseId: string, input: unknown, now: Date = new Date()): Promise<Result<string>> {
  allow(actor, 'cycle:manage')
  const parsed = NewFollowUp.safeParse(input)
  if (!parsed.success)
    return refuse('input', `${parsed.error.issues[0]?.message ?? 'Isian belum lengkap.'} Belum ada yang dibuat.`, faultsOf(parsed))
  const plan = await followUpPlan(actor, baseId)
  if (!plan) return refuse('base', 'Siklus ini tidak mempunyai peserta yang dapat diukur ulang. Belum ada yang dibuat.')
  if (parsed.data.startsOn <= plan.base.startsOn.toISOString().slice(0, 10))
    return refuse('date', 'Tanggal mulai harus sesudah siklus awal. Belum ada yang dibuat.', ['startsOn'])
  const { code, name, startsOn } = parsed.data
  return act(async (tx) => {
    await takeTurn(tx, 'cycle', code)
    const standing = await store.cycleByCode(code)
    if (standing)
      return standing.baseCycleId === baseId && standing.name === name && standing.startsOn.toISOString().slice(0, 10) === startsOn
        ? ok(standing.id)
        : refuse('taken', `Kode siklus ${code} sudah dipakai siklus lain. Belum ada yang dibuat; pilih kode lain.`, ['code'])
    const { id, seats, wrong, full } = await buildFollowUp(baseId, parsed.data, now)
    if (full) return full
    if (wrong.length)
      return refuse(
        'forms',
        `Formulir ${wrong.join(', ')} baru saja menjadi formulir latihan. Belum ada yang dibuat; muat ulang halaman untuk memakai formulir lain.`,
      )
    const { absentees, newcomers } = parsed.data
    await audit(actor, 'cycle:manage', `cycle:${id}`, { count: seats, detail: { followUpOf: plan.base.code, absentees, newcomers } }, tx)
    return ok(id)
  })
}

/** The writing half, for the use case above and for the simulated province; input already parsed. `wrong`: forms that turned out to be for practice; `full`: a venue that would not hold everybody. */
export async function buildFollowUp(
  baseId: string,
  input: NewFollowUp,
  now: Date,
): Promise<{ id: string; seats: number; wrong: string[]; full: Result<never> | null }> {
  const { code, name, series, startsOn } = input
  const [cycle, forms, seats, sittings] = await Promise.all([
    store.cycleById(baseId),
    formsFor(baseId),
    base.seatsOfBase(baseId),
    base.sittingsOfBase(baseId),
  ])
  if (!cycle) throw new Error('the base cycle is gone')
  const people = await peopleOf(baseId, seats)
  const id = await store.createCycle({
    code,
    name,
    series,
    startsOn: new Date(`${startsOn}T00:00:00Z`),
    simulated: cycle.simulated,
    minutes: Object.fromEntries(cycle.parts.map((p) => [p.competencyCode, p.minutes])),
  })
  await base.setBase(id, baseId)
  const wrong = await setCycleForms(
    id,
    forms.map((f) => f.formId),
  )
  const shift = shiftDays(cycle.startsOn, startsOn)
  let added = 0
  for (const s of sittings) {
    const sittingId = await store.createSitting({
      cycleId: id,
      venueId: s.venueId,
      name: `${name} · ${s.venue.name}`,
      opensAt: new Date(s.opensAt.getTime() + shift),
      closesAt: new Date(s.closesAt.getTime() + shift),
      releaseRule: s.releaseRule,
    })
    await base.copyRooms(s.rooms.map((r) => ({ id: uuidv7(), sittingId, name: r.name, capacity: r.capacity, columns: r.columns })))
    const own = [
      ...(people.returning.get(s.id) ?? []),
      ...(input.absentees ? (people.absent.get(s.id) ?? []) : []),
      ...(people.later.get(s.id) ?? []),
      // A newcomer comes where most colleagues of the school sat; the first sitting takes the rest.
      ...(input.newcomers ? people.newcomers.filter((t) => (homeOf(t.schoolId, seats) ?? sittings[0]!.id) === s.id) : []),
    ]
    const place = { id: sittingId, cycleId: id, cycleCode: code }
    const seated = await seatTeachers(place, own, { roomSize: s.rooms[0]?.capacity ?? 20, at: now, counted: null })
    if (!seated.ok) return { id, seats: added, wrong, full: seated }
    added += seated.value
  }
  return { id, seats: added, wrong, full: null }
}

function homeOf(schoolId: string, seats: base.BaseSeat[]): string | null {
  const counts = new Map<string, number>()
  for (const s of seats) if (s.schoolId === schoolId) counts.set(s.sittingId, (counts.get(s.sittingId) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}
