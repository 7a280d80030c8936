import { uuidv7 } from 'uuidv7'
import { inTransaction, sql } from '@/lib/platform/db'
import type { ItemContent, ItemScoring } from '@/lib/items/model'
import { sha } from './store'

/** Items at work: drafts, versions, events, tasks, reviews, enemies. */
export type Person = { userId: string | null; name: string }

export type WorkItem = {
  id: string
  code: string
  instrumentId: string
  instrumentCode: string
  state: string
  writerId: string | null
  family: string | null
  anchor: boolean
  /** Stands in a practice form and so in no form that counts. */
  practice: boolean
  compromisedAt: Date | null
  compromisedReason: string | null
  versionId: string
  version: number
  type: string
  content: ItemContent
  scoring: ItemScoring
  rationale: string
  level: string
  nodeCode: string
  domainCode: string
  domainTitle: string
  stimulusCode: string | null
  stimulus: unknown
  savedAt: Date
}

const ITEM = `
  SELECT i.id, i.code, i.instrument_id AS "instrumentId", n.code AS "instrumentCode", i.state, i.writer_id AS "writerId", i.family, i.anchor, i.practice,
         i.compromised_at AS "compromisedAt", i.compromised_reason AS "compromisedReason", v.id AS "versionId", v.version, v.type, v.content, v.scoring,
         v.rationale, v.cognitive_level AS level, f.code AS "nodeCode", d.code AS "domainCode", d.title AS "domainTitle",
         s.code AS "stimulusCode", s.body AS stimulus, v.created_at AS "savedAt"
    FROM item i JOIN instrument n ON n.id = i.instrument_id
    JOIN LATERAL (SELECT * FROM item_version WHERE item_id = i.id ORDER BY version DESC LIMIT 1) v ON true
    JOIN framework_node f ON f.id = v.node_id JOIN content_domain d ON d.id = v.domain_id LEFT JOIN stimulus s ON s.id = v.stimulus_id`

export const itemsOf = (instrumentId: string) => sql<WorkItem>(`${ITEM} WHERE i.instrument_id = $1 ORDER BY i.code`, [instrumentId])
export const itemByCode = async (code: string) => (await sql<WorkItem>(`${ITEM} WHERE i.code = $1`, [code]))[0] ?? null

type Words = { type: string; content: unknown; scoring: unknown; rationale: string; stimulus: { body: unknown } | null }
/** The item of an instrument that has said exactly this in any of its versions, with its latest version; null when none has. */
export const itemWith = async (instrumentId: string, w: Words) =>
  (
    await sql<{ itemId: string; code: string; version: number }>(
      `SELECT i.id AS "itemId", i.code, (SELECT max(version) FROM item_version WHERE item_id = i.id) AS version
         FROM item i JOIN item_version v ON v.item_id = i.id LEFT JOIN stimulus s ON s.id = v.stimulus_id
        WHERE i.instrument_id = $1 AND v.type = $2 AND v.content = $3::jsonb AND v.scoring = $4::jsonb AND v.rationale = $5
          AND s.sha256 IS NOT DISTINCT FROM $6
        ORDER BY i.code LIMIT 1`,
      [instrumentId, w.type, JSON.stringify(w.content), JSON.stringify(w.scoring), w.rationale, w.stimulus ? sha(w.stimulus.body) : null],
    )
  )[0] ?? null

export const itemsByIds = (ids: string[]) => sql<WorkItem>(`${ITEM} WHERE i.id = ANY($1::uuid[]) ORDER BY i.code`, [ids])

export type EventRow = { kind: string; version: number | null; state: string | null; reason: string; userName: string; at: Date }
export const eventsOf = (itemId: string) =>
  sql<EventRow>(`SELECT kind, version, state, reason, user_name AS "userName", at FROM item_event WHERE item_id = $1 ORDER BY at, id`, [
    itemId,
  ])

/** Moves an item when it still is where the mover saw it, and writes why. */
export async function moveItem(
  itemId: string,
  from: string,
  to: string,
  version: number,
  reason: string,
  by: Person,
  now: Date,
): Promise<boolean> {
  return inTransaction(async (tx) => {
    const { rowCount } = await tx.query(`UPDATE item SET state = $3 WHERE id = $1 AND state = $2`, [itemId, from, to])
    if (!rowCount) return false
    await tx.query(
      `INSERT INTO item_event (id, item_id, kind, version, state, reason, user_id, user_name, at) VALUES ($1,$2,'moved',$3,$4,$5,$6,$7,$8)`,
      [uuidv7(), itemId, version, to, reason, by.userId, by.name, now],
    )
    return true
  })
}

/** Family, anchor, leak: properties of the item itself. */
export async function markItem(
  itemId: string,
  set: { family?: string | null; anchor?: boolean; compromised?: string | null },
  kind: string,
  reason: string,
  by: Person,
  now: Date,
): Promise<void> {
  await inTransaction(async (tx) => {
    if (set.family !== undefined) await tx.query(`UPDATE item SET family = $2 WHERE id = $1`, [itemId, set.family])
    if (set.anchor !== undefined) await tx.query(`UPDATE item SET anchor = $2 WHERE id = $1`, [itemId, set.anchor])
    if (set.compromised !== undefined)
      await tx.query(`UPDATE item SET compromised_at = $2, compromised_reason = $3 WHERE id = $1`, [
        itemId,
        set.compromised === null ? null : now,
        set.compromised,
      ])
    await tx.query(`INSERT INTO item_event (id, item_id, kind, reason, user_id, user_name, at) VALUES ($1,$2,$3,$4,$5,$6,$7)`, [
      uuidv7(),
      itemId,
      kind,
      reason,
      by.userId,
      by.name,
      now,
    ])
  })
}

export const enemiesOf = (itemIds: string[]) =>
  sql<{ a: string; b: string; aCode: string; bCode: string }>(
    `SELECT e.item_id AS a, e.other_id AS b, x.code AS "aCode", y.code AS "bCode" FROM item_enemy e JOIN item x ON x.id = e.item_id JOIN item y ON y.id = e.other_id
      WHERE e.item_id = ANY($1::uuid[]) OR e.other_id = ANY($1::uuid[])`,
    [itemIds],
  )

/** Two items that may not meet in a form; said once whichever was named first. */
export async function setEnemies(a: string, b: string, enemies: boolean): Promise<void> {
  const [first, second] = [a, b].sort() as [string, string]
  if (enemies) await sql(`INSERT INTO item_enemy (item_id, other_id) VALUES ($1,$2) ON CONFLICT DO NOTHING`, [first, second])
  else await sql(`DELETE FROM item_enemy WHERE item_id = $1 AND other_id = $2`, [first, second])
}

export type ReviewRow = {
  itemVersionId: string
  version: number
  userId: string
  userName: string
  verdict: string
  comment: string
  at: Date
}
export const reviewsOf = (itemIds: string[]) =>
  sql<ReviewRow & { itemId: string }>(
    `SELECT v.item_id AS "itemId", r.item_version_id AS "itemVersionId", v.version, r.user_id AS "userId", r.user_name AS "userName", r.verdict, r.comment, r.at
       FROM item_review r JOIN item_version v ON v.id = r.item_version_id WHERE v.item_id = ANY($1::uuid[]) ORDER BY r.at, r.id`,
    [itemIds],
  )

export async function saveReview(r: { itemVersionId: string; verdict: string; comment: string }, by: Person, now: Date): Promise<void> {
  await sql(
    `INSERT INTO item_review (id, item_version_id, user_id, user_name, verdict, comment, at) VALUES ($1,$2,$3,$4,$5,$6,$7)
     ON CONFLICT (item_version_id, user_id) DO UPDATE SET verdict = excluded.verdict, comment = excluded.comment, at = excluded.at`,
    [uuidv7(), r.itemVersionId, by.userId, by.name, r.verdict, r.comment, now],
  )
}

export type TaskRow = {
  id: string
  kind: string
  instrumentId: string
  instrumentCode: string
  instrumentTitle: string
  itemId: string | null
  itemCode: string | null
  itemState: string | null
  userId: string
  userName: string
  nodeCode: string | null
  domainCode: string | null
  level: string | null
  type: string | null
  count: number
  written: number
  note: string
  createdAt: Date
  doneAt: Date | null
}
const TASK = `
  SELECT t.id, t.kind, t.instrument_id AS "instrumentId", n.code AS "instrumentCode", n.title AS "instrumentTitle", t.item_id AS "itemId", i.code AS "itemCode",
         i.state AS "itemState", t.user_id AS "userId", u.name AS "userName", t.node_code AS "nodeCode", t.domain_code AS "domainCode", t.level, t.type,
         t.count, t.note, t.created_at AS "createdAt", t.done_at AS "doneAt",
         (SELECT count(*)::int FROM item w WHERE t.kind = 'write' AND w.instrument_id = t.instrument_id AND w.writer_id = t.user_id
            AND EXISTS (SELECT 1 FROM item_event e WHERE e.item_id = w.id AND e.at >= t.created_at AND e.kind LIKE '%-new')) AS written
    FROM item_task t JOIN instrument n ON n.id = t.instrument_id JOIN user_account u ON u.id = t.user_id LEFT JOIN item i ON i.id = t.item_id`
export const tasksOf = (userId: string) =>
  sql<TaskRow>(`${TASK} WHERE t.user_id = $1 ORDER BY t.done_at NULLS FIRST, t.created_at, t.id`, [userId])
export const tasksIn = (instrumentId: string) =>
  sql<TaskRow>(`${TASK} WHERE t.instrument_id = $1 ORDER BY t.done_at NULLS FIRST, t.created_at, t.id`, [instrumentId])
/** Instruments whose items this expert was asked to judge for relevance. */
export const validatedBy = async (userId: string): Promise<string[]> =>
  (
    await sql<{ id: string }>(
      `SELECT DISTINCT instrument_id AS id FROM item_task WHERE kind = 'validate' AND user_id = $1 AND done_at IS NULL`,
      [userId],
    )
  ).map((r) => r.id)
export const taskById = async (id: string) => (await sql<TaskRow>(`${TASK} WHERE t.id = $1`, [id]))[0] ?? null

export async function addTask(
  t: Pick<TaskRow, 'kind' | 'instrumentId' | 'itemId' | 'userId' | 'nodeCode' | 'domainCode' | 'level' | 'type' | 'count' | 'note'>,
  by: Person,
  now: Date,
): Promise<string> {
  const id = uuidv7()
  await sql(
    `INSERT INTO item_task (id, instrument_id, item_id, user_id, kind, node_code, domain_code, level, type, count, note, created_by, created_at)
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
    [id, t.instrumentId, t.itemId, t.userId, t.kind, t.nodeCode, t.domainCode, t.level, t.type, t.count, t.note, by.userId, now],
  )
  return id
}

export const finishTask = (id: string, now: Date) => sql(`UPDATE item_task SET done_at = coalesce(done_at, $2) WHERE id = $1`, [id, now])

/** People who may write and review: accounts with the expert's role. */
export const experts = () =>
  sql<{ id: string; name: string; email: string }>(
    `SELECT DISTINCT u.id, u.name, u.email FROM user_account u JOIN role_grant g ON g.user_id = u.id WHERE g.role = 'pakar' AND u.active ORDER BY u.name, u.id`,
  )

/** Items of the same instrument whose text is near to this one, most alike first. Likeness 0–1 by trigrams. */
export const nearDuplicates = (instrumentId: string, code: string, words: string) =>
  sql<{ code: string; state: string; likeness: number }>(
    `SELECT code, state, likeness FROM (
       SELECT i.code, i.state, similarity(v.content::text, $3)::float8 AS likeness
         FROM item i JOIN LATERAL (SELECT content FROM item_version WHERE item_id = i.id ORDER BY version DESC LIMIT 1) v ON true
        WHERE i.instrument_id = $1 AND i.code <> $2) x WHERE likeness >= 0.6 ORDER BY likeness DESC LIMIT 5`,
    [instrumentId, code, words],
  )

export type UseRow = {
  formId: string
  formCode: string
  label: string | null
  practice: boolean
  version: number
  position: number
  frozenAt: Date
}
/** Every form that an item stands in. */
export const usesOf = (itemId: string) =>
  sql<UseRow>(
    `SELECT f.id AS "formId", f.code AS "formCode", f.label, f.practice, v.version, fi.position, f.frozen_at AS "frozenAt"
       FROM form_item fi JOIN form f ON f.id = fi.form_id JOIN item_version v ON v.id = fi.item_version_id WHERE v.item_id = $1 ORDER BY f.frozen_at, f.code`,
    [itemId],
  )

export const versionsOf = (itemId: string) =>
  sql<{ id: string; version: number; createdAt: Date; content: ItemContent; scoring: ItemScoring }>(
    `SELECT id, version, created_at AS "createdAt", content, scoring FROM item_version WHERE item_id = $1 ORDER BY version DESC`,
    [itemId],
  )

/** How many items each state holds, by instrument. */
export const stateCounts = () =>
  sql<{ instrumentId: string; state: string; n: number }>(
    `SELECT instrument_id AS "instrumentId", state, count(*)::int AS n FROM item GROUP BY 1, 2`,
  )

export const familyOf = (instrumentId: string, family: string) =>
  sql<{ code: string; state: string }>(`SELECT code, state FROM item WHERE instrument_id = $1 AND family = $2 ORDER BY code`, [
    instrumentId,
    family,
  ])

/** Items that one person wrote, newest first. */
export const itemsBy = (userId: string) => sql<WorkItem>(`${ITEM} WHERE i.writer_id = $1 ORDER BY v.created_at DESC, i.code`, [userId])
