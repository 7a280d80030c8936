/** What must be there before any TypeScript of ours runs: Node, packages, the generated database client. Plain JavaScript. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** How Node.js runs our TypeScript: settings are read before anything else does. */
export const typescript = ['--import', 'tsx', '--import', './scripts/configured.ts']

/** Says one plain sentence and ends. */
export function stopWith(sentence) {
  console.error(`\n  ${sentence}\n`)
  process.exit(1)
}

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path).update(readFileSync(path))
  return hash.digest('hex')
}

function isFresh(marker, hash) {
  return existsSync(marker) && readFileSync(marker, 'utf8') === hash
}

/** Installs packages when the lock file changed, and generates the Prisma client when the schema did. */
export function prepare() {
  process.chdir(root)
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    stopWith(`Petaguru memerlukan Node.js 20.19 atau lebih baru; yang terpasang ${process.versions.node}.`)
  }
  const lockHash = hashOf(['package-lock.json'])
  const lockMarker = join('node_modules', '.petaguru-lock')
  if (!isFresh(lockMarker, lockHash)) {
    console.error('  Memasang paket yang diperlukan …')
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    // Not `npm ci`: it refuses a lock file that lacks optional binaries of other platforms, which some registries do not hold.
    const done = spawnSync(npm, ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    })
    if (done.status !== 0) stopWith('Paket tidak dapat dipasang. Periksa sambungan ke registri npm dan ruang disk, lalu ulangi.')
    writeFileSync(lockMarker, lockHash)
  }
  generateClient()
}

/** Generates the Prisma client when the schema changed; also after every `npm install`, so that tools called by hand find it. */
export function generateClient() {
  process.chdir(root)
  const schemaDir = join('prisma', 'schema')
  const schemaHash = hashOf(
    readdirSync(schemaDir)
      .sort()
      .map((f) => join(schemaDir, f))
      .concat('package-lock.json'),
  )
  const generated = join('lib', 'platform', 'generated')
  const schemaMarker = join(generated, '.schema-hash')
  if (!isFresh(schemaMarker, schemaHash)) {
    const done = spawnSync(process.execPath, [join('node_modules', 'prisma', 'build', 'index.js'), 'generate'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // Generating needs no engine; naming any executable keeps Prisma from downloading one.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    })
    if (done.status !== 0) console.error(String(done.stderr))
    if (done.status !== 0) stopWith('Klien basis data tidak dapat dibuat dari prisma/schema.')
    mkdirSync(generated, { recursive: true })
    writeFileSync(schemaMarker, schemaHash)
  }
}
