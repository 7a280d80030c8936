import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { groupBy } from '@/lib/platform/group'
import { toDateInput } from '@/lib/platform/format'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { overtaken } from '@/lib/platform/seen'
import { regions } from '@/lib/roster/service'
import { formCohorts, type Cohorts } from './cohorts'
import * as store from './cohort-store'
import { lotteryRows } from './lottery-store'
import * as plans from './store'

/** Classes for modules that are held together: proposed by optimisation, opened by the office, attendance for everybody at once. */

export type { CohortRow } from './cohort-store'

const MAX_KM = 60

export type ClassesView = {
  modules: Awaited<ReturnType<typeof store.classModules>>
  chosen: { code: string; title: string; least: number; most: number; maxKm: number } | null
  /** Names are those of teachers whom no class takes. */
  proposal: Cohorts & { names: Map<string, { name: string; school: string }> }
  /** A lottery of this module that keeps people out of classes today: the draw is to come, or the turn of the second group. */
  lottery: { state: 'announced' | 'drawn'; drawOn: string; secondOn: string; kept: number } | null
  standing: (store.CohortRow & { people: { stepId: string; name: string; school: string }[] })[]
}

/** Classes from those who wait; whoever was promised a place is placed first, and others join whom these leave. */
async function propose(code: string, least: number, most: number, today: string) {
  const waiting = await store.waitingFor(code, today)
  const formed = (list: typeof waiting) =>
    formCohorts(
      list.map((w) => ({ id: w.stepId, lat: w.lat, lon: w.lon, regionCode: w.regionCode })),
      { least, most, maxKm: MAX_KM },
    )
  const first = formed(waiting.filter((w) => w.promised))
  const placed = new Set(first.classes.flatMap((c) => c.members))
  const rest = formed(waiting.filter((w) => !placed.has(w.stepId)))
  return { waiting, proposal: { classes: [...first.classes, ...rest.classes], leftovers: rest.leftovers } }
}

/** The lottery that keeps people of this module out of classes today. */
async function keptOut(code: string, today: string): Promise<ClassesView['lottery']> {
  const found = (await lotteryRows()).find(
    (l) => l.moduleCode === code && (l.state === 'announced' || (l.state === 'drawn' && l.secondOn > today)),
  )
  if (!found || found.state === 'cancelled') return null
  const { state, drawOn, secondOn, certain, near, behind, seats } = found
  return { state, drawOn, secondOn, kept: state === 'announced' ? certain + near + behind : certain + near + behind - seats }
}

export async function classes(actor: Actor, code: string, now = new Date()): Promise<ClassesView> {
  allow(actor, 'support:manage')
  const modules = await store.classModules()
  const found = modules.find((m) => m.code === code)
  if (!found) return { modules, chosen: null, proposal: { classes: [], leftovers: [], names: new Map() }, lottery: null, standing: [] }
  const today = toDateInput(now)
  const [{ waiting, proposal }, lottery, standing] = await Promise.all([
    propose(code, found.least, found.most, today),
    keptOut(code, today),
    store.cohortsOf(code),
  ])
  const members = await store.membersOf(standing.map((c) => c.id))
  const left = new Set(proposal.leftovers.map((l) => l.id))
  const shown = waiting.filter((w) => left.has(w.stepId))
  await openNamed(actor, 'classes', 'support:manage', `module:${code}`, [...shown, ...members], (p) => p.teacherId)
  const people = groupBy(members, (m) => m.cohortId)
  return {
    modules,
    chosen: { code, title: found.title, least: found.least, most: found.most, maxKm: MAX_KM },
    proposal: { ...proposal, names: new Map(shown.map((w) => [w.stepId, { name: w.name, school: w.school }])) },
    lottery,
    standing: standing.map((c) => ({ ...c, people: people.get(c.id) ?? [] })),
  }
}

/**
 * Opens the proposed classes of one module. `seen`: how many stood when the page was opened. Where more stand by now and nobody else waits,
 * those are what was asked for; where others wait, the proposal is another one than the person saw, and nothing is opened.
 */
export async function openClasses(actor: Actor, code: string, seen: number, now: Date): Promise<Result<number>> {
  allow(actor, 'support:manage')
  const found = (await store.classModules()).find((m) => m.code === code)
  if (!found) return refuse('module', 'Modul ini tidak diselenggarakan dalam kelas. Tidak ada yang berubah.')
  const names = new Map((await regions()).map((r) => [r.kemendagriCode, r.shortName]))
  return act(async (tx) => {
    await takeTurn(tx, 'cohorts', code)
    const { waiting, proposal } = await propose(code, found.least, found.most, toDateInput(now))
    const before = (await store.cohortsOf(code)).length
    if (proposal.classes.length === 0)
      return before > seen
        ? ok(before - seen)
        : refuse('few', `Belum ada cukup guru yang berdekatan: satu kelas butuh ${found.least} guru dalam ${MAX_KM} km.`)
    const late = overtaken(seen, { version: before })
    if (late) return late
    const cycle = new Map(waiting.map((w) => [w.stepId, w.cycleCode]))
    await store.addCohorts(
      code,
      proposal.classes.map((c, i) => ({
        title: `Kelas ${before + i + 1} ${c.regions.map((r) => names.get(r) ?? r).join(', ')}`,
        subject: null,
        regions: c.regions,
        mode: found.mode,
        lat: c.lat,
        lon: c.lon,
        meanKm: c.meanKm,
        cycleCode: cycle.get(c.members[0]!)!,
        stepIds: c.members,
      })),
      now,
    )
    await audit(actor, 'support:manage', `cohorts:${code}`, { count: proposal.classes.length }, tx)
    return ok(proposal.classes.length)
  })
}

const Attendance = z.object({ on: z.iso.date(), hours: z.coerce.number().min(0.5).max(16), steps: z.array(z.uuid()).min(1).max(200) })

/** Notes one meeting of a class for those who were there. Noting the same day again corrects its hours. */
export async function noteClass(actor: Actor, input: unknown, now: Date): Promise<Result<number>> {
  allow(actor, 'support:manage')
  const parsed = Attendance.safeParse(input)
  if (!parsed.success)
    return refuse('form', 'Pilih tanggal, jumlah JP, dan sedikitnya satu guru yang hadir. Belum ada yang dicatat.', faultsOf(parsed))
  const { on, hours, steps } = parsed.data
  if (Date.parse(`${on}T00:00:00+07:00`) > now.getTime())
    return refuse('future', 'Kehadiran dicatat setelah pertemuan berlangsung.', ['on'])
  return act(async (tx) => {
    // A step that was dropped, or whose plan gave way to another, is passed over; the others are noted.
    const held = await plans.holdSteps(tx, [...new Set(steps)])
    if (!held.length)
      return refuse('gone', 'Langkah-langkah itu tidak ada lagi dalam rencana guru. Muat ulang halaman; belum ada yang dicatat.')
    await plans.noteAttendance(held, on, hours, actor.userId, now)
    await audit(actor, 'support:manage', 'attendance', { count: held.length }, tx)
    return ok(held.length)
  })
}
