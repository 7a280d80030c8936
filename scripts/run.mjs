/** Runs one of our TypeScript scripts by name, also in a clone where nothing is installed yet: node scripts/run.mjs roster check FILE */
import { spawnSync } from 'node:child_process'
import { prepare, typescript } from './prepare.mjs'

const [name, ...rest] = process.argv.slice(2)
const cwd = process.cwd()
prepare()
process.chdir(cwd)
const done = spawnSync(process.execPath, [...typescript, `scripts/${name}.ts`, ...rest], { stdio: 'inherit' })
process.exit(done.status ?? 1)
