import { uuidv7 } from 'uuidv7'
import type { Transaction } from '@/lib/platform/db'
import { sql } from '@/lib/platform/db'
import type { ItemScoring } from '@/lib/items/model'

/** The newest correction of each item version among those in force and those made up to a moment (null: only those in force). */
export const corrections = (itemVersionIds: string[], madeUpTo: Date | null) =>
  sql<{ itemVersionId: string; scoring: ItemScoring }>(
    `SELECT DISTINCT ON (item_version_id) item_version_id AS "itemVersionId", scoring FROM key_correction
      WHERE item_version_id = ANY($1::uuid[]) AND (created_at <= $2::timestamptz OR released_at IS NOT NULL) ORDER BY item_version_id, created_at DESC, id DESC`,
    [itemVersionIds, madeUpTo],
  )

/** A choice item's current key (corrections included) and options; null for other items. */
export async function choiceItem(itemVersionId: string): Promise<{ scoring: ItemScoring; options: string[] } | null> {
  const [row] = await sql<{ scoring: ItemScoring; content: { options?: { id: string }[] } }>(
    `SELECT coalesce((SELECT k.scoring FROM key_correction k WHERE k.item_version_id = v.id ORDER BY k.created_at DESC, k.id DESC LIMIT 1), v.scoring) AS scoring, v.content
       FROM item_version v WHERE v.id = $1`,
    [itemVersionId],
  )
  return row ? { scoring: row.scoring, options: (row.content.options ?? []).map((o) => o.id) } : null
}

export async function addCorrection(
  c: { itemVersionId: string; scoring: ItemScoring; reason: string; createdBy: string | null },
  now: Date,
): Promise<void> {
  await sql(`INSERT INTO key_correction (id, item_version_id, scoring, reason, created_by, created_at) VALUES ($1,$2,$3,$4,$5,$6)`, [
    uuidv7(),
    c.itemVersionId,
    JSON.stringify(c.scoring),
    c.reason,
    c.createdBy,
    now,
  ])
}

export const history = (itemVersionIds: string[]) =>
  sql<{ itemVersionId: string; scoring: ItemScoring; reason: string; createdBy: string | null; createdAt: Date; releasedAt: Date | null }>(
    `SELECT item_version_id AS "itemVersionId", scoring, reason, created_by AS "createdBy", created_at AS "createdAt", released_at AS "releasedAt" FROM key_correction
      WHERE item_version_id = ANY($1::uuid[]) ORDER BY created_at DESC`,
    [itemVersionIds],
  )

/** Puts corrections made before `before` into force; returns how many there were. */
export async function release(tx: Transaction, instrumentId: string, before: Date, now: Date): Promise<number> {
  const done = await tx.query(
    `UPDATE key_correction k SET released_at = $3 FROM item_version v JOIN item i ON i.id = v.item_id
      WHERE v.id = k.item_version_id AND i.instrument_id = $1 AND k.created_at <= $2 AND k.released_at IS NULL`,
    [instrumentId, before, now],
  )
  return done.rowCount ?? 0
}
