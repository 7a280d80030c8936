import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const FOLDERS = ['app', 'components', 'lib', 'public', 'prisma/schema']
const FILES = [
  'package-lock.json',
  'next.config.ts',
  'tsconfig.json',
  'postcss.config.mjs',
  'proxy.ts',
  'instrumentation.ts',
  'scripts/build-player.ts',
]

/** Every file whose change makes the build stale, sorted. */
export function sourceFiles(): string[] {
  const found: string[] = []
  const walk = (dir: string) => {
    if (!existsSync(dir)) return
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name)
      if (entry.isDirectory()) walk(path)
      else found.push(path)
    }
  }
  FOLDERS.forEach(walk)
  const top = new Set(readdirSync('.'))
  return [...found, ...FILES.filter((f) => top.has(f))].sort()
}
