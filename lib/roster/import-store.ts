import { uuidv7 } from 'uuidv7'
import { inTransaction, insertMany, sql, type Transaction } from '@/lib/platform/db'
import { takeTurn } from '@/lib/platform/turn-store'
import { rowKey, type Known, type Plan } from './import'
import type { Choices, PreviewRow } from './model'

/** Queries of the roster import: what is known, the batch, applying it in one transaction, undoing it. */

export async function loadKnown(): Promise<Known> {
  const [subjects, regions, levels, schools, teachers, remembered] = await Promise.all([
    sql<Known['subjects'][number]>(`SELECT code, name, aliases FROM subject`),
    sql<Known['regions'][number]>(`SELECT id, name, short_name AS "shortName", aliases FROM region WHERE kind <> 'provinsi'`),
    sql<{ code: string }>(`SELECT code FROM education_level`),
    sql<Known['schools'][number]>(`SELECT id, npsn, name, region_id AS "regionId" FROM school`),
    sql<Known['teachers'][number]>(TEACHER_STATE),
    sql<NonNullable<Known['remembered']>[number]>(`SELECT kind, key, value FROM roster_answer ORDER BY at`),
  ])
  return { subjects, regions, levels: levels.map((l) => l.code), schools, teachers, remembered }
}

const TEACHER_STATE = `SELECT t.id, t.name, t.sex, to_char(t.birth_date, 'YYYY-MM-DD') AS "birthDate", t.email, t.phone, t.school_id AS "schoolId", s.code AS "subjectCode",
    n.value AS nuptk, p.value AS nip, ts.status, ts.role
  FROM teacher t LEFT JOIN subject s ON s.id = t.subject_id
  LEFT JOIN teacher_identifier n ON n.teacher_id = t.id AND n.scheme = 'NUPTK' LEFT JOIN teacher_identifier p ON p.teacher_id = t.id AND p.scheme = 'NIP'
  LEFT JOIN LATERAL (SELECT status, role FROM teacher_status x WHERE x.teacher_id = t.id AND x.valid_to IS NULL ORDER BY valid_from DESC LIMIT 1) ts ON true WHERE t.erased_at IS NULL`

export type BatchRow = {
  id: string
  fileName: string
  sha256: string
  state: string
  progress: { npsn?: string | null; choices?: unknown; job?: string; refusal?: string; createdSchools?: string[]; undone?: number } | null
  createdAt: Date
  appliedAt: Date | null
  undoneAt: Date | null
}
const BATCH = `SELECT id, file_name AS "fileName", sha256, state, progress, created_at AS "createdAt", applied_at AS "appliedAt", undone_at AS "undoneAt" FROM import_batch`

export async function createBatch(
  b: { fileName: string; sha256: string; file: Buffer; npsn: string | null; choices?: Choices; createdBy: string | null },
  now: Date,
): Promise<string> {
  const id = uuidv7()
  await sql(
    `INSERT INTO import_batch (id, file_name, sha256, state, file, progress, created_by, created_at) VALUES ($1,$2,$3,'reading',$4,$5,$6,$7)`,
    [id, b.fileName, b.sha256, b.file, JSON.stringify({ npsn: b.npsn, ...(b.choices ? { choices: b.choices } : {}) }), b.createdBy, now],
  )
  return id
}
export const batch = async (id: string) => (await sql<BatchRow>(`${BATCH} WHERE id = $1`, [id]))[0] ?? null
export const batches = () => sql<BatchRow>(`${BATCH} ORDER BY created_at DESC LIMIT 30`)
export const batchPreview = async (id: string) =>
  (await sql<{ preview: unknown }>(`SELECT preview FROM import_batch WHERE id = $1`, [id]))[0]?.preview ?? null
export const batchFile = async (id: string) =>
  (await sql<{ file: Buffer | null }>(`SELECT file FROM import_batch WHERE id = $1`, [id]))[0]?.file ?? null
/** The batch of the same file by the same person that still waits for a decision. */
export const openBatch = async (b: { sha256: string; npsn: string | null; createdBy: string | null }): Promise<string | null> =>
  (
    await sql<{ id: string }>(
      `SELECT id FROM import_batch WHERE sha256 = $1 AND progress->>'npsn' IS NOT DISTINCT FROM $2 AND created_by IS NOT DISTINCT FROM $3::uuid
          AND state IN ('reading', 'previewed') ORDER BY created_at LIMIT 1`,
      [b.sha256, b.npsn, b.createdBy],
    )
  )[0]?.id ?? null

/** Keeps the preview of a batch that is being read; one that was decided meanwhile stays as it is. */
export async function savePreview(id: string, preview: unknown): Promise<void> {
  await sql(`UPDATE import_batch SET state = 'previewed', preview = $2 WHERE id = $1 AND state = 'reading'`, [id, JSON.stringify(preview)])
}

/** Puts choices beside a batch that waits for a decision and has it read again by that job; false when it was decided or is being read. */
export async function chooseInBatch(tx: Transaction, id: string, choices: Choices, job: string): Promise<boolean> {
  const taken = await tx.query(
    `UPDATE import_batch SET state = 'reading', preview = NULL, progress = coalesce(progress, '{}'::jsonb) || $2::jsonb
      WHERE id = $1 AND state = 'previewed' AND file IS NOT NULL RETURNING id`,
    [id, JSON.stringify({ choices, job })],
  )
  return taken.rows.length === 1
}

export type Answer = { kind: 'header' | 'answer'; key: string; value: string; teacherId: string | null }
/** Remembers answers for the next file; the latest counts. */
export async function rememberAnswers(tx: Transaction, answers: Answer[], by: string | null, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO roster_answer (id, kind, key, value, teacher_id, answered_by, at)
     SELECT x.id, x.kind, x.key, x.value, x."teacherId", $2, $3
       FROM jsonb_to_recordset($1::jsonb) AS x(id uuid, kind text, key text, value text, "teacherId" uuid)
     ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, teacher_id = excluded.teacher_id, answered_by = excluded.answered_by, at = excluded.at`,
    [JSON.stringify(answers.map((a) => ({ id: uuidv7(), ...a }))), by, now],
  )
}

/** Refuses a batch that nobody has decided about yet: the file goes, and with it what was read of it. */
export async function refuseBatch(id: string, refusal: string): Promise<void> {
  await sql(
    `UPDATE import_batch SET file = NULL, preview = NULL, state = 'refused', progress = coalesce(progress, '{}'::jsonb) || $2::jsonb
      WHERE id = $1 AND state IN ('reading', 'previewed')`,
    [id, JSON.stringify({ refusal })],
  )
}

/** Empties batches that nobody decided about since `before`: the file and the preview, which holds the same people. Tells how many. */
export async function abandonBatches(before: Date): Promise<number> {
  const gone = await sql(
    `UPDATE import_batch SET state = 'abandoned', file = NULL, preview = NULL
      WHERE state IN ('reading', 'previewed') AND created_at < $1 RETURNING id`,
    [before],
  )
  return gone.length
}

/** Takes a batch that waits for a decision out of the way; false when it was decided meanwhile. */
export async function discardBatch(id: string): Promise<boolean> {
  const gone = await sql(
    `UPDATE import_batch SET state = 'abandoned', file = NULL, preview = NULL WHERE id = $1 AND state IN ('reading', 'previewed') RETURNING id`,
    [id],
  )
  return gone.length === 1
}

/** One import at a time, so that a plan made inside the lock still fits when it is written. */
export async function withImportLock<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return inTransaction(async (tx) => {
    await takeTurn(tx, 'roster-import', '')
    return work(tx)
  })
}

type State = Record<
  'name' | 'sex' | 'birthDate' | 'email' | 'phone' | 'schoolId' | 'subjectCode' | 'nuptk' | 'nip' | 'status' | 'role',
  string | null
>

async function writeStates(tx: Transaction, rows: { id: string; state: State; title: string | null }[], day: string): Promise<void> {
  const json = JSON.stringify(rows.map((r) => ({ id: r.id, title: r.title, ...r.state })))
  const source = `jsonb_to_recordset($1::jsonb) AS x(id uuid, title text, name text, sex text, "birthDate" date, email text, phone text, "schoolId" uuid, "subjectCode" text, nuptk text, nip text, status text, role text)`
  await tx.query(
    `UPDATE teacher t SET name = x.name, title = coalesce(x.title, t.title), sex = x.sex, birth_date = x."birthDate", email = x.email, phone = x.phone, school_id = x."schoolId", subject_id = s.id
       FROM ${source} LEFT JOIN subject s ON s.code = x."subjectCode" WHERE t.id = x.id`,
    [json],
  )
  for (const [scheme, field] of [
    ['NUPTK', 'nuptk'],
    ['NIP', 'nip'],
  ] as const) {
    await tx.query(
      `DELETE FROM teacher_identifier i USING ${source} WHERE i.teacher_id = x.id AND i.scheme = '${scheme}' AND i.value IS DISTINCT FROM x.${field}`,
      [json],
    )
    const missing = await tx.query<{ id: string; value: string }>(
      `SELECT x.id, x.${field} AS value FROM ${source} LEFT JOIN teacher_identifier i ON i.teacher_id = x.id AND i.scheme = '${scheme}' WHERE x.${field} IS NOT NULL AND i.id IS NULL`,
      [json],
    )
    await insertMany(
      tx,
      'teacher_identifier',
      { id: 'uuid', teacher_id: 'uuid', scheme: 'text', value: 'text' },
      missing.rows.map((m) => [uuidv7(), m.id, scheme, m.value]),
    )
  }
  const changed = await tx.query<{ id: string; status: string | null; role: string | null }>(
    `SELECT x.id, x.status, x.role FROM ${source} LEFT JOIN LATERAL (SELECT status, role FROM teacher_status y WHERE y.teacher_id = x.id AND y.valid_to IS NULL ORDER BY valid_from DESC LIMIT 1) c ON true
      WHERE (c.status, c.role) IS DISTINCT FROM (x.status, x.role)`,
    [json],
  )
  if (changed.rows.length === 0) return
  await tx.query(`UPDATE teacher_status SET valid_to = $2 WHERE teacher_id = ANY($1::uuid[]) AND valid_to IS NULL`, [
    changed.rows.map((c) => c.id),
    day,
  ])
  await insertMany(
    tx,
    'teacher_status',
    { id: 'uuid', teacher_id: 'uuid', status: 'text', role: 'text', valid_from: 'date' },
    changed.rows.filter((c) => c.status).map((c) => [uuidv7(), c.id, c.status, c.role, day]),
  )
}

const stateOf = (row: PreviewRow, before: State | null, schoolId: string): State => ({
  name: row.data.name || before?.name || '',
  sex: row.data.sex ?? before?.sex ?? null,
  birthDate: row.data.birthDate ?? before?.birthDate ?? null,
  email: row.data.email ?? before?.email ?? null,
  phone: row.data.phone ?? before?.phone ?? null,
  schoolId,
  subjectCode: row.data.subjectCode ?? before?.subjectCode ?? null,
  nuptk: row.data.nuptk ?? before?.nuptk ?? null,
  nip: row.data.nip ?? before?.nip ?? null,
  status: row.data.status ?? before?.status ?? null,
  role: row.data.role ?? before?.role ?? null,
})

/** Writes a plan. Returns the schools that had to be made. */
export async function applyPlan(tx: Transaction, batchId: string, plan: Plan, known: Known, now: Date): Promise<string[]> {
  const day = now.toISOString().slice(0, 10)
  const made = new Map(plan.newSchools.map((s) => [s.key, { ...s, id: uuidv7() }]))
  for (const s of made.values()) {
    await tx.query(
      `INSERT INTO school (id, npsn, name, ownership, level_id, region_id) SELECT $1, $2, $3, $4, l.id, $5 FROM education_level l WHERE l.code = $6`,
      [s.id, s.npsn, s.name, /\b(negeri|sman|smkn|slbn|smpn|sdn)\b/i.test(s.name) ? 'negeri' : 'swasta', s.regionId, s.levelCode],
    )
  }
  const states = new Map(known.teachers.map((t) => [t.id, t as unknown as State]))
  const touched = plan.preview.rows.filter((r) => r.verdict === 'new' || r.verdict === 'changed')
  const writes = touched.map((row) => {
    const id = row.teacherId ?? uuidv7()
    const before = row.teacherId ? (states.get(row.teacherId) ?? null) : null
    const schoolId = made.get(row.schoolId!)?.id ?? row.schoolId!
    return { id, isNew: !row.teacherId, before, state: stateOf(row, before, schoolId), title: plan.titles.get(rowKey(row)) ?? null }
  })
  await insertMany(
    tx,
    'teacher',
    { id: 'uuid', name: 'text', school_id: 'uuid', created_at: 'timestamptz', simulated: 'bool' },
    writes.filter((w) => w.isNew).map((w) => [w.id, w.state.name, w.state.schoolId, now, false]),
  )
  await writeStates(tx, writes, day)
  await insertMany(
    tx,
    'import_change',
    { id: 'uuid', batch_id: 'uuid', teacher_id: 'uuid', before: 'jsonb', after: 'jsonb' },
    writes.map((w) => [uuidv7(), batchId, w.id, w.before, w.state]),
  )
  const schools = [...made.values()].map((s) => s.id)
  // What was read has become the roster; of the preview only figures and the names of columns stay.
  await tx.query(
    `UPDATE import_batch SET state = 'applied', applied_at = $2, file = NULL, preview = $4, progress = coalesce(progress, '{}'::jsonb) || $3::jsonb WHERE id = $1`,
    [
      batchId,
      now,
      JSON.stringify({ createdSchools: schools }),
      JSON.stringify({ ...plan.preview, notes: [], rows: [], skipped: [], asks: [] }),
    ],
  )
  return schools
}

/** Takes a batch back as a whole, or says why it cannot: later edits and participation are never overwritten. `again`: it was taken back before. */
export async function undoBatch(batchId: string, now: Date): Promise<{ undone: number; again: boolean } | { blocked: string }> {
  return withImportLock(async (tx) => {
    const standing = await batch(batchId)
    if (standing?.state === 'undone' && standing.progress?.undone !== undefined) return { undone: standing.progress.undone, again: true }
    if (standing?.state !== 'applied') return { blocked: 'Hanya impor yang sudah dijalankan yang dapat dibatalkan.' }
    const changes = (
      await tx.query<{ teacherId: string; before: State | null; after: State }>(
        `SELECT teacher_id AS "teacherId", before, after FROM import_change WHERE batch_id = $1`,
        [batchId],
      )
    ).rows
    if (changes.length === 0)
      return { blocked: 'Catatan perubahan impor ini sudah dihapus sesuai lama penyimpanannya, sehingga impor tidak dapat dibatalkan.' }
    const ids = changes.map((c) => c.teacherId)
    const now_ = new Map(
      (await tx.query<State & { id: string }>(`${TEACHER_STATE} AND t.id = ANY($1::uuid[])`, [ids])).rows.map((s) => [s.id, s]),
    )
    const keys = ['name', 'sex', 'birthDate', 'email', 'phone', 'schoolId', 'subjectCode', 'nuptk', 'nip', 'status', 'role'] as const
    const edited = changes.filter((c) => {
      const s = now_.get(c.teacherId)
      return !s || keys.some((k) => (s[k] ?? null) !== (c.after[k] ?? null))
    })
    if (edited.length)
      return {
        blocked: `${edited.length} guru dari impor ini sudah berubah sesudahnya (misalnya ${edited[0]!.after.name}). Batalkan dahulu impor yang lebih baru.`,
      }
    const added = changes.filter((c) => !c.before).map((c) => c.teacherId)
    const seated = (
      await tx.query<{ n: number }>(`SELECT count(DISTINCT teacher_id)::int AS n FROM seat WHERE teacher_id = ANY($1::uuid[])`, [added])
    ).rows[0]!.n
    if (seated) return { blocked: `${seated} guru baru dari impor ini sudah menjadi peserta tes, sehingga impor tidak dapat dibatalkan.` }
    await writeStates(
      tx,
      changes.filter((c) => c.before).map((c) => ({ id: c.teacherId, state: c.before!, title: null })),
      now.toISOString().slice(0, 10),
    )
    await tx.query(`DELETE FROM teacher WHERE id = ANY($1::uuid[])`, [added])
    await tx.query(
      `DELETE FROM school WHERE id IN (SELECT jsonb_array_elements_text(progress->'createdSchools')::uuid FROM import_batch WHERE id = $1) AND NOT EXISTS (SELECT 1 FROM teacher WHERE school_id = school.id)`,
      [batchId],
    )
    await tx.query(`UPDATE import_batch SET state = 'undone', undone_at = $2, progress = progress || $3::jsonb WHERE id = $1`, [
      batchId,
      now,
      JSON.stringify({ undone: changes.length }),
    ])
    return { undone: changes.length, again: false }
  })
}

/** Teachers whom a batch made or changed. */
export const teachersOfBatch = async (batchId: string): Promise<string[]> =>
  (await sql<{ id: string }>(`SELECT teacher_id AS id FROM import_change WHERE batch_id = $1`, [batchId])).map((r) => r.id)
