import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { uploadActions } from '@/lib/access/upload-service'
import { phonePace } from '@/lib/delivery/pace'
import { uploadKinds, type UploadKind } from '@/lib/platform/upload-model'
import { pagePace } from '@/scripts/page-pace'

/** docs/security-inputs.md says what the code does: every figure that it names, and every kind of file and pace of the code. */
const page = readFileSync('docs/security-inputs.md', 'utf8')
const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? (e.name === 'generated' ? [] : files(join(folder, e.name))) : e.name.endsWith('.ts') ? [join(folder, e.name)] : [],
  )
const code = [...files('lib'), ...files('scripts')].map((f) => readFileSync(f, 'utf8')).join('\n')
/** Every value that a constant of this name has somewhere; products are worked out. */
const valuesOf = (name: string): number[] =>
  [...code.matchAll(new RegExp(`const ${name} = ([\\d_ *KB]+)$`, 'gm'))].map((m) =>
    m[1]!
      .replaceAll('_', '')
      .replace('KB', '1024')
      .split('*')
      .reduce((n, x) => n * Number(x), 1),
  )

describe('the page of inputs', () => {
  it('names no figure that the code does not hold', () => {
    const named = [...page.matchAll(/(\d+)[^\d|[\]]*?\[([A-Z_]+)\]/g)].map((m) => [m[2]!, Number(m[1])] as const)
    expect(named.length).toBeGreaterThan(24)
    for (const [name, figure] of named) expect([name, valuesOf(name)]).toEqual([name, expect.arrayContaining([figure])])
  })
  it('names every pace of the code with its figures', () => {
    for (const { perSecond, atOnce } of [...Object.values(phonePace), ...Object.values(pagePace)])
      expect(page).toContain(`| ${perSecond} a second, ${atOnce} at once |`)
    expect(page.match(/a second, \d+ at once/g)).toHaveLength(Object.keys(phonePace).length + Object.keys(pagePace).length)
  })
  it('names every kind of file with who may send it, its endings and its size, and no other', () => {
    const rows = Object.entries(uploadKinds).map(
      ([kind, { endings, bytes }]) =>
        `| ${kind} | ${uploadActions[kind as UploadKind]} | ${endings.map((e) => `.${e}`).join(' ')} | ${bytes} |`,
    )
    for (const row of rows) expect(page).toContain(row)
    expect([...page.matchAll(/^\| \w+ \| \w+:\w+ \| \./gm)]).toHaveLength(rows.length)
  })
})
