import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { asOwner } from '@/lib/platform/migrate'
import { loadDemonstration } from '@/prisma/seed/demonstration'
import { solved } from '../unit/mapping/solve'
import { everybody, readMaps, type Sat } from '../integration/adversary'
import { openWorld } from '../integration/world'

/** An adversary opens everything that a role can open and solves for what is hidden: the long form, over a larger province and every filter. */
const office: Actor = {
  userId: null,
  seatId: null,
  teacherId: null,
  name: 'bgtk',
  grants: [{ role: 'bgtk', regionId: null, schoolId: null, levelCodes: [] }],
}
let world: Awaited<ReturnType<typeof openWorld>>
let all: Sat[]

beforeAll(async () => {
  world = await openWorld()
  await asOwner({ url: process.env['DATABASE_URL']!, ownerUrl: world.ownerUrl }, () => loadDemonstration(() => undefined, 6))
  all = await everybody()
}, 300_000)
afterAll(async () => {
  await world.close()
})

describe('small groups stay hidden from whoever reads everything together', () => {
  it.each(['1', '4'])(
    'on the map of part %s, under every filter, for whoever adds and subtracts',
    async (part) => {
      const found = solved(await readMaps(office, all, part, 'every level'))
      expect(found.reduce((s, f) => s + f.hidden, 0)).toBeGreaterThan(100)
      expect(found.filter((f) => f.determined)).toEqual([])
    },
    600_000,
  )
})
