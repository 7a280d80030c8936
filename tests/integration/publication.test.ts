import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { parseMapFilter } from '@/lib/mapping/model'
import { figuresOfSnapshot } from '@/lib/growth/inside'
import { mapView } from '@/lib/mapping/service'
import { sql } from '@/lib/platform/db'
import { performSnapshot } from '@/lib/publication/inside'
import { discardSnapshot, orderSnapshot, proposeSnapshot, publishSnapshot, snapshotPage, withdrawSnapshot } from '@/lib/publication/service'
import { anAccount, openWorld } from './world'

/** From a draft to what officials read, and back. */
const now = new Date('2026-06-01T02:00:00Z')
const SERIES = 'Ukur ulang 2026'
let world: Awaited<ReturnType<typeof openWorld>>
let first: Actor
let second: Actor

beforeAll(async () => {
  world = await openWorld({ demonstration: true })
  first = await anAccount('bgtk')
  second = await anAccount('bgtk')
})
afterAll(() => world.close())

const view = () => mapView(first, parseMapFilter({ bagian: '1', siklus: SERIES }))
async function aDraft(): Promise<string> {
  const ordered = await orderSnapshot(first, SERIES, now)
  if (!ordered.ok) throw new Error(ordered.message)
  await performSnapshot(ordered.value, figuresOfSnapshot)
  return ordered.value
}
const inForce = async () =>
  (await sql<{ number: number }>(`SELECT number FROM snapshot WHERE series = $1 AND state = 'published'`, [SERIES])).map((s) => s.number)

describe('a snapshot of what was measured', () => {
  it('is proposed by one person and put into force by another, who both answer the same when asked twice', async () => {
    const before = await view()
    const id = await aDraft()
    expect(await view()).toEqual(before)
    expect((await snapshotPage(second, id))!.differences).toMatchObject({ changed: 0, opened: 0, closed: 0 })
    expect(await publishSnapshot(second, id, now)).toMatchObject({ ok: false, code: 'state' })
    for (let i = 0; i < 2; i++) expect(await proposeSnapshot(first, id, now)).toMatchObject({ ok: true })
    expect(await publishSnapshot(first, id, now)).toMatchObject({ ok: false, code: 'same' })
    for (let i = 0; i < 2; i++) expect(await publishSnapshot(second, id, now)).toMatchObject({ ok: true })
    const after = await view()
    expect(after.published!.number).toBe(before.published!.number + 1)
    expect(after.cells).toEqual(before.cells)
    expect(await inForce()).toEqual([after.published!.number])
  })

  it('is never changed or removed by anybody once it was published, not even in the database', async () => {
    const id = (await view()).published!.id
    for (const statement of [
      `UPDATE snapshot_cell SET mean = 0 WHERE snapshot_id = $1`,
      `DELETE FROM snapshot_cell WHERE snapshot_id = $1`,
      `DELETE FROM snapshot_member WHERE snapshot_id = $1`,
      `UPDATE snapshot SET hash_out = 'x' WHERE id = $1`,
      `DELETE FROM snapshot WHERE id = $1`,
      `INSERT INTO snapshot_roster SELECT snapshot_id, gen_random_uuid(), region_id, level, subject, 1 FROM snapshot_roster WHERE snapshot_id = $1 LIMIT 1`,
    ])
      await expect(world.asOwner(statement, [id]), statement).rejects.toThrow(/snapshot|append-only|written once/)
    expect((await snapshotPage(first, id))!.whole).toBe(true)
    expect(await discardSnapshot(first, id)).toMatchObject({ ok: false })
  })

  it('may not be published when the audit found a group that can be worked out, or when its figures are not those that were sealed', async () => {
    const id = await aDraft()
    const asFound = (await snapshotPage(first, id))!.snapshot.audit!
    await world.asOwner(`UPDATE snapshot SET audit = $2 WHERE id = $1`, [
      id,
      JSON.stringify({ ...asFound, determined: ['1|raw||SLB|||||'] }),
    ])
    expect(await proposeSnapshot(first, id, now)).toMatchObject({ ok: false, code: 'audit' })
    await world.asOwner(`UPDATE snapshot SET audit = $2, hash_out = 'lain' WHERE id = $1`, [id, JSON.stringify(asFound)])
    expect((await snapshotPage(first, id))!.problem).toMatch(/disegel/)
    expect(await proposeSnapshot(first, id, now)).toMatchObject({ ok: true })
    expect(await publishSnapshot(second, id, now)).toMatchObject({ ok: false, code: 'hash' })
    expect(await discardSnapshot(first, id)).toMatchObject({ ok: true })
    expect((await sql(`SELECT 1 FROM snapshot_cell WHERE snapshot_id = $1`, [id])).length).toBe(0)
  })

  it('waits for a new draft when another one was published after it was made, because both were not audited together', async () => {
    const early = await aDraft()
    const later = await aDraft()
    expect(later).not.toBe(early)
    for (const id of [early, later]) expect(await proposeSnapshot(first, id, now)).toMatchObject({ ok: true })
    expect(await publishSnapshot(second, later, now)).toMatchObject({ ok: true })
    expect(await publishSnapshot(second, early, now)).toMatchObject({ ok: false, code: 'later' })
  })

  it('is withdrawn with a reason that officials read, and leaves nothing in its place', async () => {
    const id = (await view()).published!.id
    expect(await withdrawSnapshot(first, id, 'salah', now)).toMatchObject({ ok: false, fields: { why: expect.any(String) } })
    expect(await withdrawSnapshot(first, id, 'Kunci butir 12 keliru; dihitung ulang.', now)).toMatchObject({ ok: true })
    expect(await inForce()).toEqual([])
    const seen = await view()
    expect(seen.published?.series).not.toBe(SERIES)
    expect(seen.withdrawn).toEqual([{ series: SERIES, at: now, why: 'Kunci butir 12 keliru; dihitung ulang.' }])
  })
})
