import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import type { Transaction } from '@/lib/platform/db'
import { faultsOf } from '@/lib/platform/faults'
import { formatDate, toDateInput } from '@/lib/platform/format'
import { groupBy } from '@/lib/platform/group'
import { chanceBelow } from '@/lib/psychometrics/posterior'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { holdRoster } from '@/lib/roster/inside'
import { takeTurn } from '@/lib/platform/turn-store'
import { byLine, commitmentOf, drawnTickets, listPrint, seatsLeft, type ByLine, type SeatsLeft } from './lottery'
import { CancelReason, DrawWord, NewLottery } from './lottery-model'
import * as store from './lottery-store'
import { shippedTierRules, tieredParts, type TierRules } from './model'
import { readings } from './own-readings'
import { UNTIL_RETEST_MS } from './own-plan'
import { dayAfter, firstLearningDay } from './plan'
import { tierRuleInForce } from './store'
import { lineOf, offeredFrom } from './tiers'

/** Lotteries of seats: announced with the hash of their seed, drawn once in front of people, told to every teacher whom they concern. */

const dayOf = (text: string) => new Date(`${text}T00:00:00Z`)

/** The competency that a module works on; null where it works on none that has tiers. */
export function partOf(targets: readonly string[]): string | null {
  const part = targets[0]?.includes(':') ? '4' : targets[0]?.[0]
  return tieredParts.find((p) => p === part) ?? null
}

/** The rules by which lines are read; an installation that never set any goes by the shipped ones. */
const rulesNow = async (): Promise<TierRules> => (await tierRuleInForce())?.rules ?? shippedTierRules

/** When the people of a cycle are tested again: the follow-up where one stands, else half a year later and no sooner than in a quarter. */
async function retestOf(cycle: string, now: Date): Promise<string | null> {
  const days = await store.cycleDays(cycle)
  if (!days) return null
  const due = Math.max(dayOf(days.startsOn).getTime() + UNTIL_RETEST_MS, now.getTime() + UNTIL_RETEST_MS / 2)
  return days.followUp ?? toDateInput(new Date(due))
}

/** Lines at which a lottery may be held: where a tier begins, the last excepted, which offers duties and no help. */
export const linesOf = (rules: TierRules) => rules.tiers.slice(1, -1).map((t) => ({ key: t.key, name: t.name }))

type Weighed = { sorted: ByLine; seats: SeatsLeft; part: string; offeredFrom: number }

/** Who waits for a module, by where the results of the cycle place them beside the line of a tier; null where there is nothing to weigh. */
async function weigh(
  l: Pick<NewLottery, 'module' | 'cycle' | 'tier' | 'seats' | 'band'>,
  rules: TierRules,
  now: Date,
): Promise<Weighed | null> {
  const line = rules.tiers.findIndex((t) => t.key === l.tier)
  const choice = (await store.lotteryChoices(toDateInput(now))).find((c) => c.code === l.module && c.cycle === l.cycle)
  const part = choice && partOf(choice.targets)
  if (!part || !linesOf(rules).some((t) => t.key === l.tier)) return null
  const steps = await store.openSteps(l.module, l.cycle, part)
  const known = new Map((await readings({ teacherIds: steps.map((s) => s.teacherId), part })).map((r) => [r.teacherId, r]))
  const from = offeredFrom(rules)
  const sorted = byLine(
    steps.map((s) => {
      const r = known.get(s.teacherId)
      return { ...s, chance: !r || r.few || r.cycleCode !== l.cycle ? null : chanceBelow(r.posterior, lineOf(r, rules, line)) }
    }),
    from,
    l.band / 100,
  )
  return { sorted, seats: seatsLeft(l.seats, sorted), part, offeredFrom: from }
}

export type LotteryDesk = {
  choices: { module: string; title: string; cycle: string; cycleName: string; waiting: number }[]
  lines: { key: string; name: string }[]
  lotteries: (Omit<store.LotteryRow, 'seed'> & {
    lineName: string
    left: number
    /** Shown once nothing can be steered by it any more. */
    seed: string | null
    /** The fingerprint of who has which ticket, and the tickets of the first group. */
    list: string
    drawn: number[]
  })[]
}

/** What may be drawn and what was. */
export async function lotteryDesk(actor: Actor, now = new Date()): Promise<LotteryDesk> {
  allow(actor, 'support:manage')
  const [rules, choices, rows] = await Promise.all([rulesNow(), store.lotteryChoices(toDateInput(now)), store.lotteryRows()])
  const holders = groupBy(await store.ticketHolders(rows.map((r) => r.id)), (h) => h.lotteryId)
  const names = new Map(rules.tiers.map((t) => [t.key, t.name]))
  return {
    choices: choices
      .filter((c) => partOf(c.targets))
      .map((c) => ({ module: c.code, title: c.title, cycle: c.cycle, cycleName: c.cycleName, waiting: c.waiting })),
    lines: linesOf(rules),
    lotteries: rows.map(({ seed, ...r }) => {
      const own = holders.get(r.id) ?? []
      return {
        ...r,
        lineName: names.get(r.tier) ?? r.tier,
        left: r.seats - r.certain,
        seed: r.state === 'drawn' ? seed : null,
        list: listPrint(own.map((h) => h.stepId)),
        drawn: own.filter((h) => h.place === 'drawn').map((h) => h.ticket),
      }
    }),
  }
}

export type LotteryTrial = {
  certain: number
  near: number
  behind: number
  seats: SeatsLeft
  suggested: { drawOn: string; secondOn: string }
}

/** What a lottery would be, before anything is announced; null where the module, cycle or line cannot have one. */
export async function lotteryTrial(actor: Actor, input: unknown, now: Date): Promise<LotteryTrial | null> {
  allow(actor, 'support:manage')
  const parsed = NewLottery.pick({ module: true, cycle: true, tier: true, seats: true, band: true }).safeParse(input)
  if (!parsed.success) return null
  const rules = await rulesNow()
  const [found, retest] = await Promise.all([weigh(parsed.data, rules, now), retestOf(parsed.data.cycle, now)])
  if (!found || !retest) return null
  const today = toDateInput(now)
  return {
    certain: found.sorted.certain.length,
    near: found.sorted.near.length,
    behind: found.sorted.behind.length,
    seats: found.seats,
    suggested: { drawOn: today, secondOn: firstLearningDay(dayAfter(retest > today ? retest : today), rules.learningDay) },
  }
}

const why: Record<Extract<SeatsLeft, { lot: false }>['why'], string> = {
  enough: 'Kursinya cukup untuk semua yang berada dekat batas, jadi tidak perlu undian: bentuk saja kelasnya.',
  'none-left': 'Guru yang jelas membutuhkan sudah mengisi semua kursi. Tambah kursinya; yang jelas membutuhkan tidak pernah diundi.',
  nobody: 'Tidak ada guru di dekat batas ini, jadi tidak ada yang diundi.',
}

/** Announces a lottery: who takes part and the seed are fixed and bound by a hash that everybody may read. The same one again is that one. */
export async function announceLottery(actor: Actor, input: unknown, now: Date): Promise<Result<string>> {
  allow(actor, 'support:manage')
  const parsed = NewLottery.safeParse(input)
  if (!parsed.success)
    return refuse(
      'form',
      'Pilih modul dan batas, isi kursi, lebar pita 5–30, kedua tanggal, dan dasarnya (sedikitnya 10 huruf). Belum ada yang diumumkan.',
      faultsOf(parsed),
    )
  const l = parsed.data
  const [rules, retest] = await Promise.all([rulesNow(), retestOf(l.cycle, now)])
  if (!retest) return refuse('cycle', 'Siklus itu tidak ada. Belum ada yang diumumkan.', ['cycle'])
  const today = toDateInput(now)
  if (retest <= today)
    return refuse(
      'measured',
      'Peserta siklus itu sudah diukur ulang, jadi undian tidak dapat dibaca akibatnya. Pilih siklus lain. Belum ada yang diumumkan.',
    )
  if (l.drawOn < today || l.drawOn >= retest)
    return refuse('drawOn', 'Hari pengundian mulai hari ini dan sebelum ukur ulang. Belum ada yang diumumkan.', ['drawOn'])
  if (l.secondOn <= retest)
    return refuse(
      'secondOn',
      `Giliran kelompok kedua dimulai sesudah ukur ulang (${formatDate(dayOf(retest))}); bila lebih awal, kedua kelompok tidak dapat dibandingkan. Belum ada yang diumumkan.`,
      ['secondOn'],
    )
  return act(async (tx) => {
    // Who takes part is read while nobody's record can become another's.
    await holdRoster(tx)
    await takeTurn(tx, 'cohorts', l.module)
    const standing = await store.lotteryOf(l.module, l.cycle)
    if (standing)
      return standing.seats === l.seats && standing.note === l.note && standing.tier === l.tier
        ? ok(standing.id)
        : refuse('standing', 'Modul ini sudah mempunyai undian untuk siklus itu. Undian itu tetap berlaku; tidak ada yang berubah.')
    const found = await weigh(l, rules, now)
    if (!found) return refuse('module', 'Modul, siklus, atau batas itu tidak dapat diundi. Belum ada yang diumumkan.')
    if (!found.seats.lot) return refuse('no-lot', `${why[found.seats.why]} Belum ada yang diumumkan.`)
    const id = await announced(tx, l, found, found.seats.left, actor.userId, now)
    await audit(actor, 'support:manage', `lottery:${id}`, { detail: { announced: (await store.lotteryById(id))!.commitment } }, tx)
    return ok(id)
  })
}

async function announced(tx: Transaction, l: NewLottery, w: Weighed, left: number, by: string | null, now: Date, given?: string) {
  const { near, certain, behind } = w.sorted
  const seed = given ?? randomBytes(32).toString('hex')
  const id = uuidv7()
  const row = {
    ...{ id, moduleCode: l.module, part: w.part, cycleCode: l.cycle, tier: l.tier, offeredFrom: w.offeredFrom, band: l.band / 100 },
    ...{ seats: l.seats, secondOn: l.secondOn, drawOn: l.drawOn, note: l.note, seed },
    commitment: commitmentOf(
      seed,
      near.map((c) => c.stepId),
      left,
    ),
    members: [
      ...near.map((c, i) => ({ ...c, ticket: i + 1, place: 'candidate' as const })),
      ...certain.map((c) => ({ ...c, ticket: null, place: 'certain' as const })),
      ...behind.map((c) => ({ ...c, ticket: null, place: 'behind' as const })),
    ],
  }
  await store.addLottery(tx, row, by, now)
  return id
}

const idOf = (id: string) => z.uuid().safeParse(id).success
const gone = refuse('not-found', 'Undian itu tidak ada. Tidak ada yang berubah.')

/** Draws an announced lottery, once and for good. `word`: said in front of witnesses now, after the hash was shown. The same again answers the same. */
export async function drawLottery(actor: Actor, id: string, word: string, now: Date): Promise<Result<{ drawn: number; waiting: number }>> {
  allow(actor, 'support:manage')
  const said = DrawWord.safeParse(word)
  if (!said.success) return refuse('word', 'Isi kata atau angka yang disebut di depan saksi, 2–60 huruf. Belum diundi.', ['word'])
  const seen = idOf(id) ? await store.lotteryById(id) : null
  if (!seen) return gone
  return act(async (tx) => {
    await takeTurn(tx, 'cohorts', seen.moduleCode)
    const l = (await store.lotteryById(id))!
    if (l.state === 'cancelled') return refuse('cancelled', 'Undian ini sudah dibatalkan, jadi tidak dapat diundi.')
    if (l.state === 'drawn')
      return l.word === said.data
        ? ok({ drawn: l.seats - l.certain, waiting: l.near - (l.seats - l.certain) })
        : refuse('drawn', 'Undian ini sudah dilakukan dan tidak pernah diulang. Hasilnya tetap.')
    if (toDateInput(now) < l.drawOn)
      return refuse('early', `Undian diumumkan untuk ${formatDate(dayOf(l.drawOn))}. Guru belum diberi tahu cukup lama; belum diundi.`)
    const drawn = await drawnNow(tx, l, said.data, actor.userId, now)
    await audit(actor, 'support:manage', `lottery:${id}`, { detail: { seed: l.seed, word: said.data }, count: l.near }, tx)
    return ok({ drawn: drawn.length, waiting: l.near - drawn.length })
  })
}

async function drawnNow(tx: Transaction, l: store.LotteryRow, word: string, by: string | null, now: Date): Promise<number[]> {
  const drawn = [...drawnTickets(l.seed, word, l.near, l.seats - l.certain)]
  const rules = await rulesNow()
  await store.writeDraw(tx, l.id, word, drawn, firstLearningDay(l.secondOn, rules.learningDay), by, now)
  return drawn
}

/** Calls off a lottery that was not drawn yet; its people wait for a class as before. */
export async function cancelLottery(actor: Actor, id: string, reason: string, now: Date): Promise<Result<null>> {
  allow(actor, 'support:manage')
  const said = CancelReason.safeParse(reason)
  if (!said.success) return refuse('reason', 'Tuliskan alasannya, sedikitnya 10 huruf. Undian tetap berlaku.', ['reason'])
  const seen = idOf(id) ? await store.lotteryById(id) : null
  if (!seen) return gone
  return act(async (tx) => {
    await takeTurn(tx, 'cohorts', seen.moduleCode)
    const { state } = (await store.lotteryById(id))!
    if (state === 'drawn') return refuse('drawn', 'Undian ini sudah dilakukan dan tidak dapat dibatalkan. Hasilnya tetap.')
    if (state === 'cancelled') return ok(null)
    await store.writeCancel(tx, id, said.data, actor.userId, now)
    await audit(actor, 'support:manage', `lottery:${id}`, { detail: { cancelled: said.data } }, tx)
    return ok(null)
  })
}

/**
 * Announces and draws at once with a seed that is known, for the simulated province: one seat for every two people near the line. Null where no
 * lot is needed.
 */
export async function simulatedLottery(
  tx: Transaction,
  l: Omit<NewLottery, 'seats'>,
  chance: { seed: string; word: string },
  announcedAt: Date,
  drawnAt: Date,
): Promise<{ drawn: number; waiting: number } | null> {
  const found = await weigh({ ...l, seats: 0 }, await rulesNow(), announcedAt)
  const near = found?.sorted.near.length ?? 0
  if (!found || near < 2) return null
  const left = Math.floor(near / 2)
  const id = await announced(tx, { ...l, seats: found.sorted.certain.length + left }, found, left, null, announcedAt, chance.seed)
  const drawn = await drawnNow(tx, (await store.lotteryById(id))!, chance.word, null, drawnAt)
  return { drawn: drawn.length, waiting: near - drawn.length }
}
