/** Matching of a whole simulated province against first come, first served: `npm run load:matching`. */
import { compare, firstCome } from '@/lib/tutoring/first-come'
import { matchProvince, shippedMatchRules } from '@/lib/tutoring/matching'
import { province } from '../unit/tutoring/province'

for (const [words, shares] of [
  ['many tutors', { tutors: 0.18, learners: 0.57 }],
  ['few tutors', { tutors: 0.05, learners: 0.57 }],
] as const) {
  const input = province(14_000, shares, 20251018)
  const began = performance.now()
  const found = await matchProvince(input, shippedMatchRules)
  const seconds = (performance.now() - began) / 1000
  const simple = firstCome(input, shippedMatchRules)
  const line = (pairs: typeof found.pairs) => {
    const q = compare(input, pairs)
    return `${pairs.length} matched, ${q.meanKm.toFixed(1)} km, ${(100 * q.sameRegion).toFixed(0)} % in the own kabupaten, worst kabupaten ${(100 * q.worstServed).toFixed(0)} % served`
  }
  console.log(`${words}: ${input.tutors.length} tutors, ${input.learners.length} learners, ${seconds.toFixed(1)} s`)
  console.log(`  optimum:    ${line(found.pairs)}`)
  console.log(`  first come: ${line(simple.pairs)}`)
}
