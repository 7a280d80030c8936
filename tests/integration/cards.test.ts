import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { runActions } from '@/lib/console/service'
import { sql } from '@/lib/platform/db'
import { enterWithCard } from '@/lib/sittings/inside'
import { appointProctor, cards } from '@/lib/sittings/service'
import { aSchool, aSitting, aTeacher, anAccount, openWorld } from './world'

const NOW = new Date('2026-05-10T08:00:00+07:00')
const visit = { address: '10.0.0.1', userAgent: null }
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let watcher: Actor

beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
  watcher = await anAccount('pengawas')
})
afterAll(() => world.close())

/** One seat with its card as printed now, the proctor's tap on it, and a try to come in with a card. */
async function oneSeat() {
  const { sittingId, roomId, seatIds } = await aSitting([await aTeacher(await aSchool())], NOW)
  await appointProctor(office, sittingId, watcher.userId!, roomId)
  const seat = seatIds[0]!
  const printed = async () => (await cards(office, sittingId, roomId))!.faces[0]!
  const tap = (kind: 'card' | 'card-back') => ({ id: uuidv7(), at: NOW.getTime(), kind, seat })
  const enter = async (card: { number: string; code: string }) => (await enterWithCard(card, visit, async (claim) => claim.version, NOW)).ok
  return { seat, printed, tap, enter }
}

describe('a card that was voided by mistake', () => {
  it('is given back, and the paper in the teacher’s hand opens the test again', async () => {
    const { printed, tap, enter } = await oneSeat()
    const paper = await printed()
    await runActions(watcher, [tap('card')], NOW)
    expect(await enter(paper)).toBe(false)
    const back = tap('card-back')
    expect((await runActions(watcher, [back, back], NOW)).map((r) => r.outcome)).toEqual(['done', 'done'])
    expect(await enter(paper)).toBe(true)
  })
  it('never lends its replacement’s code to a later card', async () => {
    const { printed, tap, enter } = await oneSeat()
    await runActions(watcher, [tap('card')], NOW)
    const replacement = await printed()
    await runActions(watcher, [tap('card-back'), tap('card')], NOW)
    expect(await enter(replacement)).toBe(false)
    expect(await enter(await printed())).toBe(true)
  })
  it('stays voided once somebody has come in with the new one, and the log keeps only what happened', async () => {
    const { seat, tap } = await oneSeat()
    await runActions(watcher, [tap('card')], NOW)
    await sql(
      `INSERT INTO session (id, kind, subject_id, version, name, created_at, last_seen_at, expires_at, address) VALUES ($1, 'seat', $2, 2, 'Peserta', $3, $3, $3, '10.0.0.2')`,
      [`uji-${seat}`, seat, NOW],
    )
    const [answer] = await runActions(watcher, [tap('card-back')], NOW)
    expect(answer).toMatchObject({ outcome: 'refused', message: expect.stringMatching(/Kartu baru sudah dipakai masuk/) })
    expect(await sql(`SELECT count(*)::int AS n FROM incident WHERE seat_id = $1`, [seat])).toEqual([{ n: 1 }])
  })
  it('is not given back when it was never voided', async () => {
    const { tap } = await oneSeat()
    expect((await runActions(watcher, [tap('card-back')], NOW))[0]).toMatchObject({ outcome: 'refused' })
  })
})
