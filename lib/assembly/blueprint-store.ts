import { uuidv7 } from 'uuidv7'
import { inTransaction, insertMany, sql, type Transaction } from '@/lib/platform/db'
import type { ItemContent, ItemScoring } from '@/lib/items/model'
import type { Row, Spec } from './linear-program'
import { holdInstrument } from '@/lib/instruments/inside'

export type BlueprintRow = { id: string; version: number; length: number; createdAt: Date; rows: Row[] }

/** The newest blueprint of an instrument. */
export async function newestBlueprint(instrumentId: string): Promise<BlueprintRow | null> {
  const [found] = await sql<Omit<BlueprintRow, 'rows'>>(
    `SELECT id, version, length, created_at AS "createdAt" FROM blueprint WHERE instrument_id = $1 ORDER BY version DESC LIMIT 1`,
    [instrumentId],
  )
  if (!found) return null
  const rows = await sql<{
    number: number
    node: string | null
    domain: string | null
    level: string | null
    type: string | null
    count: number
  }>(
    `SELECT number, node_code AS node, domain_code AS domain, level, type, count FROM blueprint_cell WHERE blueprint_id = $1 ORDER BY number`,
    [found.id],
  )
  return {
    ...found,
    rows: rows.map(({ number, count, ...rest }) => ({ number, count, ...Object.fromEntries(Object.entries(rest).filter(([, v]) => v)) })),
  }
}

/** A changed blueprint is a new version: forms made by an older one can still be held against it. */
export async function saveBlueprint(instrumentId: string, length: number, rows: Row[], userId: string | null, now: Date): Promise<string> {
  return inTransaction(async (tx) => {
    const id = uuidv7()
    await tx.query(
      `INSERT INTO blueprint (id, instrument_id, version, length, created_by, created_at)
       VALUES ($1, $2, 1 + coalesce((SELECT max(version) FROM blueprint WHERE instrument_id = $2), 0), $3, $4, $5)`,
      [id, instrumentId, length, userId, now],
    )
    await insertMany(
      tx,
      'blueprint_cell',
      {
        id: 'uuid',
        blueprint_id: 'uuid',
        number: 'int',
        node_code: 'text',
        domain_code: 'text',
        level: 'text',
        type: 'text',
        count: 'int',
      },
      rows.map((r) => [uuidv7(), id, r.number, r.node ?? null, r.domain ?? null, r.level ?? null, r.type ?? null, r.count]),
    )
    return id
  })
}

export type AssemblyForm = { label: string; items: string[] }
export type AssemblyRow = {
  id: string
  instrumentId: string
  blueprintId: string
  state: 'waiting' | 'done' | 'failed' | 'frozen'
  spec: Spec
  forms: AssemblyForm[] | null
  words: string
  proposedBy: string | null
  proposedName: string
  createdAt: Date
  confirmedBy: string | null
  confirmedName: string | null
  confirmedAt: Date | null
}
const ASSEMBLY = `SELECT id, instrument_id AS "instrumentId", blueprint_id AS "blueprintId", state, spec, forms, words, proposed_by AS "proposedBy",
  proposed_name AS "proposedName", created_at AS "createdAt", confirmed_by AS "confirmedBy", confirmed_name AS "confirmedName", confirmed_at AS "confirmedAt" FROM assembly`

export const assembliesOf = (instrumentId: string) =>
  sql<AssemblyRow>(`${ASSEMBLY} WHERE instrument_id = $1 ORDER BY created_at DESC, id DESC`, [instrumentId])
export const assemblyById = async (id: string) => (await sql<AssemblyRow>(`${ASSEMBLY} WHERE id = $1`, [id]))[0] ?? null

/** The assembly with its instrument, both held until the transaction ends: nobody changes, freezes or writes items meanwhile. */
export async function holdAssembly(tx: Transaction, id: string): Promise<AssemblyRow | null> {
  const seen = await assemblyById(id)
  if (!seen) return null
  await holdInstrument(tx, seen.instrumentId)
  return (await tx.query<AssemblyRow>(`${ASSEMBLY} WHERE id = $1 FOR UPDATE`, [id])).rows[0] ?? null
}

export async function addAssembly(
  a: { instrumentId: string; blueprintId: string; spec: Spec; proposedBy: string | null; proposedName: string },
  now: Date,
): Promise<string> {
  const id = uuidv7()
  await sql(
    `INSERT INTO assembly (id, instrument_id, blueprint_id, state, spec, words, proposed_by, proposed_name, created_at) VALUES ($1,$2,$3,'waiting',$4,'',$5,$6,$7)`,
    [id, a.instrumentId, a.blueprintId, JSON.stringify(a.spec), a.proposedBy, a.proposedName, now],
  )
  return id
}

export const endAssembly = (id: string, state: 'done' | 'failed', forms: AssemblyForm[] | null, words: string) =>
  sql(`UPDATE assembly SET state = $2, forms = $3, words = $4 WHERE id = $1 AND state = 'waiting'`, [
    id,
    state,
    forms && JSON.stringify(forms),
    words,
  ])

/** A changed form counts as proposed by whoever changed it, so that the other person confirms what stands there. */
export const changeForms = (id: string, forms: AssemblyForm[], by: { userId: string | null; name: string }) =>
  sql(`UPDATE assembly SET forms = $2, proposed_by = $3, proposed_name = $4 WHERE id = $1 AND state = 'done'`, [
    id,
    JSON.stringify(forms),
    by.userId,
    by.name,
  ])

/** Marks an assembly as frozen by its second person; false when it was not there to be frozen. */
export async function confirmAssembly(id: string, by: { userId: string | null; name: string }, now: Date): Promise<boolean> {
  const rows = await sql<{ id: string }>(
    `UPDATE assembly SET state = 'frozen', confirmed_by = $2, confirmed_name = $3, confirmed_at = $4 WHERE id = $1 AND state = 'done' RETURNING id`,
    [id, by.userId, by.name, now],
  )
  return rows.length > 0
}

/** An item that may be put into forms that count, in its newest version. */
export type CandidateRow = {
  id: string
  versionId: string
  code: string
  node: string
  domain: string
  level: string
  type: string
  content: ItemContent
  scoring: ItemScoring
  family: string | null
  anchor: boolean
  stimulus: string | null
}

export const candidateRows = (instrumentId: string) =>
  sql<CandidateRow>(
    `SELECT i.id, v.id AS "versionId", i.code, f.code AS node, d.code AS domain, v.cognitive_level AS level, v.type, v.content, v.scoring, i.family, i.anchor, s.code AS stimulus
       FROM item i JOIN LATERAL (SELECT * FROM item_version WHERE item_id = i.id ORDER BY version DESC LIMIT 1) v ON true
       JOIN framework_node f ON f.id = v.node_id JOIN content_domain d ON d.id = v.domain_id LEFT JOIN stimulus s ON s.id = v.stimulus_id
      WHERE i.instrument_id = $1 AND i.state IN ('approved', 'piloted', 'operational') AND i.compromised_at IS NULL AND NOT i.practice ORDER BY i.code`,
    [instrumentId],
  )
