import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { regions } from '@/lib/roster/service'
import { readBoundaries, type Boundaries } from './boundary'
import * as store from './store'

/** The lines of the map: the office's own file, or none. */

/** The boundaries in force, or null when the mosaic is to be drawn. Public: they hold nothing personal. */
export async function boundaries(): Promise<{ geometry: Boundaries; sourceLine: string } | null> {
  const row = await store.activeBoundary()
  return row ? { geometry: row.geojson as unknown as Boundaries, sourceLine: row.sourceLine } : null
}

/** Puts the office's own boundary file into force after checking it. */
export async function loadBoundaries(actor: Actor, text: string, sourceLine: string): Promise<Result<null>> {
  allow(actor, 'rules:manage')
  if (sourceLine.trim().length < 5) return refuse('source', 'Tulis sumber berkas, misalnya "BIG, 2024".')
  const areas = new Map((await regions()).map((r) => [r.kemendagriCode, r.areaKm2]))
  const checked = readBoundaries(text, areas)
  if (!checked.ok) return checked
  return act(async (tx) => {
    await store.saveBoundary(checked.value, sourceLine.trim(), actor.userId, new Date())
    await audit(actor, 'rules:manage', 'boundary', { detail: { source: sourceLine } }, tx)
    return ok(null)
  })
}

export async function removeBoundaries(actor: Actor): Promise<Result<null>> {
  allow(actor, 'rules:manage')
  return act(async (tx) => {
    await store.dropBoundary()
    await audit(actor, 'rules:manage', 'boundary', { detail: { removed: true } }, tx)
    return ok(null)
  })
}
