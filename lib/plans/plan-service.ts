import { faultsOf } from '@/lib/platform/faults'
import { groupBy } from '@/lib/platform/group'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { inTransaction, type Transaction } from '@/lib/platform/db'
import { formatDate, toDateInput } from '@/lib/platform/format'
import { stepName, unwatched, type Step } from '@/lib/platform/jobs'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { standingKey, standingKeys } from '@/lib/roster/inside'
import { heldBack } from './lottery-model'
import { lotsOfTeacher } from './lottery-store'
import { tieredParts, type PlanState, type TierFound } from './model'
import { knownPlan, lastDay, othersOf, UNTIL_RETEST_MS } from './own-plan'
import { areaTitles, readings } from './own-readings'
import { dayAfter, firstLearningDay, fitsBetween, layOut, modulesOf, proposeSteps, Quota } from './plan'
import type { ReadingFilter } from './readings-store'
import * as store from './store'
import { tierOf } from './tiers'

/** Plans: proposed by rule, adjusted and accepted by the teacher, carried out step by step. */

const WEEK_MS = 7 * 86_400_000

/** Proposes plans for everybody in reach of `filter`; answers how many were written. A plan that was accepted or begun stays. */
export async function proposePlans(
  filter: ReadingFilter,
  now: Date,
  tell: (done: number, total: number) => Promise<void> = () => Promise.resolve(),
  step: Step = unwatched,
): Promise<number> {
  const [rule, catalogue, titleOf, all] = await Promise.all([store.tierRuleInForce(), store.modules(), areaTitles(), readings(filter)])
  if (!rule) throw new Error('No tier rule is in force.')
  const open = catalogue.filter((m) => m.active)
  const idOf = new Map(catalogue.map((m) => [m.code, m.id]))
  const byTeacher = groupBy(all, (r) => r.teacherId)
  const order = new Map(tieredParts.map((p, i) => [p as string, i]))
  const quota = new Quota(catalogue, await store.agreedSeats())
  const plans: store.NewPlan[] = []
  const place = (found: TierFound) => rule.rules.tiers.findIndex((t) => t.key === found.tier)
  // Where a module has a quota, those who need most support choose first; the teacher's id breaks ties the same way every time.
  const people = [...byTeacher]
    .map(([teacherId, own]) => {
      const counted = own.filter((r) => order.has(r.part)).sort((a, b) => order.get(a.part)! - order.get(b.part)!)
      const tiers = counted.map((r) => tierOf(r, rule.rules))
      return { teacherId, counted, tiers, need: Math.min(...tiers.map(place)) }
    })
    .filter((p) => p.counted.length > 0)
    .sort((a, b) => a.need - b.need || (a.teacherId < b.teacherId ? -1 : 1))
  const from = toDateInput(new Date(now.getTime() + WEEK_MS))
  for (const { teacherId, counted, tiers } of people) {
    const latest = counted.reduce((a, b) => (a.cycleStart >= b.cycleStart ? a : b))
    const until = lastDay(latest.cycleStart, now)
    const free = open.filter((m) => quota.isFree(m.code) && fitsBetween(m, from, until))
    const chosen = counted
      .flatMap((r, i) => modulesOf(r, tiers[i]!, rule.rules, free, r.subject).map((m) => ({ ...m, part: r.part, place: place(tiers[i]!) })))
      // Where most support is needed comes first; inside a competency the thinnest area.
      .sort((a, b) => a.place - b.place)
    const steps = proposeSteps(chosen, titleOf, from, until, rule.rules.learningDay)
    for (const s of steps) quota.take(s.module)
    plans.push({
      id: uuidv7(),
      teacherId,
      cycleCode: latest.cycleCode,
      ruleId: rule.id,
      tiers,
      steps: steps.map(({ module, ...s }) => ({ ...s, id: uuidv7(), moduleId: idOf.get(module)! })),
    })
  }
  const BATCH = 1_000
  let written = 0
  for (let from = 0; from < plans.length; from += BATCH) {
    const some = plans.slice(from, from + BATCH)
    const name = stepName(
      'plans',
      some.map((p) => p.teacherId),
    )
    written += await step(name, z.int().min(0), () => inTransaction((tx) => writeProposals(tx, some, now)))
    await tell(Math.min(plans.length, from + BATCH), plans.length)
  }
  return written
}

/** Proposals were thought out over minutes: they are written for the records of now. */
async function writeProposals(tx: Transaction, plans: readonly store.NewPlan[], now: Date): Promise<number> {
  const keys = await standingKeys(
    tx,
    plans.map((p) => p.teacherId),
  )
  return store.insertPlans(
    tx,
    plans.map((p) => ({ ...p, teacherId: keys.get(p.teacherId)! })),
    now,
  )
}

/** About when the actor is tested again: six months after the last test. Null when that day has passed or nothing was taken yet. */
export async function retestOn(actor: Actor, now: Date): Promise<Date | null> {
  allow(actor, 'result:own')
  const own = actor.teacherId ? await readings({ teacherId: actor.teacherId }) : []
  const last = Math.max(0, ...own.map((r) => r.cycleStart.getTime()))
  const next = new Date(last + UNTIL_RETEST_MS)
  return last > 0 && next > now ? next : null
}

/** Asks for the own plan where BGTK has not proposed one yet. */
export async function askForPlan(actor: Actor, now: Date): Promise<Result<null>> {
  allow(actor, 'plan:own')
  if (!actor.teacherId) return refuse('no-teacher', 'Akun ini tidak terhubung dengan data guru. Hubungi BGTK.')
  const written = await proposePlans({ teacherId: actor.teacherId }, now)
  // A plan that stands because somebody goes by it already is what was asked for.
  return written > 0 || (await store.planOfTeacher(actor.teacherId))
    ? ok(null)
    : refuse('no-result', 'Belum ada hasil tes yang dapat dijadikan dasar rencana. Kembalilah setelah hasil Anda dirilis.')
}

const replaced = refuse(
  'replaced',
  'Rencana belajar Anda baru saja disusun ulang. Muat ulang halaman untuk melihat yang baru; belum ada yang berubah.',
)
const full = (titles: string[]) =>
  refuse(
    'full',
    `Kuota ${titles.join(', ')} sudah penuh sejak rencana ini disusun. Ganti atau lewati langkah itu dahulu; rencana Anda belum berubah.`,
  )

/** Accepts the own plan as a whole. What has no seat left any more stands in the way; accepted once more, it is what it was. */
export async function acceptOwnPlan(actor: Actor, now: Date): Promise<Result<null>> {
  allow(actor, 'plan:own')
  const { teacherId } = actor
  const plan = teacherId ? await store.planOfTeacher(teacherId) : null
  if (!teacherId || !plan) return refuse('no-plan', 'Rencana belum ada. Susunlah dahulu dari halaman ini.')
  return act(async (tx) => {
    const me = await standingKey(tx, teacherId)
    const state = await store.holdPlan(tx, plan.id)
    if (state === null) return replaced
    if (state !== 'proposed') return ok(null)
    const steps = (await knownPlan(me, now))?.steps ?? []
    const lost = steps.filter((s) => !s.held)
    const wanted = (await store.wantedModules(tx, plan.id)).filter((id) => !lost.some((s) => s.module.id === id))
    const titles = await store.fullModules(tx, plan.id, wanted)
    if (titles.length) return full(titles)
    // A plan begins after it is agreed: the days that the page showed are written down, and what cannot be held any more says so.
    await store.scheduleProposal(
      tx,
      plan.id,
      steps.filter((s) => s.state === 'proposed' && s.held),
      lost.map((s) => s.id),
      'Tidak sempat diikuti sebelum tes berikutnya.',
      now,
    )
    await store.acceptPlan(tx, plan.id, now)
    await audit(actor, 'plan:own', `plan:${plan.id}`, { detail: { accepted: true } }, tx)
    return ok(null)
  })
}

const StepChange = z.discriminatedUnion('what', [
  z.object({ what: z.literal('swap'), module: z.string().min(3).max(30) }),
  z.object({ what: z.literal('drop'), note: z.string().trim().min(5).max(300) }),
  z.object({ what: z.literal('take') }),
  z.object({ what: z.literal('later') }),
  z.object({ what: z.literal('attend'), on: z.iso.date(), hours: z.coerce.number().min(0.5).max(16) }),
  z.object({ what: z.literal('finish'), reflection: z.string().trim().min(20).max(2_000), evidence: z.string().trim().min(5).max(1_000) }),
])

const utc = (day: string) => new Date(`${day}T00:00:00Z`)

/** Days for one module that lie ahead: from its first day when that is still to come, else from the next learning day. */
function daysAhead(module: store.ModuleRow, startsOn: string, until: string, learningDay: number, now: Date) {
  const today = toDateInput(now)
  const from = startsOn > today ? startsOn : dayAfter(today)
  const starts = firstLearningDay(from, learningDay)
  const weeks = (module.sessions - 1) * WEEK_MS
  // A step that its teacher takes up late is hers: it may end after the day by which proposals end.
  return layOut([module], from, until, learningDay)[0] ?? { startsOn: starts, dueOn: toDateInput(new Date(utc(starts).getTime() + weeks)) }
}

/** The days of a step that its teacher takes up now, as they are written. */
async function ahead(step: store.StepRow, module: store.ModuleRow, now: Date) {
  const known = await knownPlan(step.teacherId, now)
  if (!known) return {}
  const days = daysAhead(module, step.startsOn, known.until, known.rules.learningDay, now)
  return { startsOn: utc(days.startsOn), dueOn: utc(days.dueOn) }
}

const finished = refuse('done', 'Langkah ini sudah selesai, dan refleksinya tersimpan. Tidak ada yang diubah.')

/**
 * One change of an own step, with its plan held: what is done stays done, hours stay with the module in which they were spent, and the same
 * change twice is one. Everything that was written before stays readable.
 */
export async function changeOwnStep(actor: Actor, stepId: string, input: unknown, now: Date): Promise<Result<string>> {
  allow(actor, 'plan:own')
  const seen = z.uuid().safeParse(stepId).success ? await store.stepById(stepId) : null
  if (!seen || seen.teacherId !== actor.teacherId) return refuse('not-found', 'Langkah ini tidak ada dalam rencana Anda.')
  const parsed = StepChange.safeParse(input)
  if (!parsed.success)
    return refuse(
      'form',
      'Isian belum lengkap: refleksi sedikitnya 20 huruf, bukti dan alasan sedikitnya 5 huruf. Tidak ada yang diubah.',
      faultsOf(parsed),
    )
  return inTransaction(async (tx) => {
    const state = await store.holdPlan(tx, seen.planId)
    const step = await store.stepById(stepId)
    return state && step ? changeStep(tx, actor, state, step, parsed.data, now) : replaced
  })
}

/** Why a step cannot be worked on yet: its class has seats by lot, and it is not its teacher's turn. */
async function notYet(step: store.StepRow, now: Date): Promise<Result<never> | null> {
  const lot = (await lotsOfTeacher(step.teacherId)).find((l) => l.stepId === step.id)
  const held = heldBack(lot ?? null, toDateInput(now))
  if (!lot || !held) return null
  return refuse(
    'lottery',
    held === 'draw'
      ? 'Kursi kelas ini masih menunggu undian, jadi kehadiran belum dapat dicatat. Tempat Anda dalam undian tetap tercatat.'
      : `Giliran Anda pada kelas ini dimulai ${formatDate(utc(lot.secondOn))}. Tempat Anda tetap tercatat; kehadiran dapat dicatat sesudah itu.`,
  )
}

async function changeStep(
  tx: Transaction,
  actor: Actor,
  planState: PlanState,
  step: store.StepRow,
  change: z.infer<typeof StepChange>,
  now: Date,
): Promise<Result<string>> {
  const agreed = planState === 'proposed' ? 'proposed' : 'agreed'
  switch (change.what) {
    case 'swap': {
      const swapped = 'Modul diganti. Tanggalnya disesuaikan.'
      if (step.moduleCode === change.module && step.state === agreed) return ok(swapped)
      if (step.attended > 0 || step.cohortId)
        return refuse(
          'begun',
          'Langkah ini sudah berjalan: kehadiran atau kelasnya sudah tercatat, jadi modulnya tetap. Lewati langkah ini bila tidak dilanjutkan.',
        )
      const [known, titleOf] = await Promise.all([knownPlan(step.teacherId, now), areaTitles()])
      const own = known?.steps.find((s) => s.id === step.id)
      const chosen = known && own && othersOf(known, own, titleOf, 'full too').find((o) => o.code === change.module)
      const found = chosen && known.catalogue.find((m) => m.code === chosen.code)
      if (!found || step.state === 'done') return refuse('module', 'Modul itu tidak dapat dipilih lagi. Pilih modul lain dari daftar.')
      const titles = await store.fullModules(tx, step.planId, [found.id])
      if (titles.length) return full(titles)
      const days = daysAhead(found, own.startsOn, known.until, known.rules.learningDay, now)
      await store.changeStep(
        step.id,
        { moduleId: found.id, state: agreed, code: chosen.area, why: chosen.why, startsOn: utc(days.startsOn), dueOn: utc(days.dueOn) },
        now,
      )
      return ok(swapped)
    }
    case 'drop':
      if (step.state === 'done') return finished
      if (step.state !== 'dropped') await store.changeStep(step.id, { state: 'dropped', note: change.note }, now)
      await store.closePlanIfDone(step.planId)
      return ok('Langkah ini tidak diambil. Anda dapat mengambilnya kembali kapan saja.')
    case 'take': {
      if (step.state === 'done') return finished
      const chosen = (await store.modules()).find((m) => m.code === step.moduleCode)!
      if (step.state === 'dropped') {
        const titles = await store.fullModules(tx, step.planId, [chosen.id])
        if (titles.length) return full(titles)
        const days = await ahead(step, chosen, now)
        await store.changeStep(step.id, { state: step.attended > 0 ? 'running' : agreed, ...days }, now)
        await store.reopenPlan(tx, step.planId)
      }
      return ok('Langkah ini masuk kembali ke rencana Anda.')
    }
    case 'later': {
      if (step.state === 'done') return finished
      // Moved once, it lies ahead; the same tap once more finds it there.
      if (step.startsOn <= toDateInput(now)) {
        const chosen = (await store.modules()).find((m) => m.code === step.moduleCode)!
        await store.changeStep(step.id, await ahead(step, chosen, now), now)
      }
      return ok('Langkah ini dipindahkan ke Hari Belajar Guru berikutnya.')
    }
    case 'attend': {
      const early = await notYet(step, now)
      if (early) return early
      const day = Date.parse(`${change.on}T00:00:00+07:00`)
      if (day > now.getTime()) return refuse('future', 'Kehadiran dicatat setelah pertemuan berlangsung. Periksa tanggalnya.', ['on'])
      const plan = await store.planOfTeacher(step.teacherId)
      if (plan && change.on < toDateInput(plan.proposedAt))
        return refuse(
          'before',
          'Tanggal ini mendahului rencana belajar Anda. Periksa tanggalnya; kehadiran yang sudah tercatat tetap ada.',
          ['on'],
        )
      await store.noteAttendance([step.id], change.on, change.hours, actor.userId, now)
      return ok('Kehadiran tercatat.')
    }
    case 'finish': {
      const done = 'Selamat, langkah ini selesai. Refleksi dan bukti Anda tersimpan.'
      if (step.state === 'done') return step.reflection === change.reflection && step.evidence === change.evidence ? ok(done) : finished
      const early = await notYet(step, now)
      if (early) return early
      if (step.state === 'dropped')
        return refuse('dropped', 'Langkah ini tidak diambil. Ambil kembali dahulu; tulisan Anda belum tersimpan.')
      await store.changeStep(step.id, { state: 'done', reflection: change.reflection, evidence: change.evidence, doneAt: now }, now)
      await store.closePlanIfDone(step.planId)
      return ok(done)
    }
  }
}
