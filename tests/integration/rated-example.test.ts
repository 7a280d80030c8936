import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { sql } from '@/lib/platform/db'
import { myQueue, ratingDesk, ratingOverview, takeResponse } from '@/lib/rating/service'
import { latestForms } from '@/lib/instruments/inside'
import { openWorld } from './world'

/** The demonstration has an extended response with raters who differ, so that nobody needs one of her own to see how that goes. */
const NOW = new Date('2026-11-20T03:00:00Z')
let world: Awaited<ReturnType<typeof openWorld>>
let expert: Actor

describe('the extended responses of the demonstration', () => {
  beforeAll(async () => {
    world = await openWorld({ demonstration: true })
    const [account] = await sql<{ id: string; name: string }>(`SELECT id, name FROM user_account WHERE email = 'pakar@contoh.id'`)
    expert = {
      userId: account!.id,
      seatId: null,
      teacherId: null,
      name: account!.name,
      grants: [{ role: 'pakar', regionId: null, schoolId: null, levelCodes: [] }],
    }
  })
  afterAll(() => world.close())

  it('wait for the expert, what two raters differ about first, and show nothing of who wrote or rated', async () => {
    const [queue] = await myQueue(expert, NOW)
    expect(queue).toMatchObject({ itemCode: 'PED-054', given: 0 })
    const open = await sql<{ state: string; text: string }>(`SELECT state, text FROM rated_response WHERE state <> 'resolved'`)
    expect(queue!.waiting).toBe(open.length)
    expect(await takeResponse(expert, 'PED-054', NOW)).toBe(true)
    const desk = await ratingDesk(expert, 'PED-054', false, NOW)
    expect(open.filter((r) => r.state === 'disputed').map((r) => r.text)).toContain(desk.response!.text)
    expect(JSON.stringify(desk)).not.toContain('Penilai Simulasi')
  })

  it('were settled by two, by three, or not yet, and the office reads how well raters agree', async () => {
    const [item] = await sql<{ id: string }>(`SELECT instrument_id AS id FROM item WHERE code = 'PED-054'`)
    const office: Actor = { ...expert, grants: [{ role: 'bgtk', regionId: null, schoolId: null, levelCodes: [] }] }
    const { items } = await ratingOverview(office, item!.id, [])
    const { resolved, disputed, waiting } = items[0]!
    expect(Math.min(resolved, disputed, waiting)).toBeGreaterThan(0)
    const methods = await sql<{ method: string }>(`SELECT DISTINCT method FROM rated_response WHERE state = 'resolved' ORDER BY 1`)
    expect(methods.map((m) => m.method)).toEqual(['third', 'two'])
  })

  it('belong to a trial whose results nobody sees, and are no form that anything else would take', async () => {
    const held = await sql(
      `SELECT DISTINCT y.release_rule, y.released_at FROM rated_response r JOIN attempt a ON a.id = r.attempt_id JOIN seat s ON s.id = a.seat_id
         JOIN sitting y ON y.id = s.sitting_id`,
    )
    expect(held).toEqual([{ release_rule: 'held', released_at: null }])
    const taken = await sql<{ id: string }>(`SELECT DISTINCT a.form_id AS id FROM rated_response r JOIN attempt a ON a.id = r.attempt_id`)
    expect((await latestForms()).map((f) => f.formId)).not.toContain(taken[0]!.id)
  })
})
