/** `npm test`: prepares, then hands over to scripts/check.ts. */
import { spawnSync } from 'node:child_process'
import { prepare, typescript } from './prepare.mjs'

prepare()
const done = spawnSync(process.execPath, [...typescript, 'scripts/check.ts', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(done.status ?? 1)
