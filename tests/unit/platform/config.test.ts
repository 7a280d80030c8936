import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { config, environmentFor, settingLines, settle, wrongSettings } from '@/lib/platform/config'

/** Every setting of an installation stands in one schema and is read once. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory()
      ? e.name === 'generated'
        ? []
        : filesIn(join(folder, e.name))
      : /\.(?:[cm]?[jt]sx?)$/.test(e.name)
        ? [join(folder, e.name).replaceAll('\\', '/')]
        : [],
  )
/** Any way to the environment: process.env, process['env'], taking it apart, the module of that name, or the bundler's. */
const READS =
  /\bprocess\s*\??\.\s*env\b|\bprocess\s*\[\s*['"`]env|\benv\b[^=;{}]*\}\s*=\s*(?:globalThis\.)?process\b|['"](?:node:)?process['"]|import\.meta\.env/

/** Who else may, and why. */
const may: Record<string, string> = {
  'lib/platform/config.ts': 'the schema',
  'scripts/prepare.mjs': 'runs before any TypeScript can: gives the installer of packages and Prisma what it was given',
  'scripts/next-environment.ts': 'tells Next.js in its own process to send its makers nothing',
  'scripts/build-player.ts': 'a word in the bundle of the player that the bundler replaces',
  'prisma.config.ts': 'for the command line of Prisma alone, which our programs do not use',
}

describe('the environment', () => {
  it('is read in one place, but for what is named here with its reason', () => {
    const roots = readdirSync('.').filter((f) => /^(?:next|prisma|postcss|eslint)\.config\.\w+$/.test(f))
    const readers = [...['lib', 'app', 'components', 'scripts', 'prisma'].flatMap(filesIn), ...roots].filter((f) =>
      READS.test(readFileSync(f, 'utf8')),
    )
    expect(readers.sort()).toEqual(Object.keys(may).sort())
  })
  it('is seen by that rule however it is asked', () => {
    for (const line of [
      `process.env['PORT']`,
      `process.env.PORT`,
      `process?.env`,
      `process['env']`,
      `const { env } = process`,
      `const { argv, env: all } = process`,
      `import { env } from 'node:process'`,
      `import.meta.env.PORT`,
    ])
      expect(READS.test(line), line).toBe(true)
    expect(READS.test(`spawn(path, { env: withoutOwner() }); process.exit(1)`)).toBe(false)
  })
})

describe('a wrong setting', () => {
  const wrong: [string, string, RegExp][] = [
    ['PORT', 'abc', /PORT=abc .*1 sampai 65535/],
    ['PORT', '0', /PORT=0 /],
    ['PORT', '70000', /PORT=70000 /],
    ['PORT', '3000.5', /PORT=3000\.5 /],
    ['TRUSTED_PROXIES', 'ya', /TRUSTED_PROXIES=ya /],
    ['NEXTAUTH_URL', 'peta.example.go.id', /NEXTAUTH_URL=peta\.example\.go\.id .*alamat lengkap/],
    ['LOG_LEVEL', 'keras', /LOG_LEVEL=keras .*warn/],
    ['DATABASE_URL', 'mysql://a:geheim@x/y', /DATABASE_URL=mysql:\/\/x\/y /],
    ['DATABASE_URL', 'bukan alamat geheim', /DATABASE_URL=\(rahasia\) /],
    ['SMTP_URL', 'http://a:geheim@x', /SMTP_URL=http:\/\/x/],
    ['GOOGLE_ISSUER', 'x', /GOOGLE_ISSUER=x /],
    ['NEXTAUTH_SECRET', 'geheim', /NEXTAUTH_SECRET=\(rahasia\) .*16/],
    ['NEXTAUTH_SECRET_PREVIOUS', 'geheim', /NEXTAUTH_SECRET_PREVIOUS=\(rahasia\) /],
    ['PETAGURU_SEAL_SECRET', 'geheim', /PETAGURU_SEAL_SECRET=\(rahasia\) /],
    ['PETAGURU_DEMO_EVERY', '-8', /PETAGURU_DEMO_EVERY=-8 /],
  ]
  it.each(wrong)('%s=%s is one sentence that says how a right one looks, without a secret', (name, value, sentence) => {
    const found = wrongSettings({ [name]: value })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(sentence)
    expect(found[0]).toMatch(/tidak berubah\.$/)
    expect(found[0]).not.toMatch(/geheim|\n|ZodError|Invalid/)
  })
  it('is told beside every other one', () => {
    expect(wrongSettings({ PORT: 'a', HOST: ' ', TRUSTED_PROXIES: 'b' })).toHaveLength(2)
  })
  it('is not an empty one: a line without a value sets nothing', () => {
    expect(wrongSettings({ PORT: '', DATABASE_URL: '', SMTP_URL: ' ', NEXTAUTH_SECRET: '' })).toEqual([])
  })
})

describe('the list of settings', () => {
  it('names every one, with secrets and passwords left out, and a name that looks like ours and is none', () => {
    const lines = settingLines({
      PORT: '3100',
      DATABASE_URL: 'postgresql://guru:geheim@db.example:5432/peta?sslmode=verify-full',
      SMTP_URL: 'smtps://a:geheim@mail.example',
      NEXTAUTH_SECRET: 'geheim-geheim-geheim',
      GOOGLE_CLIENT_SECRET: 'geheim',
      PETAGURU_DEMO_EVRY: 'geheim',
    }).map((l) => l.replace(/ +/g, ' '))
    expect(lines).toContain('PORT 3100')
    expect(lines).toContain('HOST localhost (bawaan)')
    expect(lines).toContain('MAIL_FROM (tidak diisi)')
    expect(lines).toContain('DATABASE_URL postgresql://db.example:5432/peta')
    expect(lines).toContain('SMTP_URL smtps://mail.example (tidak dipakai selama MAIL_FROM tidak diisi)')
    expect(lines).toContain('NEXTAUTH_SECRET (rahasia)')
    expect(lines).toContain('PETAGURU_DEMO_EVRY (tidak dikenal dan tidak dibaca: periksa ejaannya)')
    expect(lines.join()).not.toContain('geheim')
  })
})

describe('a process', () => {
  afterEach(() => settle({ PORT: undefined, MAIL_FROM: undefined }))
  it('reads its settings once, and hears what it is told as it starts, for itself and for whom it starts', () => {
    settle({ PORT: '3111' })
    expect(config().PORT).toBe(3111)
    process.env['PORT'] = '3222'
    expect(config().PORT).toBe(3111)
    settle({ MAIL_FROM: 'Petaguru <a@b.id>' })
    expect([config().MAIL_FROM, environmentFor({})['MAIL_FROM']]).toEqual(['Petaguru <a@b.id>', 'Petaguru <a@b.id>'])
    expect(environmentFor({ MAIL_FROM: undefined, FAULTS: 'long' })).not.toHaveProperty('MAIL_FROM')
    settle({ PORT: undefined })
    expect(config().PORT).toBe(3000)
  })
  it('of ours is begun with them read first, so that a wrong one is a sentence there as well', () => {
    const before = (file: string) => readFileSync(file, 'utf8')
    expect(before('scripts/prepare.mjs')).toContain(`'--import', 'tsx', '--import', './scripts/configured.ts'`)
    for (const file of ['run', 'test']) expect(before(`scripts/${file}.mjs`)).toContain('[...typescript, ')
    expect(before('scripts/start.mjs')).toContain(`'serve', ['configured', 'waiting']`)
    expect(before('scripts/serve.ts')).toContain(`programOf(program, ['next-environment', 'configured', 'kept'])`)
    expect(before('scripts/loading.ts')).toContain(`programOf('demonstration', ['configured'])`)
  })
})
