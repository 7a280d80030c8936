import { sql, type Transaction } from '@/lib/platform/db'

/** What one pair contributes to a letter over all of them. */
export type CertificateLine = {
  pairingId: string
  side: 'tutor' | 'learner'
  areas: string
  meetings: number
  minutes: number
  fromOn: string
  toOn: string
}
/** Certificates as they were issued. Figures are written once; only a withdrawal is added. */
export type CertificateRow = {
  code: string
  /** Null for one over all pairs of `span`, which says in `lines` what each contributed. */
  pairingId: string | null
  teacherId: string
  side: 'tutor' | 'learner' | 'both'
  span: string | null
  lines: CertificateLine[] | null
  name: string
  school: string
  areas: string
  meetings: number
  minutes: number
  fromOn: string
  toOn: string
  issuedAt: Date
  withdrawnAt: Date | null
  withdrawnReason: string | null
  reissue: boolean
}
const CERTIFICATE = `code, pairing_id AS "pairingId", teacher_id AS "teacherId", side, span, lines, name, school, areas, meetings, minutes, from_on::text AS "fromOn", to_on::text AS "toOn", issued_at AS "issuedAt",
  withdrawn_at AS "withdrawnAt", withdrawn_reason AS "withdrawnReason", reissue`

/** Certificates of one side of a pair, newest first; the pair is held, so that two requests at once issue one. */
export async function lockCertificates(tx: Transaction, pairingId: string, teacherId: string): Promise<CertificateRow[]> {
  await tx.query(`SELECT id FROM pairing WHERE id = $1 FOR UPDATE`, [pairingId])
  const found = await tx.query<CertificateRow>(
    `SELECT ${CERTIFICATE} FROM certificate WHERE pairing_id = $1 AND teacher_id = $2 ORDER BY issued_at DESC, code`,
    [pairingId, teacherId],
  )
  return found.rows
}

/** Letters of one person over all pairs, newest first; the pairs are held, so that two requests at once issue one. */
export async function lockCombined(tx: Transaction, teacherId: string): Promise<CertificateRow[]> {
  await tx.query(`SELECT id FROM pairing WHERE tutor_id = $1 OR learner_id = $1 ORDER BY id FOR UPDATE`, [teacherId])
  const found = await tx.query<CertificateRow>(
    `SELECT ${CERTIFICATE} FROM certificate WHERE teacher_id = $1 AND span IS NOT NULL ORDER BY issued_at DESC, code`,
    [teacherId],
  )
  return found.rows
}

/** Each of a person is issued later than the one before, so that the newest is known. */
export async function addCertificate(
  tx: Transaction,
  c: Omit<CertificateRow, 'issuedAt' | 'withdrawnAt' | 'withdrawnReason' | 'reissue'>,
  now: Date,
): Promise<CertificateRow> {
  const made = await tx.query<CertificateRow>(
    `INSERT INTO certificate (code, pairing_id, teacher_id, side, name, school, areas, meetings, minutes, from_on, to_on, span, lines, issued_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
       greatest($14::timestamptz, (SELECT max(issued_at) + interval '1 millisecond' FROM certificate WHERE teacher_id = $3))) RETURNING ${CERTIFICATE}`,
    [
      c.code,
      c.pairingId,
      c.teacherId,
      c.side,
      c.name,
      c.school,
      c.areas,
      c.meetings,
      c.minutes,
      c.fromOn,
      c.toOn,
      c.span,
      c.lines && JSON.stringify(c.lines),
      now,
    ],
  )
  return made.rows[0]!
}

export const newestOf = async (pairingId: string, teacherId: string): Promise<CertificateRow | null> =>
  (
    await sql<CertificateRow>(
      `SELECT ${CERTIFICATE} FROM certificate WHERE pairing_id = $1 AND teacher_id = $2 AND withdrawn_at IS NULL ORDER BY issued_at DESC, code LIMIT 1`,
      [pairingId, teacherId],
    )
  )[0] ?? null

export const newestCombined = async (teacherId: string, span: string): Promise<CertificateRow | null> =>
  (
    await sql<CertificateRow>(
      `SELECT ${CERTIFICATE} FROM certificate WHERE teacher_id = $1 AND span = $2 AND withdrawn_at IS NULL ORDER BY issued_at DESC, code LIMIT 1`,
      [teacherId, span],
    )
  )[0] ?? null

/** Whether a letter over all pairs was withdrawn for good. */
export const combinedBarred = async (teacherId: string): Promise<boolean> =>
  (
    await sql(`SELECT 1 FROM certificate WHERE teacher_id = $1 AND span IS NOT NULL AND withdrawn_at IS NOT NULL AND NOT reissue LIMIT 1`, [
      teacherId,
    ])
  ).length > 0

export const certificateByCode = async (code: string): Promise<CertificateRow | null> =>
  (await sql<CertificateRow>(`SELECT ${CERTIFICATE} FROM certificate WHERE code = $1`, [code]))[0] ?? null

/** The newest certificates, withdrawn ones included. */
export const newestCertificates = (limit: number) =>
  sql<CertificateRow>(`SELECT ${CERTIFICATE} FROM certificate ORDER BY issued_at DESC, code LIMIT $1`, [limit])

/** Certificates of pairs whose withdrawal stands in the way of another one: by pair. */
export const barredPairs = async (teacherId: string): Promise<Set<string>> =>
  new Set(
    (
      await sql<{ id: string }>(
        `SELECT DISTINCT pairing_id AS id FROM certificate WHERE teacher_id = $1 AND pairing_id IS NOT NULL AND withdrawn_at IS NOT NULL AND NOT reissue`,
        [teacherId],
      )
    ).map((r) => r.id),
  )

/** Withdraws; false when it was withdrawn before or is not there. */
export async function withdraw(
  tx: Transaction,
  code: string,
  w: { by: string | null; reason: string; reissue: boolean },
  now: Date,
): Promise<boolean> {
  const done = await tx.query(
    `UPDATE certificate SET withdrawn_at = $2, withdrawn_by = $3, withdrawn_reason = $4, reissue = $5 WHERE code = $1 AND withdrawn_at IS NULL`,
    [code, now, w.by, w.reason, w.reissue],
  )
  return done.rowCount === 1
}
