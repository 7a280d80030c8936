import type pg from 'pg'
import type { Query } from '@/lib/access/audit-chain-store'

/** An attacker with every right on the database: statements as its owner, and attacks that are looked at and taken back. */
export function tamperWith(owner: () => pg.Client) {
  const asOwner: Query = async (text, values) => (await owner().query(text, values)).rows as never
  /** Runs an attack with triggers switched off, looks, and takes it back. */
  async function attack<T>(work: () => Promise<unknown>, look: () => Promise<T>): Promise<T> {
    await owner().query('BEGIN')
    try {
      await owner().query('SET LOCAL session_replication_role = replica')
      await work()
      return await look()
    } finally {
      await owner().query('ROLLBACK')
    }
  }
  return { asOwner, attack }
}
