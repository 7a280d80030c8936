import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** The table of docs/security.md says what is proven and by which test: it may name no test that is not there. */
const page = readFileSync('docs/security.md', 'utf8')
const rows = page.split('\n').flatMap((line) => {
  const [, number, level, , verdict, , test] = /^\| (\d+\.\d+\.\d+) \| (\d) \| (.*?) \| (.*?) \| (.*?) \| (.*) \|$/.exec(line) ?? []
  return number ? [{ number, level, verdict: verdict!, test: test! }] : []
})
const plain = (text: string) => text.replaceAll('’', "'")

describe('the table of ASVS requirements', () => {
  it('holds every requirement of level 1 and 2 once: 70 and 183', () => {
    expect(new Set(rows.map((r) => r.number)).size).toBe(rows.length)
    expect([rows.filter((r) => r.level === '1').length, rows.filter((r) => r.level === '2').length]).toEqual([70, 183])
  })
  it('knows three verdicts, and says why one does not apply or what a failing one lacks', () => {
    const silent = rows.filter((r) => !/^(pass\b|n\.a\. because .{5,}|FAIL\b)/.test(r.verdict)).map((r) => r.number)
    expect(silent).toEqual([])
  })
  it('names only tests that exist, by the sentence that they carry', () => {
    const missing = rows.flatMap(({ number, test }) =>
      [...test.matchAll(/(tests\/[\w/.-]+\.(?:test|spec)\.tsx?): ((?:"[^"]+"(?:; (?="))?)+)/g)].flatMap(([, path, names]) =>
        [...names!.matchAll(/"([^"]+)"/g)].flatMap(([, name]) =>
          existsSync(path!) && plain(readFileSync(path!, 'utf8')).includes(plain(name!)) ? [] : [`${number} ${path}: ${name}`],
        ),
      ),
    )
    expect(missing).toEqual([])
  })
  it('counts what it shows', () => {
    const of = (verdict: RegExp) => rows.filter((r) => verdict.test(r.verdict)).length
    const named = rows.filter((r) => /tests\/[\w/.-]+\.(?:test|spec)\.tsx?: "/.test(r.test)).length
    expect(page).toContain(
      `${rows.length} requirements: ${of(/^pass/)} pass, ${of(/^n\.a\./)} do not apply, ${of(/^FAIL/)} fail; ${named} lines name a test.`,
    )
  })
})
