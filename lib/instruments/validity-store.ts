import { uuidv7 } from 'uuidv7'
import { inTransaction, insertMany, sql } from '@/lib/platform/db'

export type RatingRow = {
  itemVersionId: string
  userId: string | null
  expertName: string
  relevance: number
  comment: string
  simulated: boolean
  at: Date
}

const COLUMNS = `item_version_id AS "itemVersionId", user_id AS "userId", expert_name AS "expertName", relevance, comment, simulated, at`

/** Ratings of these item versions, oldest first. */
export const ratingsOf = (itemVersionIds: string[]) =>
  sql<RatingRow>(`SELECT ${COLUMNS} FROM expert_rating WHERE item_version_id = ANY($1::uuid[]) ORDER BY at, id`, [itemVersionIds])

/** What one expert said about these item versions. */
export const ratingsBy = (userId: string, itemVersionIds: string[]) =>
  sql<RatingRow>(`SELECT ${COLUMNS} FROM expert_rating WHERE user_id = $1 AND item_version_id = ANY($2::uuid[])`, [userId, itemVersionIds])

/** An expert's judgement of an item; the newest counts. */
export async function saveRating(
  r: { itemVersionId: string; userId: string; expertName: string; relevance: number; comment: string },
  now: Date,
): Promise<void> {
  await sql(
    `INSERT INTO expert_rating (id, item_version_id, user_id, expert_name, relevance, comment, at) VALUES ($1,$2,$3,$4,$5,$6,$7)
     ON CONFLICT (item_version_id, user_id) DO UPDATE SET expert_name = excluded.expert_name, relevance = excluded.relevance, comment = excluded.comment, at = excluded.at`,
    [uuidv7(), r.itemVersionId, r.userId, r.expertName, r.relevance, r.comment, now],
  )
}

/** Ratings of experts without an account, for simulated reviews. */
export const insertRatings = (rows: Omit<RatingRow, 'at'>[], now: Date) =>
  inTransaction((tx) =>
    insertMany(
      tx,
      'expert_rating',
      {
        id: 'uuid',
        item_version_id: 'uuid',
        user_id: 'uuid',
        expert_name: 'text',
        relevance: 'int',
        comment: 'text',
        simulated: 'bool',
        at: 'timestamptz',
      },
      rows.map((r) => [uuidv7(), r.itemVersionId, r.userId, r.expertName, r.relevance, r.comment, r.simulated, now]),
    ),
  )

/** Instruments with the number of items of their newest form and how many of them this account has rated. */
export const reviewCounts = (userId: string | null) =>
  sql<{ id: string; code: string; title: string; competencyCode: string; items: number; rated: number }>(
    `WITH rated AS (
       SELECT i.id AS instrument_id, fi.item_version_id FROM instrument i
         JOIN LATERAL (SELECT id FROM form WHERE instrument_id = i.id AND NOT practice ORDER BY label NULLS LAST, frozen_at DESC, id DESC LIMIT 1) f ON true
         JOIN form_item fi ON fi.form_id = f.id
       UNION
       SELECT i.instrument_id, v.id FROM item i JOIN LATERAL (SELECT id FROM item_version WHERE item_id = i.id ORDER BY version DESC LIMIT 1) v ON true
        WHERE i.state = 'validation')
     SELECT i.id, i.code, i.title, i.competency_code AS "competencyCode", count(*)::int AS items, count(e.id)::int AS rated
       FROM instrument i LEFT JOIN subject s ON s.id = i.subject_id JOIN rated r ON r.instrument_id = i.id
       LEFT JOIN expert_rating e ON e.item_version_id = r.item_version_id AND e.user_id = $1
      GROUP BY i.id, s.sort ORDER BY i.competency_code DESC, s.sort, i.title`,
    [userId],
  )
