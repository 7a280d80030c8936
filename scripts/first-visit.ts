/** Opens every page once before anybody else does: the first visit of each reads and compiles its code, for which nothing else is answered. */
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { DOOR_HEADER, doorWord } from '@/lib/platform/pages-door'

const MANIFEST = '.next/server/app-paths-manifest.json'
const PATIENCE_MS = 30_000

/** Addresses of all pages and doors of a build, groups left out, with a name that nothing has where an id or a code belongs. */
export const addressesOf = (manifest: Record<string, string>): string[] =>
  Object.keys(manifest)
    .filter((entry) => /\/(?:page|route)$/.test(entry) && !entry.startsWith('/_'))
    .map(
      (entry) =>
        entry
          .replace(/\/(?:page|route)$/, '')
          .replace(/\/\([^)]+\)/g, '')
          .replace(/\[[^\]]+\]/g, '00000000-0000-7000-8000-000000000000') || '/',
    )
    .toSorted()

/** Visits one address of the pages on this socket as a stranger; what comes back does not matter, only whether anything did. */
const visit = (socketPath: string, path: string): Promise<boolean> =>
  new Promise((done) => {
    const headers = { host: 'localhost', [DOOR_HEADER]: doorWord() }
    const asked = request({ socketPath, path, headers, timeout: PATIENCE_MS }, (answer) => {
      answer.resume()
      answer.on('close', () => done(true))
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => done(false))
    asked.end()
  })

/** Visits every page of the build, one after the other; answers those that could not be reached, which the first person pays for. */
export async function visitEveryPage(socketPath: string): Promise<string[]> {
  const missed: string[] = []
  for (const path of addressesOf(JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, string>))
    if (!(await visit(socketPath, path))) missed.push(path)
  return missed
}
