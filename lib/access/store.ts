import { uuidv7 } from 'uuidv7'
import { db, sql } from '@/lib/platform/db'
import type { Grant, Role } from './model'
import type { Transaction } from '@/lib/platform/db'

export type StoredUser = {
  id: string
  name: string
  email: string
  passwordHash: string | null
  teacherId: string | null
  active: boolean
  sessionVersion: number
  demonstration: boolean
  grants: Grant[]
}

function toUser(row: Awaited<ReturnType<typeof findRow>>): StoredUser | null {
  if (!row) return null
  return {
    ...row,
    grants: row.grants.map((g) => ({ role: g.role as Role, regionId: g.regionId, schoolId: g.schoolId, levelCodes: g.levelCodes })),
  }
}

const findRow = (where: { id: string } | { email: string }) => db().user.findUnique({ where, include: { grants: true } })

/** The grants of every account that may log in, account by account. */
export const activeGrants = async (): Promise<Grant[][]> =>
  (await db().user.findMany({ where: { active: true }, select: { grants: true } })).map((u) =>
    u.grants.map((g) => ({ role: g.role as Role, regionId: g.regionId, schoolId: g.schoolId, levelCodes: g.levelCodes })),
  )

export const findUserById = async (id: string) => toUser(await findRow({ id }))
export const findUserByEmail = async (email: string) => toUser(await findRow({ email }))

/** What an administrator sees of an account: hashes of passwords stay where they are. */
const shown = {
  id: true,
  name: true,
  email: true,
  teacherId: true,
  active: true,
  demonstration: true,
  passwordHash: false,
  grants: true,
} as const

export const listUsers = () => db().user.findMany({ select: shown, orderBy: { name: 'asc' } })
export const userWithGrants = (id: string) => db().user.findUnique({ where: { id }, select: { ...shown, createdAt: true } })

/** Active accounts with a role, by name. */
export const usersWithRole = (role: Role) =>
  sql<{ id: string; name: string }>(
    `SELECT DISTINCT u.id, u.name FROM user_account u JOIN role_grant g ON g.user_id = u.id WHERE g.role = $1 AND u.active ORDER BY u.name`,
    [role],
  )

export async function createUser(
  input: {
    id?: string
    name: string
    email: string
    passwordHash: string | null
    teacherId?: string | null
    grants: Grant[]
    demonstration?: boolean
  },
  now: Date,
): Promise<string> {
  const id = input.id ?? uuidv7()
  await db().user.create({
    data: {
      id,
      name: input.name,
      email: input.email,
      passwordHash: input.passwordHash,
      teacherId: input.teacherId ?? null,
      createdAt: now,
      demonstration: input.demonstration ?? false,
      grants: { create: input.grants.map((g) => ({ id: uuidv7(), ...g })) },
    },
  })
  return id
}

/** False when there is no such account. */
export async function setUserActive(userId: string, active: boolean, tx: Transaction): Promise<boolean> {
  const done = await tx.query(`UPDATE user_account SET active = $2, session_version = session_version + 1 WHERE id = $1`, [userId, active])
  return done.rowCount === 1
}

export type { AuditRow } from './audit-row'
export { addAudit, addLine } from './audit-store'
