import { uuidv7 } from 'uuidv7'
import { inTransaction, insertMany, sql, type Transaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { sha } from './store'

/**
 * Frozen forms. A form counts or is for practice, once and for all; no item stands in both kinds. Whoever freezes a form or marks one
 * holds the lock of its instrument, so that two who do so at the same time are judged one after the other.
 */

const lockInstrument = (tx: Transaction, instrumentId: string) =>
  tx.query(`SELECT 1 FROM instrument WHERE id = $1 FOR UPDATE`, [instrumentId])

const codesOf = (rows: { code: string }[]) => rows.map((r) => r.code).join(', ')

/** Item codes of these versions that stand in a form that counts, `except` one form. */
async function countingItems(tx: Transaction, versionIds: string[], except: string | null): Promise<{ code: string }[]> {
  const { rows } = await tx.query<{ code: string }>(
    `SELECT DISTINCT i.code FROM item_version v JOIN item i ON i.id = v.item_id JOIN item_version any_version ON any_version.item_id = i.id
       JOIN form_item fi ON fi.item_version_id = any_version.id JOIN form f ON f.id = fi.form_id
      WHERE v.id = ANY($1::uuid[]) AND NOT f.practice AND f.id IS DISTINCT FROM $2::uuid ORDER BY i.code`,
    [versionIds, except],
  )
  return rows
}

const markItems = (tx: Transaction, versionIds: string[]) =>
  tx.query(`UPDATE item SET practice = true WHERE NOT practice AND id IN (SELECT item_id FROM item_version WHERE id = ANY($1::uuid[]))`, [
    versionIds,
  ])

/**
 * Freezes the latest versions of these items (all of the instrument that are not for practice where none are named), in the order
 * given, as a form; the same content gives the same form. Parallel forms carry a label. Refused when an item of a form that counts is
 * for practice, or an item of a practice form stands in one that counts.
 */
export async function freezeForm(
  instrumentId: string,
  now: Date,
  form: { label: string | null; items: string[]; practice?: boolean } | null = null,
): Promise<Result<string>> {
  const practice = form?.practice ?? false
  return inTransaction(async (tx) => {
    await lockInstrument(tx, instrumentId)
    const { rows } = await tx.query<{ id: string; sha256: string; code: string; practice: boolean }>(
      `SELECT id, sha256, code, practice FROM (SELECT DISTINCT ON (i.code) i.code, i.practice, v.id, v.sha256 FROM item i JOIN item_version v ON v.item_id = i.id
         WHERE i.instrument_id = $1 AND ($2::text[] IS NULL AND NOT i.practice OR i.code = ANY($2)) ORDER BY i.code, v.version DESC) x
        ORDER BY array_position($2, code), code`,
      [instrumentId, form?.items ?? null],
    )
    const versionIds = rows.map((r) => r.id)
    const wrong = practice ? await countingItems(tx, versionIds, null) : rows.filter((r) => r.practice)
    if (wrong.length && practice)
      return refuse(
        'counts',
        `${codesOf(wrong)} berada di formulir yang dihitung, jadi tidak boleh dilihat dalam latihan. Tidak ada yang dibekukan. Pilih butir yang belum berada di formulir mana pun.`,
      )
    if (wrong.length)
      return refuse(
        'practice',
        `${codesOf(wrong)} adalah butir latihan yang boleh dilihat siapa saja, jadi tidak boleh berada di formulir yang dihitung. Tidak ada yang dibekukan. Ganti dengan butir lain.`,
      )
    if (practice) await markItems(tx, versionIds)
    const label = form?.label ?? null
    const hash = sha(rows.map((r) => r.sha256))
    const known = (await tx.query<{ id: string }>(`SELECT id FROM form WHERE instrument_id = $1 AND sha256 = $2`, [instrumentId, hash]))
      .rows[0]
    if (known) {
      await tx.query(`UPDATE form SET label = coalesce(label, $2) WHERE id = $1`, [known.id, label])
      return ok(known.id)
    }
    const code = (
      await tx.query<{ code: string }>(
        `SELECT i.code || '-' || (1 + (SELECT count(*) FROM form f WHERE f.instrument_id = i.id))::text AS code FROM instrument i WHERE i.id = $1`,
        [instrumentId],
      )
    ).rows[0]!.code
    const id = uuidv7()
    await tx.query(`INSERT INTO form (id, instrument_id, code, label, sha256, frozen_at, practice) VALUES ($1,$2,$3,$4,$5,$6,$7)`, [
      id,
      instrumentId,
      code,
      label,
      hash,
      now,
      practice,
    ])
    await insertMany(
      tx,
      'form_item',
      { form_id: 'uuid', position: 'int', item_version_id: 'uuid' },
      rows.map((r, i) => [id, i + 1, r.id]),
    )
    return ok(id)
  })
}

export type LockedForm = { id: string; code: string; practice: boolean; instrumentCode: string }

/** A form with its instrument, both locked: until the transaction ends nobody freezes here, and no cycle or seat takes the form. */
export async function lockForm(tx: Transaction, formId: string): Promise<LockedForm | null> {
  const { rows } = await tx.query<{ instrumentId: string }>(`SELECT instrument_id AS "instrumentId" FROM form WHERE id = $1`, [formId])
  if (!rows[0]) return null
  await lockInstrument(tx, rows[0].instrumentId)
  const locked = await tx.query<LockedForm>(
    `SELECT f.id, f.code, f.practice, i.code AS "instrumentCode" FROM form f JOIN instrument i ON i.id = f.instrument_id WHERE f.id = $1 FOR UPDATE OF f`,
    [formId],
  )
  return locked.rows[0] ?? null
}

/**
 * Marks a locked form and its items as practice, for good. Refused, with nothing changed, when an item stands in another form that
 * counts or is an anchor. Whether a cycle uses the form is for the caller to know.
 */
export async function markPractice(tx: Transaction, form: LockedForm): Promise<Result<null>> {
  const { rows } = await tx.query<{ id: string; code: string; anchor: boolean }>(
    `SELECT v.id, i.code, i.anchor FROM form_item fi JOIN item_version v ON v.id = fi.item_version_id JOIN item i ON i.id = v.item_id WHERE fi.form_id = $1 ORDER BY i.code`,
    [form.id],
  )
  const versionIds = rows.map((r) => r.id)
  const elsewhere = await countingItems(tx, versionIds, form.id)
  if (elsewhere.length)
    return refuse(
      'counts',
      `${codesOf(elsewhere)} juga berada di formulir lain yang dihitung. Formulir ${form.code} tidak berubah. Rakit formulir latihan dari butir yang tidak berada di formulir lain.`,
    )
  const anchors = rows.filter((r) => r.anchor)
  if (anchors.length)
    return refuse(
      'anchor',
      `${codesOf(anchors)} ditandai jangkar, dan jangkar tidak boleh dilihat di luar tes. Formulir ${form.code} tidak berubah. Cabut dahulu tanda jangkarnya, atau pilih formulir lain.`,
    )
  await tx.query(`UPDATE form SET practice = true WHERE id = $1`, [form.id])
  await markItems(tx, versionIds)
  return ok(null)
}

/** The form that counts where nothing else was chosen, of the instrument for a competency and, where the competency is tested by subject, a subject. */
export async function findForm(
  competencyCode: string,
  subjectId: string | null,
): Promise<{ formId: string; instrumentId: string; title: string } | null> {
  const rows = await sql<{ formId: string; instrumentId: string; title: string }>(
    `SELECT f.id AS "formId", i.id AS "instrumentId", i.title FROM instrument i JOIN form f ON f.instrument_id = i.id
      WHERE i.competency_code = $1 AND (i.subject_id IS NULL OR i.subject_id = $2) AND NOT f.practice
      ORDER BY f.label NULLS LAST, f.frozen_at DESC, f.id DESC LIMIT 1`,
    [competencyCode, subjectId],
  )
  return rows[0] ?? null
}

export type LatestForm = {
  formId: string
  instrumentId: string
  title: string
  competencyCode: string
  subjectId: string | null
  practice: boolean
}

/** The form of every instrument that is used where nothing else was chosen: the newest one with the first label, of those that count or of those for practice. */
export const latestForms = ({ practice } = { practice: false }) =>
  sql<LatestForm>(
    `SELECT DISTINCT ON (i.id) f.id AS "formId", i.id AS "instrumentId", i.title, i.competency_code AS "competencyCode", i.subject_id AS "subjectId", f.practice
       FROM instrument i JOIN form f ON f.instrument_id = i.id WHERE f.practice = $1 ORDER BY i.id, f.label NULLS LAST, f.frozen_at DESC, f.id DESC`,
    [practice],
  )

export type FormRow = {
  formId: string
  code: string
  instrumentId: string
  title: string
  competencyCode: string
  subjectId: string | null
  /** Letter of a parallel form; null where the instrument has one form. */
  label: string | null
  /** For practice only; every other form counts. */
  practice: boolean
  items: number
  frozenAt: Date
}

const FORM = `f.id AS "formId", f.code, f.label, f.practice, i.id AS "instrumentId", i.title, i.competency_code AS "competencyCode", i.subject_id AS "subjectId",
       f.frozen_at AS "frozenAt", (SELECT count(*)::int FROM form_item WHERE form_id = f.id) AS items FROM form f JOIN instrument i ON i.id = f.instrument_id`

/** Every frozen form of both kinds, oldest first within its instrument. */
export const allForms = () => sql<FormRow>(`SELECT ${FORM} ORDER BY i.competency_code, i.title, f.code`)

/** The frozen forms of one instrument, newest first. */
export const formsOfInstrument = (instrumentId: string) =>
  sql<FormRow>(`SELECT ${FORM} WHERE i.id = $1 ORDER BY f.frozen_at DESC, f.code DESC`, [instrumentId])

/** The newest form that counts, of each label of every instrument. */
export const newestForms = () =>
  sql<FormRow>(
    `SELECT DISTINCT ON (i.id, f.label) ${FORM} WHERE NOT f.practice ORDER BY i.id, f.label NULLS LAST, f.frozen_at DESC, f.id DESC`,
  )

/** How many items two forms share, whatever their versions; pairs without any are left out. */
export const formOverlaps = (formIds: string[]) =>
  sql<{ a: string; b: string; items: number }>(
    `WITH held AS (SELECT DISTINCT f.form_id, v.item_id FROM form_item f JOIN item_version v ON v.id = f.item_version_id WHERE f.form_id = ANY($1::uuid[]))
     SELECT x.form_id AS a, y.form_id AS b, count(*)::int AS items FROM held x JOIN held y ON y.item_id = x.item_id GROUP BY 1, 2`,
    [formIds],
  )
