import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Locked = { version: string; resolved?: string; integrity?: string; dev?: boolean; inBundle?: boolean; devOptional?: boolean }
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }
const own = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>
  overrides: object
  scripts: Record<string, string>
}
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
const page = readFileSync('docs/security-libraries.md', 'utf8')

describe('the lock file', () => {
  it('fixes every library by its hash, and names no place to get it from but the npm registry', () => {
    expect(packages.length).toBeGreaterThan(500)
    const unfixed = packages.filter(([, p]) => !p.inBundle && !/^sha512-/.test(p.integrity ?? '')).map(([path]) => path)
    expect(unfixed).toEqual([])
    const elsewhere = packages.filter(([, p]) => p.resolved && !p.resolved.startsWith('https://registry.npmjs.org/')).map(([path]) => path)
    expect(elsewhere).toEqual([])
  })
  it('has the exact versions that package.json names', () => {
    for (const [name, version] of Object.entries(own.dependencies)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+/)
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version)
    }
  })
})

describe('the list of libraries (npm run -s sbom)', () => {
  it('names every production library with its version and hash, and no address that only works here', () => {
    const done = spawnSync('npm', ['run', '-s', 'sbom'], { encoding: 'utf8', shell: process.platform === 'win32', maxBuffer: 64_000_000 })
    expect(done.status, done.stderr).toBe(0)
    const list = JSON.parse(done.stdout) as {
      bomFormat: string
      components: { name: string; version: string; hashes?: { alg: string }[]; purl: string }[]
    }
    expect(list.bomFormat).toBe('CycloneDX')
    const listed = new Set(list.components.map((c) => `${c.name}@${c.version}`))
    const wanted = packages.filter(([, p]) => !p.dev && !p.devOptional).map(([path, p]) => `${nameOf(path)}@${p.version}`)
    expect(wanted.length).toBeGreaterThan(400)
    expect(wanted.filter((w) => !listed.has(w))).toEqual([])
    for (const name of Object.keys(own.dependencies))
      expect(
        [...listed].some((l) => l.startsWith(`${name}@`)),
        name,
      ).toBe(true)
    const addresses = new Set(done.stdout.match(/https?:\/\/[^/"]+|file:[^"]*|localhost[^"]*/g))
    expect([...addresses]).toEqual(['http://cyclonedx.org'])
  })
})

describe('docs/security-libraries.md', () => {
  it('speaks of libraries that are in, in the version that is in', () => {
    const rows = [...page.matchAll(/^\| ([@\w][^|]*) \| (\d+\.\d+\.\d+) \| \d/gm)]
    expect(rows.length).toBeGreaterThan(3)
    const everything = { ...own.dependencies }
    for (const [, names, version] of rows) for (const name of names!.split(', ')) expect(everything[name], name).toBe(version)
    const watched = /## Parts that deserve an eye\n([\s\S]*)/.exec(page)![1]!
    for (const [, names] of watched.matchAll(/^\| ([@a-z][^|]*) \| (?!why)/gm))
      for (const name of names!.split(', ')) if (name !== 'library') expect(own.dependencies[name], name).toBeDefined()
    expect(own.overrides).toHaveProperty('exceljs')
  })
  it('says by when each grade of weakness is gone', () => {
    for (const [grade, time] of [
      ['critical', '48 hours'],
      ['high', '7 days'],
      ['medium', '30 days'],
      ['low', '90 days'],
    ])
      expect(page).toMatch(new RegExp(`\\| [^|]*${grade}[^|]*\\| ${time}`))
  })
})
