import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { itemTypes } from '@/lib/items/model'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { overtaken } from '@/lib/platform/seen'
import type { Row } from './linear-program'
import * as bank from '@/lib/instruments/inside'
import * as store from './blueprint-store'
import { enemiesOf, freezeForm, itemsOf, readyStates } from '@/lib/instruments/inside'

const Cell = z.object({
  node: z
    .string()
    .regex(/^\d(\.\d){1,2}$/)
    .optional(),
  domain: z.string().optional(),
  level: z.enum(['L1', 'L2', 'L3']).optional(),
  type: z.enum(itemTypes).optional(),
  count: z.coerce.number().int().min(1).max(100),
})
const Blueprint = z.object({
  length: z.coerce.number().int().min(1).max(200),
  cells: z.array(Cell).min(1, 'Isi sedikitnya satu baris.').max(60),
  /** The version that lay before the person; 0: there was none. */
  seen: z.coerce.number().int().min(0).default(0),
})

/** An instrument's blueprint with its coverage: how many items are ready and how many on the way, row by row. */
export async function blueprintPage(actor: Actor, code: string) {
  allow(actor, 'bank:manage')
  const instrument = await bank.instrumentByCode(code)
  if (!instrument) return null
  const [blueprint, items, all] = await Promise.all([store.newestBlueprint(instrument.id), itemsOf(instrument.id), bank.frameworkNodes()])
  const fits = (row: Row, i: (typeof items)[number]) =>
    (!row.node || i.nodeCode === row.node || i.nodeCode.startsWith(`${row.node}.`)) &&
    (!row.domain || i.domainCode === row.domain) &&
    (!row.level || i.level === row.level) &&
    (!row.type || i.type === row.type)
  const live = items.filter((i) => i.state !== 'retired' && !i.compromisedAt && !i.practice)
  const rows = (blueprint?.rows ?? []).map((row) => {
    const own = live.filter((i) => fits(row, i))
    const ready = own.filter((i) => (readyStates as readonly string[]).includes(i.state)).length
    return { ...row, ready, coming: own.length - ready }
  })
  const named = (blueprint?.rows ?? []).flatMap((r) => [r.node, r.domain])
  const nodes = bank.inForce(
    all.filter((n) => n.code.startsWith(`${instrument.competencyCode}.`)),
    ...named,
  )
  return {
    instrument: { ...instrument, domains: bank.inForce(instrument.domains, ...named) },
    blueprint,
    rows,
    nodes,
    ready: live.filter((i) => (readyStates as readonly string[]).includes(i.state)).length,
  }
}

/** Rows as they are read back: a field that asks for nothing is not there. */
const written = (rows: Row[]) => rows.map((r) => Object.fromEntries(Object.entries(r).filter(([, v]) => v)))

/** Saves a blueprint as the next version; one that asks for just what the newest does is that one. */
export async function saveBlueprint(actor: Actor, code: string, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'bank:manage')
  const instrument = await bank.instrumentByCode(code)
  if (!instrument) return refuse('instrument', 'Instrumen itu tidak ada.')
  const parsed = Blueprint.safeParse(input)
  if (!parsed.success)
    return refuse(
      'input',
      'Setiap baris memerlukan banyaknya butir, dan panjang formulir antara 1 dan 200. Kisi-kisi belum disimpan.',
      faultsOf(parsed),
    )
  const { length, cells, seen } = parsed.data
  const wrong = cells.findIndex((c) => c.domain && !instrument.domains.some((d) => d.code === c.domain))
  if (wrong >= 0) return refuse('domain', `Ranah pada baris ${wrong + 1} bukan milik instrumen ini. Kisi-kisi belum disimpan.`)
  const tooMany = cells.findIndex((c) => c.count > length)
  if (tooMany >= 0)
    return refuse('count', `Baris ${tooMany + 1} meminta lebih banyak butir daripada panjang formulir. Kisi-kisi belum disimpan.`)
  return act(async (tx) => {
    await bank.holdInstrument(tx, instrument.id)
    const rows = cells.map((c, i) => ({ ...c, number: i + 1 }))
    const newest = await store.newestBlueprint(instrument.id)
    if (newest && newest.length === length && bank.sha(newest.rows) === bank.sha(written(rows))) return ok(null)
    const late = overtaken(seen, { version: newest?.version ?? 0, at: newest?.createdAt })
    if (late) return late
    await store.saveBlueprint(instrument.id, length, rows, actor.userId, now)
    await audit(actor, 'bank:manage', `instrument:${code}`, { detail: { blueprint: { length, rows: cells.length } } }, tx)
    return ok(null)
  })
}

/** What the assembly of forms needs from this room; used by the room that knows parameters and exposure, which checks permission itself. */
export const assemblyDesk = {
  blueprint: store.newestBlueprint,
  candidates: store.candidateRows,
  enemies: enemiesOf,
  add: store.addAssembly,
  end: store.endAssembly,
  hold: store.holdAssembly,
  holdInstrument: bank.holdInstrument,
  change: store.changeForms,
  confirm: store.confirmAssembly,
  all: store.assembliesOf,
  one: store.assemblyById,
  freeze: freezeForm,
}
export type { AssemblyRow, AssemblyForm, CandidateRow } from './blueprint-store'
export type { Candidate, Spec } from './linear-program'
