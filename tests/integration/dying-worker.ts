/** A worker that takes an order, does its first step and then goes on for ever: for a test that kills it. The address of the database comes by argument. */
import { z } from 'zod'
import { settle } from '@/lib/platform/config'
import { sql } from '@/lib/platform/db'
import { runOrders } from '@/lib/platform/lanes'
import { officeOrders } from '@/scripts/orders'

const [url, venue] = process.argv.slice(2) as [string, string]
settle({ DATABASE_URL: url })
await runOrders(url, 'office', {
  ...officeOrders(() => new Date()),
  'propose-plans': async (_p, { step }) => {
    await step('first', z.int(), async () => {
      await sql(`INSERT INTO venue (id, name, region_id) SELECT gen_random_uuid(), $1, id FROM region LIMIT 1`, [venue])
      return 7
    })
    return new Promise<never>(() => undefined)
  },
})
