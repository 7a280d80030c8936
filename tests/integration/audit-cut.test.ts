import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { linkAudit } from '@/lib/access/audit-chain-store'
import { cutAudit } from '@/lib/access/audit-cut'
import { addLine } from '@/lib/access/audit-store'
import { auditHead, verifyAudit } from '@/lib/access/audit-verify'
import { sql } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { asOwner as asDatabaseOwner } from '@/lib/platform/migrate'
import { tamperWith } from './tamper'
import { openWorld } from './world'

/** The end of old lines: by the owner's command, and never by anybody else's deleting. */
let world: Awaited<ReturnType<typeof openWorld>>
let owner: pg.Client
const LINES = 30
const visitor = { actorId: null, actorName: 'Siti', action: 'result:named', object: 'school:1' }
const years = (n: number) => new Date(Date.UTC(2026 + n, 5, 1))
beforeAll(async () => {
  world = await openWorld()
  owner = new pg.Client({ connectionString: world.ownerUrl })
  await owner.connect()
  for (let i = 0; i < LINES; i++) await addLine({ ...visitor, object: `old:${i}` }, new Date(Date.UTC(2020, 0, 1, 0, 0, i)))
  await linkAudit(true)
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

const { asOwner, attack } = tamperWith(() => owner)
const kinds = async () => (await verifyAudit({ heads: [] }, asOwner)).faults.map((f) => f.kind)
const cutNow = () => asDatabaseOwner({ url: process.env['DATABASE_URL']!, ownerUrl: world.ownerUrl }, () => cutAudit(years(50)))
const links = async (where: string) =>
  (await owner.query<{ seq: number; hash: string }>(`SELECT seq::int AS seq, encode(hash, 'hex') AS hash FROM ledger.audit_chain ${where}`))
    .rows

describe('a line of the access log', () => {
  it('goes to the stream of the program as well, with numbers and without names', async () => {
    const told = vi.spyOn(log(), 'info')
    const subject = uuidv7()
    await addLine({ ...visitor, actorId: subject, purpose: 'roster', subjects: [subject] }, years(0))
    const lines = told.mock.calls.map(([line]) => line as unknown as { access?: object }).filter((line) => line.access)
    expect(lines).toEqual([
      {
        access: {
          id: expect.any(String),
          at: years(0),
          action: 'result:named',
          object: 'school:1',
          actorId: subject,
          count: null,
          subjects: [subject],
        },
      },
    ])
    expect(JSON.stringify(lines)).not.toContain('Siti')
    told.mockRestore()
  })
})

describe('a log whose old lines were cut', () => {
  it('is cut by the owner only, keeps what the policy keeps, and says so in a line of its own', async () => {
    for (let i = 0; i < 5; i++) await addLine(visitor, years(50))
    await linkAudit(true)
    await expect(cutAudit(years(50))).rejects.toThrow(/must be owner/)
    expect((await verifyAudit({ heads: [await auditHead()] })).faults).toEqual([])
    // With the line of the story above, which is fifty years old then.
    expect((await cutNow()).lines).toBe(LINES + 1)
    const [left] = await sql<{ old: number; young: number; told: number }>(
      `SELECT (count(*) FILTER (WHERE at < '2060-01-01'))::int AS old, (count(*) FILTER (WHERE object = 'school:1'))::int AS young,
              (count(*) FILTER (WHERE action = 'audit:cut'))::int AS told FROM audit_entry`,
    )
    expect(left).toEqual({ old: 0, young: 5, told: 1 })
    expect(await cutNow()).toMatchObject({ lines: 0 })
  })
  it('can be walked from its beginning, against heads from before the cut and after', async () => {
    const [first] = await links('ORDER BY seq LIMIT 1')
    const verdict = await verifyAudit({ heads: [first!, await auditHead()] }, asOwner)
    expect(verdict.faults).toEqual([])
    expect(verdict.cut).toBe(LINES + 1)
  })
  it('tells deleted lines from cut ones: no line after the cut may go, and no cut is believed that the folder did not sign', async () => {
    const young = `DELETE FROM audit_entry WHERE object = 'school:1'`
    expect(await attack(() => owner.query(young), kinds)).toContain('deleted')
    expect(
      await attack(async () => {
        await owner.query(
          `UPDATE audit_entry SET detail = jsonb_set(detail, '{through}', (SELECT to_jsonb(max(seq)) FROM ledger.audit_chain)) WHERE action = 'audit:cut'`,
        )
        await owner.query(young)
      }, kinds),
    ).toContain('deleted')
    expect(await attack(() => owner.query(`DELETE FROM audit_entry WHERE action = 'audit:cut'`), kinds)).toContain('deleted')
  })
  it('finds a cut part that was made anew, by a head from paper and by the signature of the cut', async () => {
    const forge = (seq: number) => () =>
      owner.query(`UPDATE ledger.audit_chain SET hash = decode(repeat('ab', 32), 'hex') WHERE seq = $1`, [seq])
    const [third] = await links('WHERE seq = 3')
    expect(await attack(forge(3), async () => (await verifyAudit({ heads: [third!] }, asOwner)).faults.map((f) => f.kind))).toEqual([
      'rewritten',
    ])
    expect(await attack(forge(LINES + 1), kinds)).toContain('rewritten')
  })
})
