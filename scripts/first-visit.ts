/** Opens every page once before anybody else does: the first visit of each reads and compiles its code, for which nothing else is answered. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'

/** What a request of our own carries, so that the pace of visitors does not count it. Nobody else knows the word. */
export const OWN_VISIT = { name: 'x-petaguru-visit', value: randomBytes(16).toString('base64url') }

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

/** Where a server that listens on `host` hears this machine. */
const nearest = (host: string): string => (['0.0.0.0', '::', ''].includes(host) ? '127.0.0.1' : host)

/** Visits one address of this server as a stranger; what comes back does not matter, only whether anything did. */
const visit = (host: string, port: number, path: string): Promise<boolean> =>
  new Promise((done) => {
    const asked = request(
      { host: nearest(host), port, path, headers: { [OWN_VISIT.name]: OWN_VISIT.value }, timeout: PATIENCE_MS },
      (answer) => {
        answer.resume()
        answer.on('close', () => done(true))
      },
    )
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => done(false))
    asked.end()
  })

/** Visits every page of the build, one after the other; answers those that could not be reached, which the first person pays for. */
export async function visitEveryPage(host: string, port: number): Promise<string[]> {
  const missed: string[] = []
  for (const path of addressesOf(JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, string>))
    if (!(await visit(host, port, path))) missed.push(path)
  return missed
}
