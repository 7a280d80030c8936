import { inTransaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { rulesInForce } from '@/lib/standards/service'
import { formatCount } from '@/lib/platform/format'
import type { Snapshot, SnapshotAudit } from './model'
import * as store from './store'

/** Written into every snapshot; raised whenever its figures could change. */
export const ENGINE = 'petaguru-terbitan 2'

/** Computes and writes the figures of a snapshot whose tests were taken down: handed in by whoever knows the rooms above. */
export type Figures = (
  s: Snapshot,
  tell: (done: number, of: number, words: string) => Promise<void>,
) => Promise<{ reaches: string[]; audit: SnapshotAudit; cells: number }>

type Who = { userId: string | null; name: string }

/** Records the wish for a snapshot of a series; the one that is being made where there is one. */
export async function prepareSnapshot(series: string, who: Who, now: Date): Promise<Result<{ id: string; begun: boolean }>> {
  const found = (await store.seriesTaken()).find((s) => s.series === series)
  if (!found) return refuse('series', 'Rangkaian itu tidak ada. Tidak ada yang disusun.', ['series'])
  const { rules, version, shipped } = await rulesInForce()
  return inTransaction(async (tx) => {
    await takeTurn(tx, 'snapshot', series)
    const under = (await store.snapshots()).find((s) => s.series === series && s.state === 'building')
    if (under) return ok({ id: under.id, begun: false })
    const id = await store.addSnapshot(
      {
        series,
        cycles: found.cycles,
        codeVersion: ENGINE,
        rulesVersion: version,
        rulesShipped: shipped,
        hideBelow: rules.hideBelow,
        hatchBelow: rules.hatchBelow,
        madeBy: who.userId,
        madeName: who.name,
      },
      now,
    )
    return ok({ id, begun: true })
  })
}

/** What a publication is refused for; null where the audit found nothing. */
export const auditProblem = (audit: SnapshotAudit | null): string | null => {
  if (!audit) return 'Pemeriksaan kerahasiaan belum berjalan.'
  const bad = [...audit.determined, ...audit.narrow]
  if (!bad.length) return null
  return `Pemeriksaan menemukan ${formatCount(bad.length)} kelompok kecil yang dapat dihitung atau terlalu sempit batasnya.`
}

/**
 * Makes a snapshot from its beginning: takes the tests down, computes, audits and seals it with a number for what went in and one for what
 * came out. What an earlier try left is cleared.
 */
export async function performSnapshot(
  id: string,
  figures: Figures,
  tell: (done: number, of: number, words: string) => Promise<void> = async () => undefined,
): Promise<{ state: 'done' | 'failed'; words: string }> {
  const s = await store.snapshotById(id)
  // A try before came to its end and could not say so.
  if (s?.state !== 'building') return { state: s?.state === 'failed' ? 'failed' : 'done', words: s?.words || 'Selesai' }
  await store.clearRows(id)
  const people = await store.gather(id, s.series)
  if (!people) {
    const words = 'Belum ada tes selesai yang hasilnya boleh ditampilkan pada rangkaian ini. Rilis hasil sesinya, lalu susun lagi.'
    await store.endMaking(id, { state: 'failed', words, audit: null, reaches: [], hashIn: null, hashOut: null })
    return { state: 'failed', words }
  }
  await store.describe(id)
  const { reaches, audit, cells } = await figures(s, tell)
  const hashes = await store.hashesOf(id)
  const problem = auditProblem(audit)
  const words = problem ?? `${formatCount(people)} tes menjadi ${formatCount(cells)} angka; ${formatCount(audit.hidden)} disembunyikan.`
  await store.endMaking(id, { state: 'draft', words, audit, reaches, ...hashes })
  return { state: 'done', words }
}

/** Puts a draft into force, for the demonstration and for tests: a publication by people asks for two of them (`publication-service.ts`). */
export async function putIntoForce(id: string, first: Who, second: Who, now: Date): Promise<Result<null>> {
  return inTransaction(async (tx) => {
    const s = await store.holdSnapshot(tx, id)
    if (s?.state !== 'draft') return refuse('state', `Terbitan itu bukan draf: ${s?.words ?? 'tidak ada'}`)
    const problem = auditProblem(s.audit)
    if (problem) return refuse('audit', problem)
    await store.propose(id, first, now)
    await store.publish(tx, s, second, now)
    return ok(null)
  })
}
