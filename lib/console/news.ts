import { createHash } from 'node:crypto'
import type { Actor, Role } from '@/lib/access/model'
import { openNamed } from '@/lib/access/service'
import { openAtVenue } from '@/lib/sittings/inside'
import { watchedRoom, watchedSitting, watchesWhole } from '@/lib/sittings/service'
import type { ConsoleReply, Head, Snapshot } from './protocol'
import { readSitting, type Reading } from './reading'
import { config } from '@/lib/platform/config'

/** The sitting as its proctors see it: read once for all of them, cut to what each may watch. */

/** How long one reading serves every console of a sitting. */
const FRESH_MS = 3_000
const LOG_LINES = 80
const VERSIONS_KEPT = 4
const VIEWS_KEPT = 400

const kept = new Map<string, { at: number; sitting: Promise<Reading | null> }>()

/** Something about the sitting has just been changed by this process. */
export function forgetConsole(sittingId: string): void {
  kept.delete(sittingId)
}

function sittingNow(sittingId: string, now: Date): Promise<Reading | null> {
  const known = kept.get(sittingId)
  if (known && Math.abs(now.getTime() - known.at) <= FRESH_MS) return known.sitting
  const sitting = readSitting(sittingId, now)
  kept.set(sittingId, { at: now.getTime(), sitting })
  sitting.catch(() => kept.delete(sittingId))
  for (const [id, k] of kept) if (now.getTime() - k.at > 60_000) kept.delete(id)
  return sitting
}

export type View = { id: string; sittingId: string; roomId: string | null; name: string; role: Role }

/** The room or sitting of this id, when the actor may watch it. Throws `Forbidden`; null when there is none. */
export async function viewOf(actor: Actor, id: string): Promise<View | null> {
  const one = await watchedRoom(actor, id)
  if (one) return { id, sittingId: one.room.sittingId, roomId: one.room.id, name: one.room.name, role: one.roles[0]! }
  const whole = await watchedSitting(actor, id)
  return whole && { id, sittingId: whole.sitting.id, roomId: null, name: whole.sitting.name, role: whole.roles[0]! }
}

async function reachOf(actor: Actor, sittingId: string, now: Date): Promise<{ sitting: boolean; venue: number }> {
  if (!(await watchesWhole(actor, sittingId))) return { sitting: false, venue: 0 }
  const others = await openAtVenue(sittingId, now)
  const all = others.length > 1 && (await Promise.all(others.map((id) => watchesWhole(actor, id)))).every(Boolean)
  return { sitting: true, venue: all ? others.length : 0 }
}

/** Cut once a reading: fifty consoles of one view cost one. */
const cuts = new WeakMap<Reading, Map<string, Snapshot>>()
const differences = new WeakMap<Snapshot, Map<string, ConsoleReply>>()

function once<O extends object, V>(memory: WeakMap<O, Map<string, V>>, of: O, key: string, make: () => V): V {
  const known = memory.get(of) ?? new Map<string, V>()
  memory.set(of, known)
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

function cut(sitting: Reading, view: View, reach: Head['reach']): Snapshot {
  const { head } = sitting
  const mine = <T extends { room: string | null }>(list: T[]) => (view.roomId ? list.filter((x) => x.room === view.roomId) : list)
  const people = mine(sitting.people)
  const ids = new Set(people.map((p) => p.id))
  const body = {
    head: {
      id: view.id,
      kind: view.roomId ? ('room' as const) : ('sitting' as const),
      sittingId: view.sittingId,
      title: view.name,
      sittingName: head.name,
      venueName: head.venueName,
      cycleName: head.cycleName,
      practice: head.practice,
      simulated: head.simulated,
      opensAt: head.opensAt.getTime(),
      closesAt: head.closesAt.getTime(),
      prepared: head.prepared,
      codeFrom: sitting.codeFrom,
      reach,
    },
    rooms: view.roomId ? sitting.rooms.filter((r) => r.id === view.roomId) : sitting.rooms,
    people: people.map(({ live: _live, ...person }) => person),
    pauses: sitting.pauses.filter((p) => p.scope === 'sitting' || !view.roomId || p.target === view.roomId || ids.has(p.target)),
    log: sitting.log.filter((l) => !view.roomId || l.room === null || l.room === view.roomId).slice(0, LOG_LINES),
    live: Object.fromEntries(people.map((p) => [p.id, p.live])),
  }
  const version = createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 12)
  return { version, at: sitting.at, serverNow: sitting.at, ...body }
}

/** One line stands for this long of watching: a console asks every few seconds. */
const WATCH_MS = 5 * 60_000
const watching = new Map<string, number>()

/** Writes that this actor watches these people, once in five minutes and again whenever somebody joins them. */
async function noteWatching(actor: Actor, view: View, sitting: Reading, now: Date): Promise<void> {
  const people = sitting.people.filter((p) => !view.roomId || p.room === view.roomId).map((p) => p.id)
  const who = createHash('sha256').update(people.join()).digest('base64url')
  const key = [config().DATABASE_URL, actor.userId, view.id, who].join('|')
  if ((watching.get(key) ?? 0) > now.getTime()) return
  watching.set(key, now.getTime() + WATCH_MS)
  for (const [k, until] of watching) if (until <= now.getTime()) watching.delete(k)
  const object = view.roomId ? `room:${view.roomId}` : `sitting:${view.sittingId}`
  await openNamed(actor, 'console', 'room:watch', object, people, (id) => sitting.teacherOf.get(id), { role: view.role }).catch(
    (error: unknown) => {
      watching.delete(key)
      throw error
    },
  )
}

async function snapshotOf(actor: Actor, id: string, now: Date): Promise<Snapshot | null> {
  const view = await viewOf(actor, id)
  if (!view) return null
  const [sitting, reach] = await Promise.all([sittingNow(view.sittingId, now), reachOf(actor, view.sittingId, now)])
  if (sitting) await noteWatching(actor, view, sitting, now)
  return sitting && once(cuts, sitting, JSON.stringify([id, reach]), () => cut(sitting, view, reach))
}

/** A room or a whole sitting as it is now; null when there is none. Throws `Forbidden`. */
export async function consoleOf(actor: Actor, id: string, now: Date): Promise<Snapshot | null> {
  const snapshot = await snapshotOf(actor, id, now)
  return snapshot && { ...snapshot, serverNow: now.getTime() }
}

const sent = new Map<string, Map<string, Snapshot>>()

function remember(snapshot: Snapshot): void {
  const { id } = snapshot.head
  const versions = sent.get(id) ?? new Map<string, Snapshot>()
  sent.delete(id)
  sent.set(id, versions)
  versions.delete(snapshot.version)
  versions.set(snapshot.version, snapshot)
  if (versions.size > VERSIONS_KEPT) versions.delete(versions.keys().next().value!)
  if (sent.size > VIEWS_KEPT) sent.delete(sent.keys().next().value!)
}

/** What a console that has `before` must hear to have `after`; the whole snapshot when the people themselves changed. */
export function differenceOf(before: Snapshot | undefined, after: Snapshot): ConsoleReply {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  const { version, at, serverNow } = after
  if (before?.version === version) return { unchanged: true, version, at, serverNow }
  if (!before || !same(before.people, after.people)) return after
  const live = Object.entries(after.live).filter(([id, l]) => !same(l, before.live[id]))
  return {
    version,
    at,
    serverNow,
    since: before.version,
    ...(same(before.head, after.head) ? {} : { head: after.head }),
    ...(same(before.rooms, after.rooms) ? {} : { rooms: after.rooms }),
    ...(same(before.pauses, after.pauses) ? {} : { pauses: after.pauses }),
    ...(same(before.log, after.log) ? {} : { log: after.log }),
    ...(live.length ? { live: Object.fromEntries(live) } : {}),
  }
}

/** The same as news for a console that already holds version `since`. */
export async function consoleNews(actor: Actor, id: string, since: string, now: Date): Promise<ConsoleReply | null> {
  const snapshot = await snapshotOf(actor, id, now)
  if (!snapshot) return null
  const before = since === snapshot.version ? snapshot : sent.get(id)?.get(since)
  remember(snapshot)
  return { ...once(differences, snapshot, since, () => differenceOf(before, snapshot)), serverNow: now.getTime() }
}
