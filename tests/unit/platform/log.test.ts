import { describe, expect, it } from 'vitest'
import { logTo } from '@/lib/platform/log'

function lineOf(write: (log: ReturnType<typeof logTo>) => void): string {
  let text = ''
  write(logTo({ write: (line: string) => void (text += line) }))
  return text
}

describe('a line of the program’s log', () => {
  it('holds no name, code, secret or address at any depth', () => {
    const hidden = { name: 'Siti Aminah', code: 'KUNCI-1', email: 'siti@sekolah.id', token: 't0k3n', nuptk: '1234567890123456' }
    const text = lineOf((log) => log.warn({ seat: 7, people: [{ deep: { deeper: hidden } }], ...{ password: 'rahasia' } }, 'odd'))
    for (const word of [...Object.values(hidden), 'rahasia']) expect(text).not.toContain(word)
    expect(JSON.parse(text)).toMatchObject({ seat: 7, msg: 'odd' })
  })
  it('tells of a database’s fault without its values: not those of detail, where and parameters, and not those quoted in its words', () => {
    const fault = Object.assign(new Error('duplicate key value (siti@sekolah.id) violates "user_account_email_key": "1234567890123456"'), {
      code: '23505',
      detail: 'Key (email)=(siti@sekolah.id) already exists.',
      where: 'COPY teacher, line 1: "Siti Aminah"',
      parameters: ['Siti Aminah'],
      constraint: 'user_account_email_key',
    })
    const text = lineOf((log) => log.error({ err: fault, inner: { cause: fault } }, 'failed'))
    for (const word of ['siti@sekolah.id', 'Siti Aminah', '1234567890123456']) expect(text).not.toContain(word)
    expect(JSON.parse(text)).toMatchObject({ err: { type: 'Error', code: '23505', constraint: 'user_account_email_key' } })
    expect(text).toContain('log.test.ts')
  })
  it('stays one line of JSON, whatever is in it, with the moment in milliseconds of UTC', () => {
    const text = lineOf((log) => log.warn({ path: 'a\nb\u001b[31m{"level":60}' }, 'x'))
    expect(text.trim().split('\n')).toHaveLength(1)
    expect(text).not.toContain('\u001b')
    expect(Math.abs(JSON.parse(text).time - Date.now())).toBeLessThan(60_000)
    const at = new Date('2026-11-27T01:02:03.004Z')
    expect(JSON.parse(lineOf((log) => log.warn({ access: { at } }, 'x')))).toMatchObject({ access: { at: '2026-11-27T01:02:03.004Z' } })
  })
})
