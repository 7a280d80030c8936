/**
 * Puts our programs into files that Node.js reads as they are: each starts in some half of the time and holds some two thirds of the memory that
 * it takes when every file of it is translated as it is met. Half a second; made at every start, so nothing can be stale.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './prepare.mjs'

/** What `npm start` runs, by its name in scripts: what comes before every program, and the programs. lib/platform/programs.ts finds them. */
const ENTRIES = [
  ...['next-environment', 'configured', 'kept', 'waiting'],
  ...['serve', 'demonstration', 'web', 'pages-process', 'clock', 'worker', 'document-maker', 'item-reader', 'sheet-reader'],
  ...['analysis-thread', 'assembly-thread'],
]
const PLACE = join(root, 'node_modules', '.cache', 'petaguru')
/** Before its name: the start that uses a folder. Whatever runs still reads parts of it, and starts its programs anew from it. */
const USED_BY = 'used-by-'

/** Whether a start that lives still uses a folder. */
function inUse(folder) {
  return readdirSync(folder).some((name) => {
    if (!name.startsWith(USED_BY)) return false
    try {
      return process.kill(Number(name.slice(USED_BY.length)), 0)
    } catch (error) {
      return error.code === 'EPERM'
    }
  })
}

/** Folders that nobody uses any more go, after a day in which a start may still have been writing them. */
function sweep(mine) {
  for (const name of readdirSync(PLACE)) {
    const old = join(PLACE, name)
    if (old !== mine && Date.now() - statSync(old).mtimeMs > 86_400_000 && !inUse(old)) rmSync(old, { recursive: true, force: true })
  }
}

/** Next.js names its doors without their ending, which only bundlers complete. */
const nextDoors = {
  name: 'next-doors',
  setup: (build) => build.onResolve({ filter: /^next\/[a-z/-]+$/ }, ({ path }) => ({ path: `${path}.js`, external: true })),
}

/** Writes the bundles into a folder that is named after what is in them; answers it. */
export async function bundlePrograms() {
  const { build, stop } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: ENTRIES.map((name) => join(root, 'scripts', `${name}.ts`)),
    absWorkingDir: root,
    outdir: PLACE,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'linked',
    plugins: [nextDoors],
    logLevel: 'warning',
  })
  // Its own process would stay for as long as this one.
  await stop()
  const hash = createHash('sha256')
  for (const { path, contents } of outputFiles) hash.update(basename(path)).update(contents)
  const folder = join(PLACE, hash.digest('hex').slice(0, 16))
  if (!existsSync(folder)) {
    const fresh = `${folder}.${process.pid}`
    mkdirSync(fresh, { recursive: true })
    for (const { path, contents } of outputFiles) writeFileSync(join(fresh, basename(path)), contents)
    try {
      renameSync(fresh, folder)
    } catch {
      // Another start has written the same meanwhile.
      rmSync(fresh, { recursive: true, force: true })
    }
  }
  writeFileSync(join(folder, `${USED_BY}${process.pid}`), '')
  sweep(folder)
  return folder
}

/** How Node.js runs one of them after those that come before it. */
export const bundled = (folder, name, before) => [
  ...before.flatMap((first) => ['--import', pathToFileURL(join(folder, `${first}.mjs`)).href]),
  join(folder, `${name}.mjs`),
]
