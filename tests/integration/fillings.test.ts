import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forgetFillings } from '@/lib/access/inside'
import { onceFilled } from '@/lib/access/service'
import { sql } from '@/lib/platform/db'
import { ok, refuse } from '@/lib/platform/result'
import { anAccount, openWorld } from './world'

/** A phone that heard no answer sends the same form again: it is done once, and answered like the first time. */
let world: Awaited<ReturnType<typeof openWorld>>
let office: Awaited<ReturnType<typeof anAccount>>
let regionId: string
beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
  regionId = (await sql<{ id: string }>(`SELECT id FROM region WHERE parent_id IS NOT NULL LIMIT 1`))[0]!.id
})
afterAll(() => world.close())

let made = 0
const fill = (fields: Record<string, string>, id = `01990278-0000-7000-8000-${String(++made).padStart(12, '0')}`): FormData => {
  const data = new FormData()
  for (const [name, value] of Object.entries({ ...fields, $isian: id })) data.set(name, value)
  return data
}
/** An act that would happily do the same thing twice. */
const send = (data: FormData, who = office) =>
  onceFilled(who, 'addPlace', data, async () => {
    const name = String(data.get('name'))
    if (name.length < 3) return refuse('input', 'Nama terlalu pendek.', ['name'])
    const [row] = await sql<{ id: string }>(
      `INSERT INTO venue (id, name, region_id) VALUES (gen_random_uuid(), $1, $2) RETURNING id::text`,
      [name, regionId],
    )
    return ok(row!.id)
  })
const venues = async (name: string) => (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM venue WHERE name = $1`, [name]))[0]!.n

describe('a form that is sent again because its answer was lost', () => {
  it('is done once and answered like the first time', async () => {
    const data = fill({ name: 'SMA Terang' })
    const first = await send(data)
    expect(first.ok).toBe(true)
    expect(await send(data)).toEqual(first)
    expect(await venues('SMA Terang')).toBe(1)
  })
  it('is done once also when both arrive at the same moment', async () => {
    const data = fill({ name: 'SMA Kembar' })
    const [a, b] = await Promise.all([send(data), send(data)])
    expect(a).toEqual(b)
    expect(await venues('SMA Kembar')).toBe(1)
  })
  it('and was changed in between is told that the first one was taken, and does nothing by itself', async () => {
    const data = fill({ name: 'SMA Pertama' })
    await send(data)
    data.set('name', 'SMA Kedua')
    expect(await send(data)).toMatchObject({ ok: false, code: 'twice' })
    expect(await venues('SMA Kedua')).toBe(0)
  })
  it('after a refusal is judged anew, because nothing was done', async () => {
    const data = fill({ name: 'SM' })
    expect(await send(data)).toMatchObject({ ok: false, fields: { name: 'Nama terlalu pendek.' } })
    data.set('name', 'SMA Lengkap')
    expect((await send(data)).ok).toBe(true)
    expect(await venues('SMA Lengkap')).toBe(1)
  })
  it('by somebody else under the same id is a filling of its own', async () => {
    const data = fill({ name: 'SMA Bersama' })
    await send(data)
    expect((await send(data, await anAccount('bgtk'))).ok).toBe(true)
    expect(await venues('SMA Bersama')).toBe(2)
  })
  it('hears a moment as a moment', async () => {
    const due = new Date('2026-12-01T00:00:00Z')
    const data = fill({ words: 'sama' })
    for (const _ of [1, 2]) expect(await onceFilled(office, 'resolve', data, () => Promise.resolve(ok(due)))).toEqual(ok(due))
  })
  it('leaves nothing behind after a fault, and no row in the night after a week; no form pays for that', async () => {
    const data = fill({ words: 'gagal' })
    await expect(onceFilled(office, 'reject', data, () => Promise.reject(new Error('away')))).rejects.toThrow('away')
    expect(await onceFilled(office, 'resolve', data, () => Promise.resolve(refuse('x', 'Tidak.')))).toMatchObject({ ok: false })
    const rows = async () => (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM form_filling`))[0]!.n
    const before = await rows()
    const later = new Date(Date.now() + 8 * 86_400_000)
    await onceFilled(office, 'resolve', fill({ words: 'lain' }), () => Promise.resolve(ok(1)), later)
    expect(await rows()).toBe(before + 1)
    expect(await forgetFillings(later)).toBe(before)
    expect(await forgetFillings(later)).toBe(0)
    expect(await rows()).toBe(1)
  })
})
