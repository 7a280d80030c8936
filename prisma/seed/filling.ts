import { sql } from '@/lib/platform/db'

/** Whether anything is in a database, asked without loading what could fill it. */

/** What people have put into this database. */
export async function filling(): Promise<{ accounts: number; teachers: number; cycles: number }> {
  const [row] = await sql<{ accounts: number; teachers: number; cycles: number }>(
    `SELECT (SELECT count(*) FROM user_account)::int AS accounts, (SELECT count(*) FROM teacher)::int AS teachers, (SELECT count(*) FROM cycle)::int AS cycles`,
  )
  return row!
}

/** Nobody has begun here. One account is enough to be in use: a real office that has not imported anybody yet never gets invented people. */
export async function isEmpty(): Promise<boolean> {
  const { accounts, teachers, cycles } = await filling()
  return accounts + teachers + cycles === 0
}
