import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Role } from '@/lib/access/model'
import { may, type Action } from '@/lib/access/permissions'
import type { SessionActor } from '@/lib/access/session'
import { sql } from '@/lib/platform/db'
import { UPLOAD_FIELD } from '@/lib/platform/upload-model'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'

/** Every action of the house × hostile fields: a sentence, a refusal or a page that does not exist, and never a fault. */
const stage = vi.hoisted(() => ({ actor: null as SessionActor | null }))
class Gone extends Error {}

vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))
vi.mock('next/headers', () => ({
  cookies: () => Promise.resolve({ get: () => undefined, set: () => undefined, delete: () => undefined }),
  headers: () => Promise.resolve(new Headers()),
}))
vi.mock('next/navigation', () => {
  const go = () => {
    throw new Gone()
  }
  return { redirect: go, notFound: go, forbidden: go }
})
vi.mock('@/lib/access/session', async (original) => ({
  ...(await original<Record<string, unknown>>()),
  requireLogin: () => Promise.resolve(stage.actor),
  currentActor: () => Promise.resolve(stage.actor),
  requireActor: (action: Action) => (may(stage.actor!, action) ? Promise.resolve(stage.actor) : Promise.reject(new Gone())),
}))

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? files(join(folder, e.name)) : /\.tsx?$/.test(e.name) ? [join(folder, e.name)] : [],
  )
/** Every name that a field of a form has somewhere on our screens or in the doors behind them. */
const names = [
  ...new Set(
    [...files('app'), ...files('components'), ...files('lib').filter((f) => /actions\.ts$/.test(f))].flatMap((f) =>
      [...readFileSync(f, 'utf8').matchAll(/\bname="([\w-]+)"|(?:text|textOf|textsOf)\((?:data, )?'([\w-]+)'\)/g)].map(
        (m) => m[1] ?? m[2]!,
      ),
    ),
  ),
]

/** A form in which every field says `say(name)`, whatever it is called. */
class Hostile extends FormData {
  constructor(private readonly say: (name: string) => FormDataEntryValue) {
    super()
  }
  override get = (name: string) => this.say(name)
  override getAll = (name: string) => [this.say(name), this.say(name)]
  override has = (name: string) => name !== UPLOAD_FIELD && !/[3-9]|\d\d/.test(name)
  override keys = () => names.values() as never
  override entries = () => names.map((n) => [n, this.say(n)] as [string, FormDataEntryValue]).values() as never;
  override [Symbol.iterator] = () => this.entries()
}

const LONG = 60_000
const long = 'x'.repeat(LONG)
const everywhere: [string, FormDataEntryValue][] = [
  ['nothing', ''],
  ['a text of sixty thousand letters', long],
  ['a NUL', 'a\0b'],
  ['half a character', 'a\ud800b'],
  ['an id of nobody', '01990278-0000-7000-8000-00000000dead'],
  ['no id', 'x'],
  ['a negative number', '-1'],
  ['a number beyond all', '1e999'],
  ['a day that is none', '2026-02-31T99:99'],
  ['the name of a property of all things', '__proto__'],
  ['a pattern', "%_\\' OR 1=1 --"],
  ['a file', new File(['isi'], 'berkas.txt')],
]

const modules = import.meta.glob<Record<string, unknown>>('/lib/*/*actions.ts')
let world: Awaited<ReturnType<typeof openWorld>>
let known: Record<string, string> = {}
let everybody: SessionActor
const roles = ['bgtk', 'administrator', 'pakar', 'guru', 'pengawas', 'kepala-sekolah', 'dinas-kabupaten', 'dinas-provinsi'] as const
const grant = (role: Role) => ({ role, regionId: null, schoolId: null, levelCodes: [] })

beforeAll(async () => {
  world = await openWorld()
  const account = await anAccount('bgtk')
  const school = await aSchool()
  const teacher = await aTeacher(school)
  const { sittingId, roomId, seatIds } = await aSitting([teacher], new Date())
  const one = async (text: string) => (await sql<{ id: string }>(text))[0]?.id ?? 'x'
  const cycle = await one(`SELECT cycle_id AS id FROM sitting LIMIT 1`)
  const item = await one(`SELECT code AS id FROM item WHERE code LIKE 'MTK-%' LIMIT 1`)
  known = {
    ...{
      sittingId,
      roomId,
      cycleId: cycle,
      seat: seatIds[0]!,
      seatId: seatIds[0]!,
      userId: account.userId!,
      id: sittingId,
      instrument: 'MTK',
      code: item,
    },
    teacher,
    form: await one(`SELECT id FROM form LIMIT 1`),
    itemVersionId: await one(`SELECT id FROM item_version LIMIT 1`),
    module: await one(`SELECT code AS id FROM module LIMIT 1`),
    type: 'single',
    indicator: '4.1.1',
    level: 'L2',
    role: 'bgtk',
    kind: 'review',
  }
  everybody = {
    ...account,
    teacherId: teacher,
    cardVersion: null,
    sessionId: 'x'.repeat(64),
    factor: null,
    grants: [],
  }
  stage.actor = { ...everybody, grants: roles.map(grant) }
})
afterAll(() => world.close())

type Fault = { door: string; fault: string }
async function tryAll(say: (name: string) => FormDataEntryValue): Promise<{ doors: number; faults: Fault[] }> {
  const faults: Fault[] = []
  let doors = 0
  for (const [path, load] of Object.entries(modules))
    for (const [name, door] of Object.entries(await load())) {
      if (typeof door !== 'function') continue
      doors++
      const form = new Hostile(say)
      try {
        await (door as (...input: unknown[]) => Promise<unknown>)(...(/uploadMedia/.test(name) ? [form] : [null, form, form]))
      } catch (error) {
        if (!(error instanceof Gone)) faults.push({ door: `${path} ${name}`, fault: String(error).slice(0, 300) })
      }
    }
  return { doors, faults }
}

describe('a form that no page of ours sent', () => {
  it.each(everywhere)('with %s in every field is answered by every action of the house without a fault', async (_what, value) => {
    const { doors, faults } = await tryAll(() => value)
    expect(doors).toBeGreaterThan(70)
    expect(faults).toEqual([])
  })
  it('with real ids and sixty thousand letters in every other field is stored nowhere', async () => {
    for (const held of [roles, ...roles.map((r) => [r])]) {
      stage.actor = { ...everybody, grants: held.map(grant) }
      expect([held, (await tryAll((name) => known[name] ?? long)).faults]).toEqual([held, []])
    }
    const columns = await sql<{ table: string; column: string }>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns WHERE table_schema = 'public' AND data_type IN ('text', 'jsonb', 'character varying')`,
    )
    const held: string[] = []
    for (const { table, column } of columns) {
      const [row] = await world.asOwner<{ found: boolean }>(`SELECT bool_or(strpos("${column}"::text, $1) > 0) AS found FROM "${table}"`, [
        'x'.repeat(5_001),
      ])
      if (row?.found) held.push(`${table}.${column}`)
    }
    expect(held).toEqual([])
  })
})
