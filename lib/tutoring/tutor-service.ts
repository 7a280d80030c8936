import { createHash, randomBytes } from 'node:crypto'
import { faultsOf } from '@/lib/platform/faults'
import { groupBy } from '@/lib/platform/group'
import { z } from 'zod'
import { act, allow, audit, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { inTransaction } from '@/lib/platform/db'
import { enqueue, reportProgress, underWay } from '@/lib/platform/jobs'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { standingKeys } from '@/lib/roster/inside'
import { tieredParts, type TierRules } from '@/lib/plans/model'
import { areaTitles, readings } from '@/lib/plans/own-readings'
import { compare, firstCome } from './first-come'
import { hexagons, neighboursOf } from '@/lib/mapping/model'
import { heldMeetings } from './hours'
import { hoursOf } from './meeting-service'
import { matchProvince, shippedMatchRules, type MatchInput } from './matching'
import type { PlacedReading } from '@/lib/plans/inside'
import * as rules from '@/lib/plans/inside'
import * as store from './store'
import type { MatchSummary } from './model'
import { helpsIn, profileOf } from '@/lib/plans/profile'
import { tierOf } from '@/lib/plans/tiers'

/** Sakai Sambaian: who could help, who would like help, and the matching of both for the whole province. */

export type { PairRow, RunRow, OrderRow } from './store'

const ASKED_CAPACITY = 3
/** Learners bring at most this many areas into the matching, thinnest first. */
const MOST_NEEDS = 3

/** Everybody who could be a tutor by result, whether asked yet or not. */
function able(all: readonly PlacedReading[], r: TierRules): Map<string, Record<string, number>> {
  const found = new Map<string, Record<string, number>>()
  for (const reading of all) {
    if (!(tieredParts as readonly string[]).includes(reading.part)) continue
    const strengths = helpsIn(reading, r)
    if (Object.keys(strengths).length > 0) found.set(reading.teacherId, { ...found.get(reading.teacherId), ...strengths })
  }
  return found
}

/** Everybody who could help, with the areas in which they could. */
export const abilities = async (): Promise<Map<string, Record<string, number>>> => able(await readings({}), await inForce())

async function inForce(): Promise<TierRules> {
  const rule = await rules.tierRuleInForce()
  if (!rule) throw new Error('No tier rule is in force.')
  return rule.rules
}

/** Asks everybody who could help and was not asked yet. */
export async function askForTutors(actor: Actor, now: Date): Promise<Result<number>> {
  allow(actor, 'support:manage')
  const people = await abilities()
  return act(async (tx) => {
    const keys = await standingKeys(tx, [...people.keys()])
    const asked = await store.askTutors([...new Set(keys.values())], ASKED_CAPACITY, now)
    await audit(actor, 'support:manage', 'tutor-offers', { detail: { asked } }, tx)
    return ok(asked)
  })
}

/** Kabupaten/kota that touch each other on the mosaic of the map. */
function touching(): Record<string, string[]> {
  const at = new Map(hexagons.map((h) => [`${h.column}|${h.row}`, h.code]))
  const found: Record<string, string[]> = {}
  for (const h of hexagons)
    for (const n of neighboursOf(h)) {
      const code = at.get(`${n.column}|${n.row}`)
      if (code && code !== h.code && !found[h.code]?.includes(code)) (found[h.code] ??= []).push(code)
    }
  return found
}

/** Tutors and learners of the province as the matching wants them. */
export async function matchInput(): Promise<MatchInput & { cycleCode: string }> {
  const r = await inForce()
  const [all, offered, wished, former, orders, waited] = await Promise.all([
    readings({}),
    store.offers(),
    store.wishes(),
    store.formerPairs(),
    store.ordersInForce(),
    store.waitedByLot(),
  ])
  const turn = new Set(waited)
  const ordered = (kind: 'pin' | 'forbid') =>
    orders.filter((o) => o.kind === kind).map(({ tutorId, learnerId }) => ({ tutorId, learnerId }))
  const strengths = able(all, r)
  const willing = new Map(offered.filter((o) => o.answer === 'yes').map((o) => [o.teacherId, o.capacity]))
  const wish = new Map(wished.map((w) => [w.teacherId, w]))
  const tierByKey = new Map(r.tiers.map((t) => [t.key, t]))
  const needs = new Map<string, { code: string; percent: number }[]>()
  for (const reading of all) {
    if (!(tieredParts as readonly string[]).includes(reading.part)) continue
    const own = wish.get(reading.teacherId)
    if (own && !own.wants) continue
    const { work } = profileOf(reading, r)
    if (work.length === 0 || (!own?.wants && !tierByKey.get(tierOf(reading, r).tier)!.tutor)) continue
    needs.set(reading.teacherId, [...(needs.get(reading.teacherId) ?? []), ...work.map((a) => ({ code: a.code, percent: a.balanced }))])
  }
  const place = new Map((await store.places([...new Set([...willing.keys(), ...needs.keys()])])).map((p) => [p.id, p]))
  const formerOf = groupBy(former, (f) => f.learnerId)
  return {
    pins: ordered('pin'),
    forbids: ordered('forbid'),
    neighbours: touching(),
    cycleCode: all.reduce((a, b) => (a && a.cycleStart >= b.cycleStart ? a : b), all[0]!)?.cycleCode ?? '',
    tutors: [...willing].flatMap(([id, capacity]) => {
      const [p, s] = [place.get(id), strengths.get(id)]
      return p?.subject && s ? [{ id, subject: p.subject, sex: p.sex, place: p, capacity, strengths: s }] : []
    }),
    learners: [...needs].flatMap(([id, list]) => {
      const p = place.get(id)
      const weakest = list.sort((a, b) => a.percent - b.percent || (a.code < b.code ? -1 : 1)).slice(0, MOST_NEEDS)
      return p?.subject
        ? [
            {
              id,
              subject: p.subject,
              sex: p.sex,
              place: p,
              needs: weakest,
              sexWanted: wish.get(id)?.sexWanted ?? null,
              former: (formerOf.get(id) ?? []).map((f) => f.tutorId),
              waited: turn.has(id),
            },
          ]
        : []
    }),
  }
}

/** The fingerprint of a seed, shown while the seed is not. */
const printOf = (seed: string) => createHash('sha256').update(seed).digest('hex')

/**
 * Starts a matching. `byLot`: where several arrangements are equally good, or two people equal, a lot decides and is kept; its seed is one a
 * cycle, so that matching again draws nothing anew.
 */
export async function startMatch(actor: Actor, now: Date, byLot = false): Promise<Result<string>> {
  allow(actor, 'support:manage')
  const { tutors, cycleCode } = await matchInput()
  if (tutors.length === 0)
    return refuse('no-tutors', 'Belum ada tutor yang bersedia. Tanyakan dahulu kesediaan mereka, lalu cocokkan setelah ada yang menjawab.')
  return act(async (tx) => {
    await takeTurn(tx, 'match', cycleCode)
    for (const run of await store.runs())
      if (run.state === 'computing' && run.cycleCode === cycleCode && (await underWay(run.id))) return ok(run.id)
    const lotSeed = byLot ? ((await store.lotSeedOf(cycleCode)) ?? randomBytes(32).toString('hex')) : null
    const runId = await store.addRun(cycleCode, shippedMatchRules, actor.userId, now, lotSeed)
    await enqueue('match-tutors', { runId }, { id: runId, createdBy: actor.userId })
    await audit(actor, 'support:manage', `match_run:${runId}`, lotSeed ? { detail: { lot: printOf(lotSeed) } } : {}, tx)
    return ok(runId)
  })
}

/**
 * The background half of a matching: computes, compares with first come, first served, and writes the proposal. Where records of people in it
 * became one meanwhile, it is computed once more: nobody is matched twice, nor with herself.
 */
export async function performMatch(runId: string, clock: () => Date): Promise<MatchSummary> {
  const began = performance.now()
  const run = await store.runById(runId)
  const input = { ...(await matchInput()), lot: run?.lotSeed ?? null }
  const { tutors, learners } = input
  const found = await matchProvince(input, shippedMatchRules, (done, total) =>
    reportProgress(runId, done, total, `${done} dari ${total} mata pelajaran dicocokkan`),
  )
  const simple = firstCome(input, shippedMatchRules)
  const [optimum, simplest] = [compare(input, found.pairs), compare(input, simple.pairs)]
  const strengths = new Map(tutors.map((t) => [t.id, t.strengths]))
  const needsOf = new Map(learners.map((l) => [l.id, l.needs]))
  const summary: MatchSummary = {
    tutors: tutors.length,
    learners: learners.length,
    matched: found.pairs.length,
    meanKm: optimum.meanKm,
    sameSchool: optimum.sameSchool,
    sameRegion: optimum.sameRegion,
    seconds: (performance.now() - began) / 1000,
    unmatched: Object.fromEntries([...groupBy(found.unmatched, (u) => u.reason)].map(([reason, list]) => [reason, list.length])),
    gaps: found.gaps.map((g) => ({
      regionCode: g.regionCode,
      subject: g.subject,
      learners: g.learners,
      remote: g.remote && { regionCode: g.remote.regionCode, km: g.remote.km },
    })),
    served: optimum.served,
    worstServed: optimum.worstServed,
    firstCome: {
      matched: simple.pairs.length,
      meanKm: simplest.meanKm,
      sameRegion: simplest.sameRegion,
      worstServed: simplest.worstServed,
    },
    problems: found.problems,
    ...(input.lot && {
      lot: {
        groups: found.lots.length,
        served: found.lots.reduce((s, g) => s + g.served.length, 0),
        waiting: found.lots.reduce((s, g) => s + g.learners.length - g.served.length, 0),
      },
    }),
  }
  const pairs = found.pairs.map((p) => ({
    ...p,
    goals: (needsOf.get(p.learnerId) ?? []).map((n) => n.code).filter((c) => c === p.code || strengths.get(p.tutorId)?.[c] !== undefined),
  }))
  const lots = found.lots.flatMap((g, number) =>
    g.learners.map((learnerId) => ({
      learnerId,
      number,
      part: g.code.includes(':') ? '4' : g.code[0]!,
      served: g.served.includes(learnerId),
    })),
  )
  const written = await inTransaction(async (tx) => {
    const people = [...new Set([...pairs.flatMap((p) => [p.tutorId, p.learnerId]), ...lots.map((l) => l.learnerId)])]
    const keys = await standingKeys(tx, people)
    if (people.some((id) => keys.get(id) !== id)) return false
    await store.finishRun(tx, runId, pairs, summary, lots, clock())
    return true
  })
  return written ? summary : performMatch(runId, clock)
}

export const failMatch = store.failRun

/** Puts a proposal before tutors and learners; each of them is asked before a name is shown. */
export async function publishMatch(actor: Actor, runId: string): Promise<Result<null>> {
  allow(actor, 'support:manage')
  return act(async (tx) => {
    const done = z.uuid().safeParse(runId).success ? await store.publishRun(tx, runId) : null
    if (!done) return refuse('state', 'Pencocokan ini belum selesai atau sudah diganti yang lain. Tidak ada yang berubah.')
    if (done === 'standing') return ok(null)
    await audit(actor, 'support:manage', `match_run:${runId}`, { detail: { published: true } }, tx)
    return ok(null)
  })
}

/** Pairs with their meetings counted as hours count them: one that both sides noted is one. */
async function withHeld(pairs: store.PairRow[]): Promise<store.PairRow[]> {
  const hours = await hoursOf([...new Set(pairs.map((p) => p.tutorId))])
  return pairs.map((p) => {
    const own = hours.get(p.tutorId)
    const ids = own?.meetings.flatMap((m) => (m.pairingId === p.id ? [m.id] : [])) ?? []
    return { ...p, meetings: heldMeetings(ids, own?.counted ?? new Map()) }
  })
}

export async function tutorNetwork(actor: Actor) {
  allow(actor, 'support:manage')
  const [list, orders, offered, titleOf] = await Promise.all([store.runs(), store.ordersInForce(), store.offers(), areaTitles()])
  const shown = list.find((r) => r.state === 'proposed' || r.state === 'published') ?? null
  const count = (answer: string) => offered.filter((o) => o.answer === answer).length
  const pairs = shown ? await withHeld(await store.pairsOfRun(shown.id)) : []
  await openNamed(actor, 'tutor-pairs', 'support:manage', 'tutor-pairs', [...pairs, ...orders], (p) => [p.tutorId, p.learnerId])
  return {
    runs: list.map(({ lotSeed, ...r }) => ({
      ...r,
      // The seed is opened when nothing can be changed by it any more.
      lot: lotSeed && { print: printOf(lotSeed), seed: r.state === 'computing' ? null : lotSeed },
    })),
    shown,
    orders,
    pairs,
    titleOf,
    offers: { asked: count('asked'), yes: count('yes'), no: count('no') },
  }
}

const Order = z.object({
  kind: z.enum(['pin', 'forbid']),
  tutorId: z.uuid(),
  learnerId: z.uuid(),
  reason: z.string().trim().min(5).max(300),
})
export async function orderPair(actor: Actor, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'support:manage')
  const parsed = Order.safeParse(input)
  if (!parsed.success || parsed.data.tutorId === parsed.data.learnerId)
    return refuse('order', 'Pilih pasangan dan tuliskan alasannya, sedikitnya lima huruf. Tidak ada yang berubah.', faultsOf(parsed))
  return act(async (tx) => {
    const { kind, reason } = parsed.data
    const keys = await standingKeys(tx, [parsed.data.tutorId, parsed.data.learnerId])
    const [tutorId, learnerId] = [keys.get(parsed.data.tutorId)!, keys.get(parsed.data.learnerId)!]
    if (tutorId === learnerId) return refuse('order', 'Keduanya kini satu catatan, jadi bukan pasangan. Tidak ada yang berubah.')
    await takeTurn(tx, 'match-order', learnerId)
    if ((await store.ordersInForce()).some((o) => o.kind === kind && o.tutorId === tutorId && o.learnerId === learnerId)) return ok(null)
    await store.addOrder({ kind, tutorId, learnerId, reason }, actor.userId, now)
    await audit(actor, 'support:manage', `pair:${tutorId}:${learnerId}`, { detail: { kind } }, tx)
    return ok(null)
  })
}
export async function liftPairOrder(actor: Actor, id: string, now: Date): Promise<Result<null>> {
  allow(actor, 'support:manage')
  if (!z.uuid().safeParse(id).success) return refuse('not-found', 'Permintaan itu tidak ada.')
  return act(async (tx) => {
    if (await store.liftOrder(id, now)) await audit(actor, 'support:manage', `match_order:${id}`, { detail: { lifted: true } }, tx)
    return ok(null)
  })
}
