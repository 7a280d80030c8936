import fc from 'fast-check'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { linkHash, signAnchor, type Anchor } from '@/lib/access/audit-chain'
import { linkAudit, linksAfter } from '@/lib/access/audit-chain-store'
import { addAudit, addLine } from '@/lib/access/audit-store'
import { anchorAudit, auditHead, verifyAudit, verifyInput } from '@/lib/access/audit-verify'
import { headWords } from '@/lib/access/service'
import { derivedKey } from '@/lib/platform/config'
import { apart } from '@/lib/platform/ambient'
import { inTransaction, sql } from '@/lib/platform/db'
import { tamperWith } from './tamper'
import { openWorld } from './world'

/** Who attacks: an administrator with every right on the database, who may also know how the chain is made. What she has not: paper, and the folder. */
let world: Awaited<ReturnType<typeof openWorld>>
let owner: pg.Client
const LINES = 30
beforeAll(async () => {
  world = await openWorld()
  owner = new pg.Client({ connectionString: world.ownerUrl })
  await owner.connect()
  for (let i = 0; i < LINES; i++)
    await addLine(
      {
        actorId: i % 3 ? uuidv7() : null,
        actorName: `Siti ${i} "Aminah" ś 🙂`,
        actorRole: i % 2 ? 'bgtk' : null,
        action: 'result:named',
        object: `school:${i}`,
        ...(i % 4 ? { count: i } : {}),
        ...(i % 5 ? { detail: { b: [1.5, null, 'ü'], a: { n: i } } } : {}),
        ...(i % 2 ? { purpose: 'roster', subjects: [uuidv7(), uuidv7()] } : {}),
      },
      new Date(Date.UTC(2026, 0, 1, 0, 0, i, 120 + i)),
    )
  await linkAudit(true)
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

const { asOwner, attack } = tamperWith(() => owner)

let anchors: Anchor[]
beforeEach(async () => {
  const at = async (seq: number) =>
    (await sql<{ hash: string }>(`SELECT encode(hash, 'hex') AS hash FROM ledger.audit_chain WHERE seq = $1`, [seq]))[0]!.hash
  anchors = []
  for (const seq of [10, 20, LINES]) anchors.push(signAnchor({ seq, hash: await at(seq) }, new Date(), derivedKey('audit')))
})
const verdict = () => verifyAudit({ anchors }, asOwner)

/** What the attacker does after her change so that the chain agrees with itself again: everything from `seq` on is computed anew. */
async function relink(seq: number): Promise<void> {
  const rows = await linksAfter('0', 10_000, asOwner)
  let before: Buffer = Buffer.alloc(32)
  for (const row of rows) {
    const hash = Number(row.seq) < seq ? Buffer.from(row.hash, 'hex') : linkHash(before, { ...row, fields: row.fields! })
    if (Number(row.seq) >= seq) await owner.query('UPDATE ledger.audit_chain SET hash = $2 WHERE seq = $1', [row.seq, hash])
    before = hash
  }
}
const idAt = `(SELECT audit_id FROM ledger.audit_chain WHERE seq = $1)`
const closeGap = `UPDATE ledger.audit_chain SET seq = -seq + 1 WHERE seq > $1`

const columns: Record<string, string> = {
  actor_name: `actor_name || 'x'`,
  actor_id: `gen_random_uuid()`,
  actor_role: `CASE WHEN actor_role = 'bgtk' THEN 'administrator' ELSE 'bgtk' END`,
  action: `action || ' '`,
  object: `'school:lain'`,
  count: `coalesce(count, 0) + 1`,
  detail: `coalesce(detail, '{}') || '{"x": 1}'`,
  purpose: `CASE WHEN purpose IS NULL THEN 'cards' ELSE NULL END`,
  subjects: `subjects || gen_random_uuid()`,
  at: `at - interval '1 millisecond'`,
}
type Attack = { kind: string; seq: number; other: number; column: string }
const attacks: Record<string, (a: Attack) => Promise<void>> = {
  edit: async (a) => void (await owner.query(`UPDATE audit_entry SET ${a.column} = ${columns[a.column]} WHERE id = ${idAt}`, [a.seq])),
  'edit and compute the chain anew': async (a) => {
    await attacks['edit']!(a)
    await relink(a.seq)
  },
  delete: async (a) => void (await owner.query(`DELETE FROM audit_entry WHERE id = ${idAt}`, [a.seq])),
  'delete with its link': async (a) => {
    await attacks['delete']!(a)
    await owner.query('DELETE FROM ledger.audit_chain WHERE seq = $1', [a.seq])
  },
  'delete the link alone': async (a) => void (await owner.query('DELETE FROM ledger.audit_chain WHERE seq = $1', [a.seq])),
  'delete, close the gap and compute the chain anew': async (a) => {
    await attacks['delete with its link']!(a)
    await owner.query(closeGap, [a.seq])
    await owner.query('UPDATE ledger.audit_chain SET seq = -seq WHERE seq < 0')
    await relink(a.seq)
  },
  truncate: async (a) => {
    await owner.query('DELETE FROM audit_entry WHERE id IN (SELECT audit_id FROM ledger.audit_chain WHERE seq >= $1)', [a.seq])
    await owner.query('DELETE FROM ledger.audit_chain WHERE seq >= $1', [a.seq])
  },
  'insert beside the chain': async (a) =>
    void (await owner.query(
      `INSERT INTO audit_entry SELECT gen_random_uuid(), at, actor_id, 'Orang lain', action, object, count, detail, actor_role, purpose, subjects FROM audit_entry WHERE id = ${idAt}`,
      [a.seq],
    )),
  'insert into the chain and compute it anew': async (a) => {
    await owner.query('UPDATE ledger.audit_chain SET seq = -seq - 1 WHERE seq >= $1', [a.seq])
    await owner.query('UPDATE ledger.audit_chain SET seq = -seq WHERE seq < 0')
    const id = uuidv7()
    await owner.query(
      `INSERT INTO audit_entry (id, at, actor_name, action, object) VALUES ($1, '2026-01-01T00:00:00Z', 'Orang lain', 'logout', 'x')`,
      [id],
    )
    await owner.query(`INSERT INTO ledger.audit_chain (seq, audit_id, linked_at, hash) VALUES ($1, $2, now(), '\\x00')`, [a.seq, id])
    await relink(a.seq)
  },
  'swap two places': async (a) => {
    await owner.query(
      'UPDATE ledger.audit_chain SET seq = CASE seq WHEN $1::bigint THEN -$2::bigint ELSE -$1::bigint END WHERE seq IN ($1, $2)',
      [a.seq, a.other],
    )
    await owner.query('UPDATE ledger.audit_chain SET seq = -seq WHERE seq < 0')
  },
  'swap what two lines say': async (a) =>
    void (await owner.query(
      `UPDATE audit_entry e SET object = o.object, at = o.at FROM audit_entry o, ledger.audit_chain x, ledger.audit_chain y
        WHERE (x.seq, y.seq) IN (($1::bigint, $2::bigint), ($2::bigint, $1::bigint)) AND e.id = x.audit_id AND o.id = y.audit_id`,
      [a.seq, a.other],
    )),
  'date a link back': async (a) =>
    void (await owner.query(`UPDATE ledger.audit_chain SET linked_at = linked_at - interval '1 day' WHERE seq = $1`, [a.seq])),
  'give a link another hash': async (a) =>
    void (await owner.query(`UPDATE ledger.audit_chain SET hash = sha256(hash) WHERE seq = $1`, [a.seq])),
  'begin the whole log anew': async () => {
    await owner.query('DELETE FROM ledger.audit_chain')
    await owner.query('INSERT INTO ledger.audit_waiting (audit_id) SELECT id FROM audit_entry')
    await owner.query(`DELETE FROM audit_entry WHERE actor_name LIKE 'Siti 7 %'`)
    await owner.query('DELETE FROM ledger.audit_waiting WHERE audit_id NOT IN (SELECT id FROM audit_entry)')
  },
}

describe('a log that somebody with every right on the database has changed', () => {
  it('is found changed in 1,000 of 1,000 random ways: edited, deleted, inserted, reordered, cut off, or computed anew', async () => {
    const place = fc.integer({ min: 1, max: LINES })
    const one = fc
      .record({
        kind: fc.constantFrom(...Object.keys(attacks)),
        seq: place,
        other: place,
        column: fc.constantFrom(...Object.keys(columns)),
      })
      .filter((a) => a.seq !== a.other)
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(one, async (a) => {
        seen.add(a.kind)
        const found = await attack(() => attacks[a.kind]!(a), verdict)
        expect([a, found.faults.length > 0]).toEqual([a, true])
        // A plain change is named by its row; a log computed anew is named by the next head that was kept outside.
        const first = found.faults[0]!
        if (
          ['edit', 'delete', 'delete with its link', 'delete the link alone', 'date a link back', 'give a link another hash'].includes(
            a.kind,
          )
        )
          // A line whose link at the very end is gone is a tail that was cut off, or a line beside the chain: the place is the same.
          expect([a, first.seq]).toEqual([a, a.seq])
        else if (first.seq !== null)
          expect(first.seq).toBeGreaterThanOrEqual(
            Math.min(a.seq, a.kind.startsWith('swap') ? a.other : a.seq, a.kind.startsWith('begin') ? 1 : LINES),
          )
      }),
      { numRuns: 1_000, seed: 20261127 },
    )
    expect(seen.size).toBe(Object.keys(attacks).length)
    expect((await verdict()).faults).toEqual([])
  })

  it('is whole in 200 of 200 untouched logs, whatever their lines say', async () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 40 }).map((t) => t.replaceAll('\0', ''))
    const line = fc.record({
      name: words,
      object: words,
      count: fc.option(fc.integer({ min: 0, max: 100_000 })),
      detail: fc.option(fc.jsonValue({ maxDepth: 2 })),
      people: fc.array(fc.uuid(), { maxLength: 6 }),
      at: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (lines) => {
        await owner.query('BEGIN')
        try {
          for (const l of lines)
            await owner.query(
              `INSERT INTO audit_entry (id, at, actor_name, action, object, count, detail, subjects) VALUES ($1, $2, $3, 'x', $4, $5, $6, $7)`,
              [uuidv7(), l.at, l.name, l.object, l.count, JSON.stringify(l.detail)?.replaceAll('\\u0000', '') ?? null, l.people],
            )
          const found = await verdict()
          expect([found.faults, found.lines]).toEqual([[], LINES + lines.length])
        } finally {
          await owner.query('ROLLBACK')
        }
      }),
      { numRuns: 200, seed: 20261127 },
    )
  })

  it('is told by a head from paper alone, also where nothing was kept in the folder', async () => {
    const paper = headWords(await auditHead())
    const { heads } = verifyInput([paper])
    expect((await verifyAudit({ heads }, asOwner)).faults).toEqual([])
    const cut = await attack(
      () => attacks['truncate']!({ kind: '', seq: LINES, other: 1, column: '' }),
      () => verifyAudit({ heads }, asOwner),
    )
    expect(cut.faults[0]).toMatchObject({ kind: 'truncated', seq: LINES })
    const anew = await attack(
      () => attacks['edit and compute the chain anew']!({ kind: '', seq: 3, other: 1, column: 'actor_name' }),
      () => verifyAudit({ heads }, asOwner),
    )
    expect(anew.faults[0]).toMatchObject({ kind: 'rewritten', seq: LINES })
    expect(() => verifyInput(['bukan kepala'])).toThrow(/tidak terbaca/)
  })

  it('is found when a function of the database was replaced to look away', async () => {
    const found = await attack(async () => {
      await owner.query(`CREATE OR REPLACE FUNCTION ledger.audit_text(VARIADIC fields TEXT[]) RETURNS TEXT LANGUAGE sql AS $$ SELECT '' $$`)
      await owner.query(`INSERT INTO audit_entry (id, at, actor_name, action, object) VALUES ($1, now(), 'A', 'x', 'y')`, [uuidv7()])
      await owner.query(`INSERT INTO ledger.audit_waiting (audit_id) SELECT id FROM audit_entry WHERE actor_name = 'A'`)
    }, verdict)
    expect(found.faults[0]).toMatchObject({ kind: 'altered', seq: LINES + 1 })
  })

  it('names a line that waits too long for its place, and one that was deleted while it waited', async () => {
    const waits = await attack(async () => {
      await owner.query(`CREATE OR REPLACE FUNCTION ledger.audit_link(patient boolean) RETURNS integer LANGUAGE sql AS 'SELECT 0'`)
      await owner.query(`INSERT INTO audit_entry (id, at, actor_name, action, object) VALUES ($1, now(), 'A', 'x', 'y')`, [uuidv7()])
      await owner.query(`INSERT INTO ledger.audit_waiting SELECT id, now() - interval '6 minutes' FROM audit_entry WHERE actor_name = 'A'`)
      await owner.query(`INSERT INTO ledger.audit_waiting VALUES ($1, now())`, [uuidv7()])
    }, verdict)
    expect(waits.faults.map((f) => f.kind).sort()).toEqual(['deleted', 'unlinked'])
  })
})

describe('the chain', () => {
  it('takes a line only once its act is committed, holds nobody up, and leaves no line of an act that failed', async () => {
    const before = await auditHead()
    await expect(
      inTransaction(async (tx) => {
        await addAudit({ actorId: null, actorName: 'Gagal', action: 'x', object: 'y' }, new Date(), tx)
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await inTransaction(async (tx) => {
      await addAudit({ actorId: null, actorName: 'Lama', action: 'x', object: 'y' }, new Date(), tx)
      // While this long transaction is open, others write and are linked at once.
      await apart(() => addLine({ actorId: null, actorName: 'Cepat', action: 'x', object: 'y' }, new Date()))
      expect((await auditHead()).seq).toBe(before.seq + 1)
    })
    expect((await auditHead()).seq).toBe(before.seq + 2)
    expect((await verifyAudit({})).faults).toEqual([])
  })

  it('stays one chain when many write at the same moment', async () => {
    const before = await auditHead()
    await Promise.all(
      Array.from({ length: 60 }, (_, i) => addLine({ actorId: null, actorName: `Serentak ${i}`, action: 'x', object: 'y' }, new Date())),
    )
    expect((await auditHead()).seq).toBe(before.seq + 60)
    expect((await verifyAudit({})).faults).toEqual([])
  })

  it('cannot be touched by the application: not its links, not what waits, not its lock', async () => {
    for (const text of [
      'DELETE FROM ledger.audit_waiting',
      `INSERT INTO ledger.audit_chain VALUES (999, gen_random_uuid(), now(), '\\x00')`,
      'UPDATE ledger.audit_chain SET seq = 5',
      'DELETE FROM ledger.audit_chain',
      'TRUNCATE ledger.audit_chain',
      'BEGIN; LOCK TABLE ledger.audit_chain IN EXCLUSIVE MODE',
      `CREATE OR REPLACE FUNCTION ledger.audit_link(patient boolean) RETURNS integer LANGUAGE sql AS 'SELECT 0'`,
      `SELECT 1 FROM ledger.audit_chain FOR UPDATE`,
    ]) {
      const client = new pg.Client({ connectionString: world.url })
      await client.connect()
      await expect(client.query(text)).rejects.toMatchObject({ code: '42501' })
      await client.end()
    }
  })

  it('refuses even its owner, as long as nobody switches the triggers off', async () => {
    await expect(world.asOwner('TRUNCATE audit_entry')).rejects.toThrow(/append-only/)
    await expect(world.asOwner('DELETE FROM ledger.audit_chain')).rejects.toThrow(/append-only/)
    await expect(world.asOwner('TRUNCATE ledger.audit_chain')).rejects.toThrow(/append-only/)
  })
})

describe('heads that are kept outside the database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'petaguru-anchors-'))
  const file = join(folder, 'audit', 'kept.jsonl')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const read = () =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((l) => JSON.parse(l) as Anchor)
  const write = async (words: string) => addLine({ actorId: null, actorName: words, action: 'x', object: 'y' }, new Date())

  it('are written when the log has grown, for their reader alone, and thinned out to one a day after two days', async () => {
    const day = (d: number, minute: number) => new Date(Date.UTC(2026, 4, d, 3, minute))
    for (const [d, minute] of [
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
      [5, 0],
      [5, 1],
    ] as const) {
      await write(`Hari ${d}`)
      await anchorAudit(day(d, minute), file)
      await anchorAudit(day(d, minute), file)
    }
    expect(read().map((a) => a.at.slice(8, 16))).toEqual(['01T03:01', '02T03:01', '05T03:00', '05T03:01'])
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  it('say so when they were changed, and count still when the secret has been replaced since', async () => {
    const good = read()
    const bad = good.map((a, i) => (i === 1 ? { ...a, hash: 'f'.repeat(64) } : a))
    expect((await verifyAudit({ anchors: bad })).faults).toMatchObject([{ kind: 'anchor' }])
    expect((await verifyAudit({ anchors: good, spoiled: 1 })).faults).toMatchObject([{ kind: 'anchor' }])
    const foreign = [signAnchor({ seq: 2, hash: 'a'.repeat(64) }, new Date(), Buffer.from('kunci lain'))]
    expect(await verifyAudit({ anchors: foreign })).toMatchObject({ foreign: 1, faults: [{ kind: 'rewritten', seq: 2 }] })
  })

  it('serve the command, which ends with 1 and names the first bad row', async () => {
    const run = (data: string, ...args: string[]) =>
      spawnSync(process.execPath, ['--import', 'tsx', 'scripts/audit.ts', ...args], {
        encoding: 'utf8',
        env: { ...process.env, PETAGURU_DATA: data },
      })
    // Without a single head from outside the log may have been computed anew as a whole: nothing is vouched for.
    const alone = run(folder, 'verify')
    expect([alone.status, alone.stderr]).toEqual([1, expect.stringMatching(/Tidak ada satu pun kepala rantai/)])
    const whole = run(folder, 'verify', '--head', headWords(await auditHead()))
    expect([whole.status, whole.stdout]).toEqual([0, expect.stringMatching(/^Catatan akses utuh: \d+ baris, kepala \d+ · /)])
    const head = await auditHead()
    const future = signAnchor({ seq: head.seq + 3, hash: 'b'.repeat(64) }, new Date(), derivedKey('audit'))
    const name = new URL(world.url).pathname.slice(1)
    writeFileSync(join(folder, 'audit', `${name}.jsonl`), `${JSON.stringify(future)}\n`)
    const cut = run(folder, 'verify')
    expect([cut.status, cut.stderr]).toEqual([1, expect.stringMatching(new RegExp(`Rantai berakhir di baris ${head.seq}, padahal`))])
    expect(run(folder, 'apa').status).toBe(2)
  })
})
