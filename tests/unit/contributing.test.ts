import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Pages for the one who carries on, held against the house. */
const guide = readFileSync('CONTRIBUTING.md', 'utf8')
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
const rows = readFileSync('docs/glossary.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| .* \| `/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
const schema = readdirSync('prisma/schema')
  .map((f) => readFileSync(`prisma/schema/${f}`, 'utf8'))
  .join('\n')

describe('CONTRIBUTING.md', () => {
  it('has a line for every npm script, and none for another', () => {
    const named = [...guide.matchAll(/^\| `npm (?:run )?([\w:]+)` \|/gm)].map((m) => m[1]!)
    expect(named.sort()).toEqual(Object.keys(scripts).sort())
  })
  it('tells how to add an item type, a room, a page and a migration, and where words are kept', () => {
    for (const title of [
      'Run and test',
      'Add an item type',
      'Add a room',
      'Add a page',
      'Add a migration',
      'Where words on screens are kept',
    ])
      expect(guide).toMatch(new RegExp(`^## ${title}`, 'm'))
  })
  it('names files that are there', () => {
    const files = [...guide.matchAll(/`((?:app|components|docs|lib|prisma|scripts|tests)\/[\w./-]+\.\w+|eslint\.config\.mjs)`/g)].map(
      (m) => m[1]!,
    )
    expect(files.length).toBeGreaterThan(10)
    expect(files.filter((f) => !existsSync(f))).toEqual([])
  })
})

describe('every npm script', () => {
  it('prepares what it needs, also in a clone where nothing is installed or generated', () => {
    const bare = Object.entries(scripts).filter(([, line]) => !/^node scripts\/[a-z]+\.mjs\b/.test(line))
    // Reads the lock file and nothing else.
    expect(bare.map(([name]) => name)).toEqual(['sbom'])
    for (const line of Object.values(scripts)) {
      const file = /scripts\/[a-z]+\.mjs/.exec(line)?.[0]
      if (file) expect(readFileSync(file, 'utf8'), file).toMatch(/\b(?:prepare|generateClient)\(\)/)
    }
  })
})

describe('docs/glossary.md', () => {
  it('names for each word the screen’s, a table and a file that are there', () => {
    expect(rows.length).toBeGreaterThan(40)
    for (const [, english, indonesian, table, file] of rows) {
      expect(english && indonesian, english).toBeTruthy()
      expect(schema, english).toContain(`@@map("${table!.replaceAll('`', '')}")`)
      expect(existsSync(file!.replaceAll('`', '')), `${english}: ${file}`).toBe(true)
    }
  })
})
