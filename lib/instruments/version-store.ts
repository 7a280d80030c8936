import { uuidv7 } from 'uuidv7'
import { inTransaction, type Transaction } from '@/lib/platform/db'
import type { ItemContent, ItemScoring } from '@/lib/items/model'
import { holdInstrument, sha } from './store'
import type { Person } from './workshop-store'

/** Versions of items. Whoever writes one holds the instrument, so that no code and no number is given to two. */

export type NewVersion = {
  instrumentId: string
  /** Null: a new item, which gets the next free code of its instrument. */
  code: string | null
  type: string
  content: ItemContent
  scoring: ItemScoring
  rationale: string
  level: string
  nodeCode: string
  domainCode: string
  stimulus: { code: string; body: unknown } | null
}

export type SavedVersion = { itemId: string; code: string; version: number; changed: boolean }

const one = async <T>(tx: Transaction, text: string, values: unknown[]) => (await tx.query(text, values)).rows[0] as T | undefined

type Standing = { id: string; code: string; version: number; sha256: string }
const STANDING = `SELECT i.id, i.code, v.version, v.sha256 FROM item i JOIN LATERAL (SELECT version, sha256 FROM item_version WHERE item_id = i.id ORDER BY version DESC LIMIT 1) v ON true`

/** The next free code of an instrument: its code and a number of three digits or more. The instrument is held. */
async function nextCode(tx: Transaction, instrumentId: string): Promise<string> {
  const found = await one<{ code: string; n: number }>(
    tx,
    `SELECT n.code, (SELECT coalesce(max(substring(i.code FROM '-([0-9]{1,9})$')::int), 0) + 1 FROM item i WHERE i.code ~ ('^' || n.code || '-[0-9]{1,9}$')) AS n
       FROM instrument n WHERE n.id = $1`,
    [instrumentId],
  )
  return `${found!.code}-${String(found!.n).padStart(3, '0')}`
}

async function stimulusOf(tx: Transaction, v: NewVersion): Promise<{ id: string; sha256: string } | null> {
  if (!v.stimulus) return null
  const sha256 = sha(v.stimulus.body)
  await tx.query(
    `INSERT INTO stimulus (id, instrument_id, code, sha256, body) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (code, sha256) DO NOTHING`,
    [uuidv7(), v.instrumentId, v.stimulus.code, sha256, JSON.stringify(v.stimulus.body)],
  )
  const { id } = (await one<{ id: string }>(tx, `SELECT id FROM stimulus WHERE code = $1 AND sha256 = $2`, [v.stimulus.code, sha256]))!
  return { id, sha256 }
}

/**
 * Saves an item's next version, or its first. The state is that of a draft again, whatever it was: what was approved is the version before.
 * Unchanged content saves nothing, and neither does a new item that the same person has saved a moment ago and not touched since.
 */
export async function saveVersion(v: NewVersion, by: Person, kind: string, reason: string, now: Date): Promise<SavedVersion> {
  return inTransaction(async (tx) => {
    await holdInstrument(tx, v.instrumentId)
    const node = await one<{ id: string }>(tx, `SELECT id FROM framework_node WHERE code = $1`, [v.nodeCode])
    const domain = await one<{ id: string }>(tx, `SELECT id FROM content_domain WHERE instrument_id = $1 AND code = $2`, [
      v.instrumentId,
      v.domainCode,
    ])
    if (!node || !domain) throw new Error(`unknown node ${v.nodeCode} or domain ${v.domainCode}`)
    const stimulus = await stimulusOf(tx, v)
    const hash = sha({
      type: v.type,
      content: v.content,
      scoring: v.scoring,
      indicator: v.nodeCode,
      domain: v.domainCode,
      level: v.level,
      stimulus: stimulus?.sha256 ?? null,
      rationale: v.rationale,
    })
    const before =
      v.code === null
        ? await one<Standing>(
            tx,
            `${STANDING} WHERE i.instrument_id = $1 AND i.writer_id IS NOT DISTINCT FROM $2 AND i.state = 'draft' AND v.version = 1 AND v.sha256 = $3 ORDER BY i.code LIMIT 1`,
            [v.instrumentId, by.userId, hash],
          )
        : await one<Standing>(tx, `${STANDING} WHERE i.instrument_id = $1 AND i.code = $2`, [v.instrumentId, v.code])
    if (before?.sha256 === hash) return { itemId: before.id, code: before.code, version: before.version, changed: false }
    if (v.code !== null && !before) throw new Error(`no item ${v.code} in this instrument`)
    const code = v.code ?? (await nextCode(tx, v.instrumentId))
    const itemId = before?.id ?? uuidv7()
    if (!before)
      await tx.query(`INSERT INTO item (id, instrument_id, code, state, writer_id) VALUES ($1,$2,$3,'draft',$4)`, [
        itemId,
        v.instrumentId,
        code,
        by.userId,
      ])
    const version = (before?.version ?? 0) + 1
    await tx.query(
      `INSERT INTO item_version (id, item_id, version, sha256, type, content, scoring, max_score, rationale, cognitive_level, node_id, domain_id, stimulus_id, created_at)
       VALUES ($1,$2,$3,$4,$5,$6,$7,1,$8,$9,$10,$11,$12,$13)`,
      [
        uuidv7(),
        itemId,
        version,
        hash,
        v.type,
        JSON.stringify(v.content),
        JSON.stringify(v.scoring),
        v.rationale,
        v.level,
        node.id,
        domain.id,
        stimulus?.id ?? null,
        now,
      ],
    )
    await tx.query(`UPDATE item SET state = 'draft' WHERE id = $1`, [itemId])
    await tx.query(
      `INSERT INTO item_event (id, item_id, kind, version, state, reason, user_id, user_name, at) VALUES ($1,$2,$3,$4,'draft',$5,$6,$7,$8)`,
      [uuidv7(), itemId, before ? kind : `${kind}-new`, version, reason, by.userId, by.name, now],
    )
    return { itemId, code, version, changed: true }
  })
}
