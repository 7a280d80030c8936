import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import type { Result } from '@/lib/platform/result'
import * as instruments from '@/lib/instruments/service'
import * as assembly from '@/lib/assembly/service'
import * as standards from '@/lib/standards/service'
import { shippedTierRules } from '@/lib/plans/model'
import * as support from '@/lib/plans/service'
import { anAccount, openWorld } from './world'

/** Two people have the same page open. Whoever saves second is told so, nothing is buried, and after a look she may still save. */
let world: Awaited<ReturnType<typeof openWorld>>
let ani: Actor
let budi: Actor
const now = new Date('2026-11-20T02:00:00Z')
beforeAll(async () => {
  world = await openWorld()
  ani = await anAccount('bgtk')
  budi = { ...(await anAccount('bgtk')), name: 'Budi' }
})
afterAll(() => world.close())

const draft = {
  type: 'single',
  indicator: '4.1.1',
  domain: 'ALJ',
  level: 'L2',
  stem: 'Hasil dari $2+3$ adalah …',
  lines: 'empat\n* lima\nenam',
  rationale: 'Dua ditambah tiga sama dengan lima.',
}
const refused = { ok: false, code: 'overtaken', message: expect.stringMatching(/masih ada di sini dan belum disimpan/) }
const value = <T>(r: Result<T>): T => {
  if (!r.ok) throw new Error(r.message)
  return r.value
}

/** What lay before both; how one saves what she has typed, having seen that; and what stands afterwards. */
type Story = {
  seen: () => Promise<number>
  save: (who: Actor, words: string, seen: number) => Promise<Result<unknown>>
  stands: () => Promise<string>
}
async function anItem(): Promise<string> {
  return value(await instruments.saveItem(ani, 'MTK', { ...draft, stem: `Butir ${Math.random()}: hasil $2+3$ adalah …` }, now)).code
}
async function item(): Promise<Story> {
  const code = await anItem()
  return {
    seen: async () => (await instruments.itemPage(ani, code))!.item.version,
    save: (who, words, seen) => instruments.saveItem(who, 'MTK', { ...draft, code, rationale: `Penjelasan: ${words}.`, seen }, now),
    stands: async () => (await instruments.itemPage(ani, code))!.item.rationale,
  }
}
async function marks(): Promise<Story> {
  const code = await anItem()
  return {
    seen: async () => (await instruments.itemPage(ani, code))!.marks,
    save: (who, words, seen) => instruments.markItem(who, code, { family: words, anchor: words === 'satu', seen }, now),
    stands: async () => (await instruments.itemPage(ani, code))!.item.family ?? '',
  }
}
const blueprint = async (): Promise<Story> => ({
  seen: async () => (await assembly.blueprintPage(ani, 'BIO'))?.blueprint?.version ?? 0,
  save: (who, words, seen) => assembly.saveBlueprint(who, 'BIO', { length: 9, cells: [{ level: 'L3', count: words.length }], seen }, now),
  stands: async () => JSON.stringify((await assembly.blueprintPage(ani, 'BIO'))!.blueprint!.rows[0]!.count),
})
const framework = async (): Promise<Story> => ({
  seen: async () => (await instruments.frameworkPage(ani)).version,
  save: (who, words, seen) =>
    instruments.changeFramework(who, { what: 'retitle', code: '4.1.1', title: `Judul ${words}`, note: 'Surat 1/2026', seen }, now),
  stands: async () => (await instruments.frameworkPage(ani)).lines.find((l) => l.code === '4.1.1')!.title,
})
const results = async (): Promise<Story> => ({
  seen: async () => (await standards.rulesInForce()).version,
  save: async (who, words, seen) => {
    const { rules } = await standards.rulesInForce()
    return standards.changeRules(who, { ...rules, hatchBelow: 20 + words.length }, `Surat ${words}`, seen)
  },
  stands: async () => (await standards.rulesInForce()).note,
})
const tiers = async (): Promise<Story> => ({
  seen: async () => (await support.tierRules()).version,
  save: (who, words, seen) => support.changeTierRules(who, tierFields, `Surat ${words}`, seen, now),
  stands: async () => (await support.tierRules()).note,
})
let minute = 0
const moduleOf = async (): Promise<Story> => {
  const [first] = await support.catalogue(ani)
  const mine = async () => (await support.catalogue(ani)).find((m) => m.code === first!.code)!
  return {
    seen: async () => (await mine()).updatedAt.getTime(),
    save: (who, words, seen) =>
      support.changeModule(
        who,
        first!.code,
        { link: '', capacity: '', startsOn: '', endsOn: '', cost: 0, provider: `Lembaga ${words}`, active: true, seen },
        new Date(now.getTime() + 60_000 * ++minute),
      ),
    stands: async () => (await mine()).provider,
  }
}
const tierFields: Record<string, string[]> = {
  ...Object.fromEntries(
    shippedTierRules.tiers.flatMap((t, i) => [
      [`tier-${i}-key`, [t.key]],
      [`tier-${i}-name`, [t.name]],
      [`tier-${i}-from`, [String(t.from)]],
      [`tier-${i}-percent`, [String(t.fromPercent)]],
      [`tier-${i}-words`, [t.words]],
      [`tier-${i}-mode`, [...t.modes]],
      [`tier-${i}-modules`, [String(t.modules)]],
      ...(t.tutor ? [[`tier-${i}-tutor`, ['on']]] : []),
    ]),
  ),
  sure: ['80'],
  leadSure: ['80'],
  weakBelow: ['50'],
  weakMany: ['3'],
  balance: ['4'],
  learningDay: [String(shippedTierRules.learningDay)],
}

describe('two people who have the same page open', () => {
  it.each([
    ['an item', item],
    ['the marks of an item', marks],
    ['a blueprint', blueprint],
    ['the framework', framework],
    ['the settings of results', results],
    ['the rule of tiers', tiers],
    ['a module of the catalogue', moduleOf],
  ] as const)('bury nothing of each other’s: %s', async (_, make) => {
    const { seen, save, stands } = await make()
    const before = await seen()
    value(await save(ani, 'satu', before))
    const standing = await stands()
    expect(await save(budi, 'kedua', before)).toMatchObject(refused)
    expect(await stands()).toBe(standing)
    // The first person's own click that comes twice hears what it heard.
    expect(await save(ani, 'satu', before)).toMatchObject({ ok: true })
    expect(await stands()).toBe(standing)
    value(await save(budi, 'kedua', await seen()))
    expect(await stands()).not.toBe(standing)
  })
  it('name who has saved, where that is known', async () => {
    const { seen, save } = await item()
    const before = await seen()
    value(await save(budi, 'punya Budi', before))
    expect(await save(ani, 'punya Ani', before)).toMatchObject({ message: expect.stringContaining('oleh Budi') })
  })
  it('and a form that does not say what it was made from replaces nothing', async () => {
    const code = await anItem()
    expect(await instruments.saveItem(budi, 'MTK', { ...draft, code, rationale: 'Tanpa melihat yang ada.' }, now)).toMatchObject(refused)
  })
})

describe('a word about an item', () => {
  it('is about the version that was read: not of a reviewer, not of whoever approves', async () => {
    const [writer, peer] = [await anAccount('pakar'), await anAccount('pakar')]
    await instruments.giveTask(ani, 'MTK', { userId: writer.userId, kind: 'write', count: 1 }, now)
    const { code } = value(await instruments.saveItem(writer, 'MTK', { ...draft, stem: 'Soal yang ditelaah: hasil $2+3$ …' }, now))
    value(await instruments.moveItem(writer, code, 'review', 'Siap ditelaah.', now, 1))
    value(await instruments.giveTask(ani, 'MTK', { userId: peer.userId, kind: 'review', itemCode: code }, now))
    value(await instruments.saveItem(ani, 'MTK', { ...draft, code, lines: '* empat\nlima\nenam', seen: 1 }, now))
    expect(await instruments.reviewItem(peer, code, { verdict: 'accept', comment: '', seen: 1 }, now)).toMatchObject(refused)
    expect(await instruments.moveItem(ani, code, 'review', 'Diteruskan.', now, 1)).toMatchObject(refused)
    expect(
      await sql(
        `SELECT 1 FROM item_review r JOIN item_version v ON v.id = r.item_version_id JOIN item i ON i.id = v.item_id WHERE i.code = $1`,
        [code],
      ),
    ).toEqual([])
    value(await instruments.moveItem(ani, code, 'review', 'Diteruskan.', now, 2))
    value(await instruments.reviewItem(peer, code, { verdict: 'accept', comment: '', seen: 2 }, now))
  })
})
