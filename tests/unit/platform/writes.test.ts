import { describe, expect, it } from 'vitest'
import { writes } from '@/lib/platform/db'

describe('a statement may be read by a session that gives way', () => {
  it.each(['SELECT 1', '\n  WITH a AS (SELECT 1) SELECT * FROM a', 'select updated_at, deleted FROM update_log', 'VALUES (1), (2)'])(
    'when it leaves nothing behind: %s',
    (text) => expect(writes(text)).toBe(false),
  )
  it.each([
    'INSERT INTO seat VALUES (1)',
    'UPDATE seat SET row = 1',
    'DELETE FROM seat',
    'WITH gone AS (DELETE FROM seat RETURNING id) SELECT count(*) FROM gone',
    'SELECT id FROM seat FOR UPDATE',
    'SELECT pg_advisory_lock(1)',
    "SELECT nextval('numbers')",
    "SELECT graphile_worker.add_job('x')",
    'SELECT sweep_journal($1)',
    'SELECT * FROM ledger.audit_link($1)',
    'CALL anything()',
    'TRUNCATE seat',
    'LOCK TABLE seat',
    '-- of people\nSELECT 1',
  ])('and not when it may: %s', (text) => expect(writes(text)).toBe(true))
})
