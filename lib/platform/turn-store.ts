import type { Transaction } from './db'

/**
 * Whoever reads what stands and then writes what follows from it takes a turn first: until its transaction ends, nobody else does the same
 * `what` to the same `key`. Taken before anything is read, so that a second call finds what the first one left.
 */
export async function takeTurn(tx: Transaction, what: string, key: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))`, [what, key])
}
