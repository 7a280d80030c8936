import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { itemTypes } from '@/lib/items/model'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { overtaken } from '@/lib/platform/seen'
import { covers, type Candidate, type Row } from './linear-program'
import { carried, carriedByRow } from './stock'
import * as bank from '@/lib/instruments/inside'
import * as store from './blueprint-store'
import { enemiesOf, freezeForm, itemsOf } from '@/lib/instruments/inside'

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

/**
 * An instrument's blueprint with what the bank carries of it: row by row and as a whole, by the same bounds that assembly asks before its
 * solver, over the same items; and how the last assembly by this version ended, because only that is more than a bound.
 */
export async function blueprintPage(actor: Actor, code: string) {
  allow(actor, 'bank:manage')
  const instrument = await bank.instrumentByCode(code)
  if (!instrument) return null
  const [blueprint, stock, items, all] = await Promise.all([
    store.newestBlueprint(instrument.id),
    store.candidateRows(instrument.id),
    itemsOf(instrument.id),
    bank.frameworkNodes(),
  ])
  const ready = stock.map(asStock)
  const enemies = (await enemiesOf(ready.map((c) => c.id))).map((e): [string, string] => [e.a, e.b])
  const inStock = new Set(ready.map((c) => c.id))
  const coming = items
    .filter((i) => i.state !== 'retired' && !i.compromisedAt && !i.practice && !inStock.has(i.id))
    .map((i) => ({ node: i.nodeCode, domain: i.domainCode, level: i.level, type: i.type }))
  const rows = (blueprint?.rows ?? []).map((row) => ({
    ...row,
    ...carriedByRow(ready, row, enemies),
    coming: coming.filter((c) => covers(row, c)).length,
  }))
  const named = (blueprint?.rows ?? []).flatMap((r) => [r.node, r.domain])
  const nodes = bank.inForce(
    all.filter((n) => n.code.startsWith(`${instrument.competencyCode}.`)),
    ...named,
  )
  const tried = blueprint && (await store.assembliesOf(instrument.id)).find((a) => a.blueprintId === blueprint.id && a.state !== 'waiting')
  return {
    instrument: { ...instrument, domains: bank.inForce(instrument.domains, ...named) },
    blueprint,
    rows,
    nodes,
    ready: ready.length,
    carried: blueprint && carried(ready, blueprint, enemies),
    tried: tried
      ? { id: tried.id, at: tried.createdAt, forms: tried.spec.forms, failed: tried.state === 'failed', words: tried.words }
      : null,
  }
}

/** An item as the bounds see it: what the solver alone weighs is left open. */
const asStock = (c: store.CandidateRow): Candidate => ({
  ...c,
  information: null,
  easiness: 0,
  seconds: 0,
  words: 0,
  key: null,
  exposure: 0,
})

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
