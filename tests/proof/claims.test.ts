import { expect, it } from 'vitest'
import { claims, holds, missOf } from './claims'

/** Prints what every claim said and what was found: the table that stands behind `tests/unit/claims.test.ts`. */

it('prints said, observed and n of every claim', () => {
  for (const c of claims) {
    console.log(`${holds(c) ? 'holds' : 'MISSES, not shown'}: ${c.claim} (${c.from})`)
    for (const f of c.found)
      console.log(
        `  ${f.where}: said ${f.said}, observed ${f.observed} ± ${f.error}, n ${f.n}${missOf(c, f) > c.within ? '  <- misses' : ''}`,
      )
  }
  expect(claims.length).toBeGreaterThan(0)
})
