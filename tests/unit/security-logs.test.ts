import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { acts } from '@/lib/access/audit-model'

const page = readFileSync('docs/security-logs.md', 'utf8')
const listed = new Set(
  page
    .split('## Events')[1]!
    .split('\n')
    .filter((l) => l.startsWith('| '))
    .flatMap((l) => [...l.matchAll(/`([a-z]+(?::[a-z-]+)?)`/g)].map((m) => m[1]!)),
)
const files = (dir: string): string[] =>
  readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? (e.name === 'generated' ? [] : files(join(dir, e.name))) : e.name.endsWith('.ts') ? [join(dir, e.name)] : [],
  )
const code = files('lib')
  .map((f) => readFileSync(f, 'utf8'))
  .join('\n')
const written = new Set(
  [
    /\b(?:audit|auditCopy)\(\s*actor,\s*'([a-z:-]+)'/g,
    /\brecord(?:Event|Try)\(\s*[^']+?,\s*(?:active \? )?'([a-z:-]+)'/g,
    /\baction: '([a-z:-]+)'/g,
    /noteRefusal\(\{ what: '([a-z]+)'/g,
    /complained\('([a-z]+)'/g,
  ].flatMap((pattern, i) => [...code.matchAll(pattern)].map((m) => (i > 2 ? `refused:${m[1]}` : m[1]!))),
)

describe('the list of what is logged', () => {
  it('names every event that the code writes', () => {
    expect(written.size).toBeGreaterThan(25)
    expect([...written].filter((action) => !listed.has(action))).toEqual([])
  })
  it('names no event that has no words for people', () => {
    expect([...listed].filter((action) => !(action in acts))).toEqual([])
  })
})
