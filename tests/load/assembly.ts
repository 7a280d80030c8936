/**
 * `npm run load:assembly`: 4 parallel forms of 40 from 300 calibrated items under a whole blueprint, timed, and held against a second
 * solver's bound (cbc or glpsol where installed; else the LP relaxation of HiGHS, which is a bound too). Fails above 5 s or below 99 %.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assemble } from '@/lib/assembly/solver'
import { modelOf } from '@/lib/assembly/linear-program'
import { itemPool, wholeSpec } from './item-pool'

const seeds = process.argv.slice(2).map(Number).filter(Number.isFinite)
const folder = mkdtempSync(join(tmpdir(), 'assembly-'))

/** The best that the other solver proves possible within its time, for a model to be maximised. */
function secondBound(lp: string): { by: string; bound: number } | null {
  const file = join(folder, 'model.lp')
  writeFileSync(file, lp)
  const cbc = spawnSync('cbc', [file, 'sec', '60', 'ratio', '0.002', 'solve', 'quit'], { encoding: 'utf8' })
  if (!cbc.error) {
    const bound = /(?:Upper bound|Lower bound):\s+(-?[\d.]+)/.exec(cbc.stdout)?.[1] ?? /Objective value:\s+(-?[\d.]+)/.exec(cbc.stdout)?.[1]
    if (bound) return { by: 'cbc', bound: Math.abs(Number(bound)) }
  }
  const out = join(folder, 'glp.txt')
  const glp = spawnSync('glpsol', ['--lp', file, '--nomip', '-o', out], { encoding: 'utf8' })
  if (glp.error) return null
  const bound = /Objective:\s+\w+ = (-?[\d.e+]+)/.exec(readFileSync(out, 'utf8'))?.[1]
  return bound ? { by: 'glpsol (LP relaxation)', bound: Number(bound) } : null
}

let failed = false
for (const seed of seeds.length ? seeds : [1, 2, 3]) {
  const pool = itemPool(300, seed)
  const spec = wholeSpec(4, 40)
  const found = await assemble(pool, spec)
  if (!found.ok) {
    console.log(`seed ${seed}: ${found.reasons.join(' ')}`)
    failed = true
    continue
  }
  const second = secondBound(modelOf(pool, spec).lp)
  const share = second ? found.objective / second.bound : NaN
  console.log(
    `seed ${seed}: 4 forms of 40 from 300 in ${found.seconds.toFixed(2)} s; lowest information ${found.objective.toFixed(4)}; ` +
      (second
        ? `${(100 * share).toFixed(2)} % of the best that ${second.by} proves possible (${second.bound.toFixed(4)})`
        : 'no second solver here'),
  )
  if (found.seconds > 5 || share < 0.99) failed = true
}
process.exit(failed ? 1 : 0)
