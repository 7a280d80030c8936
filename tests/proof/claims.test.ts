import { expect, it } from 'vitest'
import { claims, claimsTable } from './claims'

/** Prints what every claim said and what was found when its proof last ran to its end: the table that stands behind `tests/unit/claims.test.ts`. */

it('prints said, observed and n of every claim', () => {
  console.log(claimsTable())
  expect(claims.length).toBeGreaterThan(0)
})
