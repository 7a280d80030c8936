import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { account, addUser, ownJob } from '@/lib/access/service'
import * as instruments from '@/lib/instruments/service'
import { sql } from '@/lib/platform/db'
import { checkFile } from '@/lib/roster/inside'
import { anAccount, idOf, openWorld, proven } from './world'

/** Walks of somebody with two roles, or with the wrong one, through doors where the one could have opened what belongs to the other. */
const now = new Date()
let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('an expert who also works for BGTK', () => {
  it('rates relevance where she was asked to, and nowhere by managing the bank', async () => {
    const office = await anAccount('bgtk')
    const expert = await anAccount('pakar')
    const both: Actor = { ...expert, grants: [office.grants[0]!, ...expert.grants] }
    await expect(instruments.reviewPage(both, 'MTK')).rejects.toThrow(Forbidden)
    expect(await instruments.myReviews(both)).toEqual([])
    await instruments.giveTask(office, 'MTK', { userId: expert.userId, kind: 'validate' }, now)
    expect((await instruments.myReviews(both)).map((r) => r.code)).toEqual(['MTK'])
    await expect(instruments.reviewPage(both, 'BIN')).rejects.toThrow(Forbidden)
  })
  it('reads what other reviewers said after she has spoken herself', async () => {
    const [office, writer] = [await anAccount('bgtk'), await anAccount('pakar')]
    const [one, two] = [await anAccount('pakar'), await anAccount('pakar')]
    const code = (
      await sql<{ code: string }>(`SELECT i.code FROM item i JOIN instrument t ON t.id = i.instrument_id WHERE t.code = 'MTK' LIMIT 1`)
    )[0]!.code
    await sql(`UPDATE item SET writer_id = $2 WHERE code = $1`, [code, writer.userId])
    for (const e of [one, two])
      expect(await instruments.giveTask(office, 'MTK', { userId: e.userId, kind: 'review', itemCode: code }, now)).toMatchObject({
        ok: true,
      })
    const words = { verdict: 'revise', comment: 'Kata kunci soal ini masih rancu.', seen: 1 }
    expect(await instruments.reviewItem(one, code, words, now)).toMatchObject({ ok: true })
    const both: Actor = { ...two, grants: [office.grants[0]!, ...two.grants] }
    expect((await instruments.itemPage(both, code))!.reviews).toEqual([])
    expect((await instruments.itemPage(office, code))!.reviews).toHaveLength(1)
    expect(await instruments.reviewItem(both, code, words, now)).toMatchObject({ ok: true })
    expect((await instruments.itemPage(both, code))!.reviews).toHaveLength(2)
  })
})

it('keeps a file of teachers from whoever may not import it, on the command line too', async () => {
  await expect(
    checkFile(
      { ...(await anAccount('pengawas')), grants: [...(await anAccount('pengawas')).grants, ...(await anAccount('pakar')).grants] },
      'guru.csv',
      Buffer.from('x'),
      null,
    ),
  ).rejects.toThrow(Forbidden)
})
it('tells the progress of a job to the account that started it and to nobody else', async () => {
  const [mine, other] = [await anAccount('bgtk'), await anAccount('administrator')]
  const id = uuidv7()
  await sql(
    `INSERT INTO job_run (id, kind, state, created_by, created_at, updated_at) VALUES ($1, 'propose-plans', 'running', $2, $3, $3)`,
    [id, mine.userId, now],
  )
  expect(await ownJob(mine, id)).toMatchObject({ state: 'running' })
  expect(await ownJob(other, id)).toBeNull()
})
it('keeps of a role only the place that this role needs, from the first day of an account on', async () => {
  const admin = await proven(await anAccount('administrator'), now)
  const regionId = await idOf('region', '18.10', 'kemendagri_code')
  const made = await addUser(admin, { name: 'Petugas Baru', email: 'petugas@uji.id', role: 'bgtk', regionId, schoolId: null }, now)
  if (!made.ok) throw new Error(made.message)
  expect((await account(admin, made.value.id))!.grants).toMatchObject([{ role: 'bgtk', regionId: null, schoolId: null }])
})
