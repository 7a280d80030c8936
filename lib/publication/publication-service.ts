import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { enqueue, underWay } from '@/lib/platform/jobs'
import { ok, refuse, type Result } from '@/lib/platform/result'
import type { Transaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import { auditProblem, prepareSnapshot } from './making-service'
import { differencesOf, type Difference } from './difference'
import type { Snapshot } from './model'
import * as store from './store'

/** Snapshots for the office: ordered, looked at, proposed by one person, published by another, withdrawn with a reason. */

export type PublicationHome = { series: { series: string; cycles: string[]; snapshots: Snapshot[] }[] }

export async function publicationHome(actor: Actor): Promise<PublicationHome> {
  allow(actor, 'publication:manage')
  const [taken, all] = await Promise.all([store.seriesTaken(), store.snapshots()])
  return {
    series: taken.map((t) => ({
      series: t.series,
      cycles: t.cycles.map((c) => c.name),
      snapshots: all.filter((s) => s.series === t.series && s.state !== 'discarded'),
    })),
  }
}

export async function orderSnapshot(actor: Actor, series: string, now: Date): Promise<Result<string>> {
  allow(actor, 'publication:manage')
  return act(async (tx) => {
    await takeTurn(tx, 'snapshot-order', series)
    const prepared = await prepareSnapshot(series, actor, now)
    if (!prepared.ok) return prepared
    const { id, begun } = prepared.value
    if (!begun && (await underWay(id))) return ok(id)
    // One whose job has died is made by a new one.
    await enqueue('make-snapshot', { snapshotId: id }, begun ? { id, createdBy: actor.userId } : { createdBy: actor.userId })
    await audit(actor, 'publication:manage', `snapshot:${id}`, { detail: { ordered: series } }, tx)
    return ok(id)
  })
}

export type SnapshotPage = {
  snapshot: Snapshot
  inForce: Snapshot | null
  /** Against the snapshot in force; null where there is none, or this is it. */
  differences: Difference | null
  /** Why it may not be published; null where nothing stands against it. */
  problem: string | null
  /** Whether the one who looks has proposed it. */
  mine: boolean
  /** Whether the figures are still those that were sealed. */
  whole: boolean
}

export async function snapshotPage(actor: Actor, id: string): Promise<SnapshotPage | null> {
  allow(actor, 'publication:manage')
  const snapshot = z.uuid().safeParse(id).success ? await store.snapshotById(id) : null
  if (!snapshot) return null
  const inForce = (await store.inForce()).find((s) => s.series === snapshot.series) ?? null
  const settled = snapshot.state !== 'building' && snapshot.state !== 'failed'
  const other = settled && inForce && inForce.id !== snapshot.id ? inForce : null
  const [differences, hashes] = await Promise.all([
    other ? differencesOf(other.id, snapshot.id) : null,
    settled ? store.hashesOf(id) : null,
  ])
  const whole = !hashes || (hashes.hashIn === snapshot.hashIn && hashes.hashOut === snapshot.hashOut)
  return {
    snapshot,
    inForce,
    differences,
    problem: settled ? (whole ? auditProblem(snapshot.audit) : 'Angkanya tidak lagi sama dengan saat disegel.') : null,
    mine: snapshot.proposedBy !== null && snapshot.proposedBy === actor.userId,
    whole,
  }
}

/** What is done to a held snapshot, with its line in the log. */
const change = (
  actor: Actor,
  id: string,
  detail: Record<string, unknown>,
  work: (s: Snapshot, tx: Transaction) => Promise<Result<null> | 'done already'>,
): Promise<Result<null>> =>
  act(async (tx) => {
    const held = z.uuid().safeParse(id).success ? await store.holdSnapshot(tx, id) : null
    if (!held) return refuse('snapshot', 'Terbitan itu tidak ada. Tidak ada yang berubah.')
    const done = await work(held, tx)
    if (done === 'done already') return ok(null)
    if (done.ok) await audit(actor, 'publication:manage', `snapshot:${id}`, { detail }, tx)
    return done
  })

export async function proposeSnapshot(actor: Actor, id: string, now: Date): Promise<Result<null>> {
  allow(actor, 'publication:manage')
  return change(actor, id, { proposed: true }, async (s) => {
    if (s.state === 'proposed' && s.proposedBy === actor.userId) return 'done already'
    if (s.state !== 'draft')
      return refuse('state', 'Hanya draf yang dapat diusulkan terbit. Tidak ada yang berubah; muat ulang halaman ini.')
    const problem = auditProblem(s.audit)
    if (problem) return refuse('audit', `${problem} Draf ini tidak dapat terbit; susun draf baru.`)
    await store.propose(id, actor, now)
    return ok(null)
  })
}

/** The second person puts it into force; the one before is replaced in the same moment. */
export async function publishSnapshot(actor: Actor, id: string, now: Date): Promise<Result<null>> {
  allow(actor, 'publication:manage')
  return change(actor, id, { published: true }, async (s, tx) => {
    await takeTurn(tx, 'snapshot', s.series)
    if (s.state === 'published') return 'done already'
    if (s.state !== 'proposed')
      return refuse('state', 'Terbitan ini tidak sedang menunggu persetujuan. Tidak ada yang terbit; muat ulang halaman ini.')
    if (s.proposedBy === null || s.proposedBy === actor.userId)
      return refuse('same', 'Anda sendiri yang mengusulkannya. Orang kedua yang menerbitkan; usulan Anda tetap menunggu.')
    const hashes = await store.hashesOf(id)
    if (hashes.hashIn !== s.hashIn || hashes.hashOut !== s.hashOut)
      return refuse('hash', 'Angka terbitan ini tidak lagi sama dengan saat disegel. Tidak ada yang terbit; susun draf baru.')
    if ((await store.everPublished(s.series)).some((e) => !s.audit?.together.includes(e.number)))
      return refuse(
        'later',
        'Terbitan lain keluar sesudah draf ini disusun, sehingga kerahasiaan keduanya bersama belum diperiksa. Susun draf baru.',
      )
    await store.publish(tx, s, actor, now)
    return ok(null)
  })
}

export async function discardSnapshot(actor: Actor, id: string): Promise<Result<null>> {
  allow(actor, 'publication:manage')
  return change(actor, id, { discarded: true }, async (s) => {
    if (s.state === 'discarded') return 'done already'
    if (s.state !== 'draft' && s.state !== 'proposed' && s.state !== 'failed')
      return refuse('state', 'Hanya draf yang dapat dibuang. Yang sudah terbit ditarik dengan alasan. Tidak ada yang berubah.')
    await store.setState(id, 'discarded')
    await store.clearRows(id)
    return ok(null)
  })
}

const Why = z.string().trim().min(10).max(500)

/** Takes a published snapshot out of force; its record stays, with who did it and why. */
export async function withdrawSnapshot(actor: Actor, id: string, why: string, now: Date): Promise<Result<null>> {
  allow(actor, 'publication:manage')
  const reason = Why.safeParse(why)
  if (!reason.success)
    return refuse('why', 'Tulis alasan penarikan dalam 10 sampai 500 huruf; alasan itu dibaca pejabat. Terbitan masih berlaku.', ['why'])
  return change(actor, id, { withdrawn: reason.data }, async (s) => {
    if (s.state === 'withdrawn') return 'done already'
    if (s.state !== 'published') return refuse('state', 'Hanya terbitan yang berlaku dapat ditarik. Tidak ada yang berubah.')
    await store.withdraw(id, actor, reason.data, now)
    return ok(null)
  })
}
