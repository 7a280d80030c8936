import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const git = (...args: string[]): string[] => {
  const done = spawnSync('git', args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr.trim())
  return done.stdout.split('\n').filter(Boolean)
}

/** Files that differ from `since` (a commit), those that git does not know yet included; what was removed is left out. */
export const changedFiles = (since: string): string[] =>
  [...new Set([...git('diff', '--name-only', since), ...git('ls-files', '--others', '--exclude-standard')])]
    .filter((f) => existsSync(f))
    .sort()

/** What of the browser suite files touch: stories that changed themselves; all of them where what they stand on changed. */
export function storiesOf(files: readonly string[]): string[] {
  const own = files.filter((f) => f.startsWith('tests/e2e/'))
  return own.some((f) => !f.endsWith('.spec.ts')) || files.includes('playwright.config.ts') ? ['tests/e2e'] : own
}

/** Whether a browser would be shown something else, which no import tells a story of. */
export const screensChanged = (files: readonly string[]): boolean =>
  files.some((f) => /^(?:app|components|lib|public|proxy\.ts|prisma)/.test(f))
