import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, inTransaction, sql } from '@/lib/platform/db'
import { createUser } from '@/lib/access/store'
import { openWorld } from './world'

let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

let count = 0
const person = (name: string) =>
  createUser(
    { name, email: `tx-${++count}@uji.id`, passwordHash: null, grants: [{ role: 'bgtk', regionId: null, schoolId: null, levelCodes: [] }] },
    new Date(),
  )
const named = async (name: string) =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM user_account WHERE name = $1`, [name]))[0]!.n

describe('a transaction', () => {
  it('takes in what stores do through Prisma, through SQL and through a transaction of their own', async () => {
    const stop = new Error('stop')
    await expect(
      inTransaction(async () => {
        await Promise.all([
          person('Ani'),
          person('Ani'),
          sql(`SELECT 1`),
          inTransaction((tx) =>
            tx.query(`INSERT INTO user_account (id, name, email, created_at) VALUES (gen_random_uuid(), 'Ani', 'ani@uji.id', now())`),
          ),
        ])
        expect(await named('Ani')).toBe(3)
        expect(await db().user.count({ where: { name: 'Ani' } })).toBe(3)
        throw stop
      }),
    ).rejects.toBe(stop)
    expect(await named('Ani')).toBe(0)
  })
  it('keeps what it did when only a part of it failed and somebody minded', async () => {
    await inTransaction(async () => {
      await person('Budi')
      await inTransaction(async () => {
        await person('Budi')
        throw new Error('part')
      }).catch(() => undefined)
      await person('Budi')
    })
    expect(await named('Budi')).toBe(2)
  })
  it('does not say that it was done when the server undid it', async () => {
    const broken = inTransaction(async () => {
      await person('Cici')
      await sql(`SELECT 1/0`).catch(() => undefined)
      return 'done'
    })
    await expect(broken).rejects.toThrow('undone')
    expect(await named('Cici')).toBe(0)
  })
  it('lets nothing that goes on after it was undone write on its own', async () => {
    let late: Promise<unknown> = Promise.resolve()
    await inTransaction(async () => {
      late = new Promise((r) => setImmediate(() => setTimeout(r, 50))).then(() => person('Dodi'))
      throw new Error('stop')
    }).catch(() => undefined)
    await expect(late).rejects.toThrow('undone')
    expect(await named('Dodi')).toBe(0)
  })
})
