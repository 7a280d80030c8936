import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Where this very file runs from: the folder of the bundles (scripts/bundle.mjs), or that of its source. */
const here = dirname(fileURLToPath(import.meta.url))

/**
 * How Node.js runs one of our programs, scripts/<name>.ts, after those that come `before` it: `flags`, then the `file`. Bundled as this one
 * is, so that all of an installation are of one making, else from its source.
 */
export function programOf(name: string, before: readonly string[] = []): { flags: string[]; file: string } {
  const beside = (one: string) => join(here, `${one}.mjs`)
  const source = (one: string) => join(process.cwd(), 'scripts', `${one}.ts`)
  const isBundled = existsSync(beside(name))
  const fileOf = isBundled ? beside : source
  return {
    flags: [...(isBundled ? [] : ['--import', 'tsx']), ...before.flatMap((one) => ['--import', pathToFileURL(fileOf(one)).href])],
    file: fileOf(name),
  }
}
