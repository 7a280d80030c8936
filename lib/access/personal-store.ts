import { sql, type Transaction } from '@/lib/platform/db'
import { KEYS_OF } from './audit-store'
import { touch, type Forgotten, type PersonalRows, type Touched } from '@/lib/platform/personal'

/** The account of a teacher: its e-mail, and the roles besides that of a teacher, whose work is not the teacher's to erase. */
export type OwnAccount = { id: string; email: string; active: boolean; otherRoles: string[] }
export const accountOf = async (teacherId: string): Promise<OwnAccount | null> =>
  (
    await sql<OwnAccount>(
      `SELECT u.id, u.email, u.active, ARRAY(SELECT DISTINCT role FROM role_grant g WHERE g.user_id = u.id AND role <> 'guru') AS "otherRoles" FROM user_account u WHERE u.teacher_id = $1`,
      [teacherId],
    )
  )[0] ?? null

/** Sessions of a teacher's account and cards. */
const OWN = `(x.teacher_id = $1 OR x.subject_id IN (SELECT id FROM user_account WHERE teacher_id = $1 UNION ALL SELECT id FROM seat WHERE teacher_id = $1))`

/** What hangs on a teacher's account, and goes with it. */
const OF_ACCOUNT = `WHERE x.user_id IN (SELECT id FROM user_account WHERE teacher_id = $1)`

export async function dataOf(teacherId: string): Promise<PersonalRows> {
  const of = (text: string) => sql<Record<string, unknown>>(text, [teacherId])
  const [accounts, roles, sessions, passkeys, authenticators, codes, links, proofs, linked, invited, acts] = await Promise.all([
    of(`SELECT name AS nama, email AS surel, active AS aktif, created_at AS dibuat FROM user_account WHERE teacher_id = $1`),
    of(`SELECT g.role AS peran FROM role_grant g JOIN user_account u ON u.id = g.user_id WHERE u.teacher_id = $1`),
    of(
      `SELECT x.created_at AS masuk, x.last_seen_at AS "terakhir dipakai", x.ended_at AS berakhir, x.user_agent AS peramban, x.address AS alamat FROM session x WHERE ${OWN} ORDER BY x.created_at`,
    ),
    of(`SELECT x.name AS nama, x.created_at AS dibuat, x.last_used_at AS "terakhir dipakai" FROM passkey x ${OF_ACCOUNT}`),
    of(`SELECT x.created_at AS dipasang, x.last_used_at AS "terakhir dipakai" FROM totp x ${OF_ACCOUNT}`),
    of(`SELECT x.created_at AS dibuat, x.used_at AS dipakai FROM recovery_code x ${OF_ACCOUNT}`),
    of(
      `SELECT x.kind AS jenis, x.created_at AS dibuat, x.expires_at AS "berlaku sampai", x.ended_at AS berakhir FROM reset_link x ${OF_ACCOUNT}`,
    ),
    of(`SELECT x.method AS cara, x.at AS waktu FROM confirmation x ${OF_ACCOUNT}`),
    of(`SELECT x.issuer AS penerbit, x.subject AS nomor, x.linked_at AS ditautkan FROM identity x ${OF_ACCOUNT}`),
    of(`SELECT x.created_at AS dibuat, x.expires_at AS "berlaku sampai", x.used_at AS dipakai FROM identity_invitation x ${OF_ACCOUNT}`),
    of(`SELECT at AS waktu, CASE WHEN subjects && ${KEYS_OF} THEN actor_name ELSE 'Anda' END AS oleh, actor_role AS peran, action AS tindakan, purpose AS tujuan FROM audit_entry
        WHERE subjects && ${KEYS_OF} OR actor_id IN (SELECT id FROM user_account WHERE teacher_id = $1 UNION ALL SELECT id FROM seat WHERE teacher_id = $1) ORDER BY at`),
  ])
  return {
    user_account: accounts,
    role_grant: roles,
    session: sessions,
    passkey: passkeys,
    totp: authenticators,
    recovery_code: codes,
    reset_link: links,
    confirmation: proofs,
    identity: linked,
    identity_invitation: invited,
    audit_entry: acts,
  }
}

/** The account goes with everything that hangs on it. Lines of the access log stay: they hold keys, and no names of teachers. */
export const forget = (tx: Transaction, p: Forgotten): Promise<Touched> =>
  touch(tx, [
    [
      'login_failure',
      `DELETE FROM login_failure WHERE EXISTS (SELECT 1 FROM user_account u WHERE u.teacher_id = $1 AND position(lower(u.email) IN lower(key)) > 0)
          OR EXISTS (SELECT 1 FROM seat s WHERE s.teacher_id = $1 AND position(lower(s.participant_number) IN lower(key)) > 0)`,
      [p.teacherId],
    ],
    ['passkey_challenge', `DELETE FROM passkey_challenge x ${OF_ACCOUNT}`, [p.teacherId]],
    ['session', `DELETE FROM session x WHERE ${OWN}`, [p.teacherId]],
    ['user_account', `DELETE FROM user_account WHERE teacher_id = $1`, [p.teacherId]],
  ])

/** Deletes sessions that ended before a moment, at most so many. */
export const sweepSessions = async (before: Date, most: number): Promise<number> =>
  (
    await sql(
      `DELETE FROM session WHERE id IN (SELECT id FROM session WHERE least(coalesce(ended_at, expires_at), expires_at) < $1 LIMIT $2) RETURNING id`,
      [before, most],
    )
  ).length
