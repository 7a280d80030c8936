import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changePolicy, policyInForce, policyView } from '@/lib/access/service'
import { shippedPolicy } from '@/lib/access/policy-model'
import { sql } from '@/lib/platform/db'
import { anAccount, openWorld } from './world'

let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => (world = await openWorld()))
afterAll(() => world.close())

describe('limits of time and trust', () => {
  it('are the shipped ones until an administrator sets others, with a reason on record', async () => {
    const admin = await anAccount('administrator')
    expect(await policyInForce()).toEqual(shippedPolicy)
    expect((await changePolicy(admin, 0, { graceHours: 48 }, 'no')).ok).toBe(false)
    expect((await changePolicy(admin, 0, { graceHours: 48 }, 'Surat BGTK 12/2026')).ok).toBe(true)
    expect((await policyView(admin)).policy).toMatchObject({ graceHours: 48, cardDays: shippedPolicy.cardDays })
    const [line] = await sql<{ detail: { reason: string } }>(`SELECT detail FROM audit_entry WHERE action = 'policy:manage'`)
    expect(line!.detail.reason).toBe('Surat BGTK 12/2026')
  })
  it('refuse a value outside their bounds, and the second of two changes made at once', async () => {
    const admin = await anAccount('administrator')
    expect(await changePolicy(admin, 1, { graceHours: -1 }, 'Surat BGTK 13/2026')).toMatchObject({ ok: false, code: 'input' })
    const both = await Promise.all([3, 4].map((cardDays) => changePolicy(admin, 1, { cardDays }, 'Surat BGTK 14/2026')))
    expect(both.filter((r) => r.ok)).toHaveLength(1)
    expect(both.find((r) => !r.ok)).toMatchObject({ code: 'overtaken', message: expect.stringContaining(admin.name) })
    const days = both[0]!.ok ? 3 : 4
    expect(await changePolicy(admin, 1, { cardDays: days }, 'Surat BGTK 14/2026')).toEqual({ ok: true, value: 2 })
    expect((await policyView(admin)).versions).toHaveLength(2)
  })
  it('are nobody else’s to set', async () => {
    const office = await anAccount('bgtk')
    await expect(changePolicy(office, 2, { cardDays: 3 }, 'Surat BGTK 15/2026')).rejects.toThrow()
  })
})
