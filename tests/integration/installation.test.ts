import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KNOWN_PASSWORD } from '@/lib/access/demonstration'
import { hashPassword, loginWithAccount } from '@/lib/access/login'
import { setActive } from '@/lib/access/service'
import { createUser, findUserByEmail } from '@/lib/access/store'
import { sql } from '@/lib/platform/db'
import { isEmpty } from '@/prisma/seed/demonstration'
import { aSchool, aTeacher, anAccount, openWorld } from './world'
import { settle } from '@/lib/platform/config'

let world: Awaited<ReturnType<typeof openWorld>>
let folder: string
beforeAll(async () => {
  world = await openWorld()
  folder = mkdtempSync(join(tmpdir(), 'petaguru-installation-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await world.close()
})

async function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
}

/** Runs the real script until it ends; one that serves instead of refusing is a failed test. */
async function start(args: string[], environment: Record<string, string | undefined> = {}): Promise<{ code: number | null; said: string }> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/serve.ts', ...args], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PETAGURU_DATA: folder,
      PORT: String(port),
      HOST: 'localhost',
      NEXTAUTH_URL: `http://localhost:${port}`,
      NEXTAUTH_SECRET: 'petaguru-installation-secret-0123456789',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (d: Buffer) => (said += d))
  child.stderr.on('data', (d: Buffer) => (said += d))
  // Building the pages is where it would go on to serve.
  const tooFar = setInterval(() => /Membangun aplikasi|siap di/.test(said) && child.kill('SIGKILL'), 50)
  const code = await new Promise<number | null>((done) => child.on('exit', (c) => done(c)))
  clearInterval(tooFar)
  return { code, said }
}

const demo = (local: string, marked: boolean, password: string | null, role: 'bgtk' | 'administrator' | 'guru' = 'bgtk') =>
  (password ? hashPassword(password) : Promise.resolve(null)).then((passwordHash) =>
    createUser(
      {
        name: `Akun ${local}`,
        email: `${local}@kantor.id`,
        passwordHash,
        demonstration: marked,
        grants: [{ role, regionId: null, schoolId: null, levelCodes: [] }],
      },
      new Date(),
    ),
  )
const PUBLIC = { HOST: '0.0.0.0', NEXTAUTH_URL: 'https://peta.kantor.go.id' }

describe('a real installation cannot be a demonstration by accident', () => {
  it('refuses an open address without TLS before anything else is touched', async () => {
    for (const open of [{ HOST: '0.0.0.0' }, { NEXTAUTH_URL: 'http://peta.kantor.go.id' }]) {
      const { code, said } = await start([], open)
      expect(code, said).toBe(1)
      expect(said).toMatch(/tidak dijalankan.*https/s)
    }
  })
  it('never loads invented people for a public address, and none into a database in which one account exists', async () => {
    const { code, said } = await start([], PUBLIC)
    expect(code, said).toBe(1)
    expect(said).toMatch(/--empty/)
    expect(await isEmpty()).toBe(true)
    await anAccount('administrator')
    expect(await isEmpty()).toBe(false)
  })
  it('refuses while any demonstration account is active: by its mark, or by the known password under any e-mail', async () => {
    await demo('marked', true, 'a-password-of-its-own')
    await demo('quiet', false, KNOWN_PASSWORD)
    const { code, said } = await start([], PUBLIC)
    expect(code, said).toBe(1)
    expect(said).toMatch(/2 akun aktif.*--close-demonstration/s)
    expect(said).toContain('quiet@kantor.id')
  })
  it('lets no such account in at an open address even where the start was not asked, and does not switch one on again', async () => {
    const login = (email: string, password: string) => loginWithAccount({ email, password }, { address: 'x', userAgent: null })
    expect((await login('quiet@kantor.id', KNOWN_PASSWORD)).ok).toBe(true)
    settle(PUBLIC)
    try {
      expect(await login('quiet@kantor.id', KNOWN_PASSWORD)).toMatchObject({ ok: false, code: 'demonstration' })
      expect(await login('marked@kantor.id', 'a-password-of-its-own')).toMatchObject({ ok: false, code: 'demonstration' })
      const admin = await anAccount('administrator')
      const marked = (await findUserByEmail('marked@kantor.id'))!
      expect(await setActive(admin, marked.id, true)).toMatchObject({ ok: false, code: 'demonstration' })
    } finally {
      settle({ HOST: undefined, NEXTAUTH_URL: undefined })
    }
  })
  it('closes them all by one command, leaves an administrator, says what it did, and does nothing the second time', async () => {
    await sql(`UPDATE user_account SET active = false WHERE id IN (SELECT user_id FROM role_grant WHERE role = 'administrator')`)
    const version = (await findUserByEmail('quiet@kantor.id'))!.sessionVersion
    const { code, said } = await start(['--close-demonstration'])
    expect(code, said).toBe(0)
    expect(said).toMatch(/2 akun peragaan dinonaktifkan.*admin@petaguru\.local\. Setel kata sandinya di \S+\/masuk\/atur-ulang#k=\S{20,}/s)
    // Until somebody has set it, whoever starts the program is told a new one; the first is worth nothing then.
    expect((await start(['--close-demonstration'])).said).toMatch(/admin@petaguru\.local\. Setel kata sandinya di/)
    const quiet = (await findUserByEmail('quiet@kantor.id'))!
    expect(quiet).toMatchObject({ active: false, sessionVersion: version + 1 })
    expect((await start(['--close-demonstration'])).said).toMatch(/tidak ada yang berubah/)
    expect(await sql(`SELECT 1 FROM audit_entry WHERE object = $1 AND action = 'users:manage'`, [`user:${quiet.id}`])).toHaveLength(1)
  })
  it('says that a filled database is filled when --empty is asked, and changes nothing', async () => {
    await aTeacher(await aSchool())
    const { code, said } = await start(['--empty'])
    expect(code, said).toBe(1)
    expect(said).toMatch(/sudah berisi \(\d+ akun, 1 guru, 0 siklus\).*tidak dijalankan/s)
  })
})

describe('npm start -- --check', () => {
  /** What stands before the settings. */
  const lines = (said: string) => said.trim().split('\n\n')[0]!.split('\n')
  it('tells ten things, with an exit code that says the worst of them', async () => {
    const { code, said } = await start(['--check'], PUBLIC)
    expect(lines(said)).toHaveLength(10)
    expect(said).toMatch(/TLS +\[baik\]/)
    expect(said).toMatch(/Akun peragaan +\[baik\]/)
    expect(said).toMatch(/Cadangan +\[tidak diketahui\]/)
    expect([1, 2]).toContain(code)
    expect(said).toMatch(/Pengaturan yang dibaca:\nHOST +0\.0\.0\.0\nPORT +\d+\n[\s\S]*NEXTAUTH_SECRET +\(rahasia\)/)
    expect(said).not.toContain('petaguru-installation-secret')
    await sql(`UPDATE user_account SET active = true WHERE email = 'quiet@kantor.id'`)
    const open = await start(['--check'], PUBLIC)
    expect(open.said).toMatch(/Akun peragaan +\[perbaiki\] 1 aktif/)
    expect(open.code).toBe(1)
    expect((await start(['--check'], { HOST: '0.0.0.0' })).said).toMatch(/TLS +\[perbaiki\]/)
  })
  it('never calls good what it could not check', async () => {
    const { code, said } = await start(['--check'], { DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' })
    expect(code).toBe(2)
    for (const name of ['Akun peragaan', 'Faktor kedua', 'Peran basis data', 'Rantai catatan akses'])
      expect(said).toMatch(new RegExp(`${name} +\\[tidak dapat diperiksa\\]`))
    expect(lines(said)).toHaveLength(10)
  })
  it('says when the way to an outside database or mail server can be read, and nothing is started then', async () => {
    const outside = { DATABASE_URL: 'postgresql://a:sandi@db.kantor.go.id/petaguru?sslmode=require' }
    const { code, said } = await start(['--check'], outside)
    expect(code).toBe(1)
    expect(said).toMatch(/Sambungan keluar +\[perbaiki\] Basis data di db\.kantor\.go\.id.*verify-full/)
    expect(said).not.toContain('sandi@')
    expect(lines(said)).toHaveLength(10)
    expect((await start(['--check'], { SMTP_URL: 'smtp://surel.kantor.go.id' })).said).toMatch(
      /Sambungan keluar +\[perbaiki\] Server surel/,
    )
    expect((await start(['--check'])).said).toMatch(/Sambungan keluar +\[baik\] basis data 127\.0\.0\.1/)
    for (const unsafe of [outside, { SMTP_URL: 'smtp://surel.kantor.go.id' }, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }]) {
      const refused = await start([], unsafe)
      expect(refused.code, refused.said).toBe(1)
      expect(refused.said).toMatch(/Data tidak berubah/)
    }
  })
  it('ends like every program of ours with a sentence where a setting is wrong', async () => {
    const { code, said } = await start(['--check'], { PORT: 'abc', TRUSTED_PROXIES: 'ya' })
    expect(code).toBe(1)
    expect(said).toMatch(/^\s*Pengaturan PORT=abc tidak dapat dipakai: .*\n.*Pengaturan TRUSTED_PROXIES=ya .*berubah\.\s*$/)
  })
  it('sees a secret that others on the machine can read, and a backup that is old', async () => {
    const secret = join(folder, 'secret')
    writeFileSync(secret, 'x'.repeat(43), { mode: 0o600 })
    const own = { ...PUBLIC, PETAGURU_BACKUP: secret, NEXTAUTH_SECRET: undefined }
    chmodSync(secret, 0o644)
    const { said } = await start(['--check'], own)
    expect(said).toMatch(/Rahasia +\[perbaiki\]/)
    expect(said).toMatch(/Cadangan +\[baik\]/)
    chmodSync(secret, 0o600)
    utimesSync(secret, new Date('2026-01-01'), new Date('2026-01-01'))
    const old = await start(['--check'], own)
    expect(old.said).toMatch(/Rahasia +\[baik\]/)
    expect(old.said).toMatch(/Cadangan +\[perbaiki\]/)
  })
})
