/** Runs a tool by name, or one of our TypeScript files, also in a clone where nothing is installed yet: node scripts/tool.mjs tsc --noEmit */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { prepare, stopWith, typescript } from './prepare.mjs'

const tools = {
  tsc: ['typescript', 'bin', 'tsc'],
  eslint: ['eslint', 'bin', 'eslint.js'],
  prettier: ['prettier', 'bin', 'prettier.cjs'],
  vitest: ['vitest', 'vitest.mjs'],
  playwright: ['@playwright', 'test', 'cli.js'],
}

const [name = '', ...rest] = process.argv.slice(2)
const place = tools[name]
if (!place && !name.endsWith('.ts')) stopWith(`Alat tidak dikenal: ${name}. Yang ada: ${Object.keys(tools).join(', ')}, atau berkas .ts.`)
prepare()
const program = place ? [join('node_modules', ...place)] : [...typescript, name]
const done = spawnSync(process.execPath, [...program, ...rest], { stdio: 'inherit' })
process.exit(done.status ?? 1)
