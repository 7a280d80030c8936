import { createServer, type AddressInfo, type Server } from 'node:net'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { databaseAddress, openDatabase } from '@/lib/platform/database-server'
import { mailer } from '@/lib/platform/mail'
import { unsafeConnection } from '@/lib/platform/outgoing'
import { settle } from '@/lib/platform/config'

const OUTSIDE = 'postgresql://petaguru_app:sandi-basis-data@db.kantor.go.id:5432/petaguru'
const servers: Server[] = []
afterEach(() => {
  settle({ DATABASE_URL: undefined, DATABASE_OWNER_URL: undefined, SMTP_URL: undefined, MAIL_FROM: undefined })
  for (const s of servers.splice(0)) s.close()
})
const judged = (environment: Record<string, string>) => unsafeConnection(environment)

describe('the way to a database on another machine', () => {
  it('is refused without TLS whose certificate is checked, however the address is written, and the sentence says what to do', () => {
    const unsafe = [
      OUTSIDE,
      `${OUTSIDE}?sslmode=disable`,
      `${OUTSIDE}?sslmode=allow`,
      `${OUTSIDE}?sslmode=prefer`,
      `${OUTSIDE}?sslmode=no-verify`,
      `${OUTSIDE}?sslmode=require`,
      `${OUTSIDE}?sslmode=require&uselibpqcompat=true`,
      `${OUTSIDE}?sslmode=verify-ca`,
      `${OUTSIDE}?ssl=true`,
      `${OUTSIDE}?ssl=no-verify`,
      `${OUTSIDE}?sslmode=verify-full&sslmode=no-verify`,
      `${OUTSIDE}?sslmode=no-verify&sslmode=verify-full`,
      `${OUTSIDE}?sslmode=VERIFY-FULL`,
      `${OUTSIDE}?sslmode=verify-full&rejectUnauthorized=0`,
      `${OUTSIDE}?sslmode=verify-full&rejectUnauthorized=false`,
      `${OUTSIDE}?sslmode=verify-full&sslrootcert=/tidak/ada.pem`,
      'postgresql://a:b@127.0.0.1/petaguru?host=db.kantor.go.id',
      'postgresql://a:b@127.0.0.1.kantor.go.id/petaguru',
      'postgresql://a:b@10.0.0.5/petaguru',
      'postgresql://a:b@[2001:db8::5]/petaguru',
    ]
    for (const url of unsafe)
      for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL'])
        expect(judged({ [name]: url }), `${name}=${url}`).toMatch(/sslmode=verify-full.*Data tidak berubah/s)
    expect(judged({ DATABASE_URL: OUTSIDE })).not.toContain('sandi-basis-data')
  })
  it('is taken with a certificate that is checked, also by an authority of one’s own, and on this machine without', () => {
    for (const url of [
      `${OUTSIDE}?sslmode=verify-full`,
      `${OUTSIDE}?sslmode=verify-full&sslrootcert=package.json`,
      'postgresql://a:b@127.0.0.1:5432/petaguru',
      'postgresql://a:b@localhost/petaguru',
      'postgresql://a:b@[::1]:5432/petaguru',
      'postgresql://a:b@localhost/petaguru?host=/var/run/postgresql',
    ])
      expect(judged({ DATABASE_URL: url }), url).toBeNull()
    expect(judged({})).toBeNull()
  })
  it('is refused by every program that opens a database, not only by the check', async () => {
    settle({ DATABASE_URL: OUTSIDE })
    await expect(openDatabase(() => expect.unreachable('waits for a database that it must not reach'))).rejects.toThrow(/verify-full/)
    await expect(databaseAddress()).rejects.toThrow(/verify-full/)
    settle({ DATABASE_URL: `${OUTSIDE}?sslmode=verify-full`, DATABASE_OWNER_URL: `${OUTSIDE}?sslmode=no-verify` })
    await expect(databaseAddress()).rejects.toThrow(/verify-full/)
  })
  it('never falls back to plain words when a server says that it has no TLS', async () => {
    const heard: Buffer[] = []
    const port = await listening((socket) => {
      socket.on('data', (bytes: Buffer) => {
        heard.push(bytes)
        if (heard.length === 1) socket.write('N')
      })
    })
    const client = new pg.Client({ connectionString: `postgresql://petaguru:sandi@127.0.0.1:${port}/petaguru?sslmode=verify-full` })
    client.on('error', () => undefined)
    await expect(client.connect()).rejects.toThrow(/SSL/)
    expect(Buffer.concat(heard)).toHaveLength(8)
  })
})

describe('the way to a mail server on another machine', () => {
  const mail = (url: string) => judged({ SMTP_URL: url })
  it('is refused without TLS, with unchecked certificates, and by ways round the server', () => {
    for (const url of [
      'smtp://a:rahasia@surel.go.id',
      'smtp://a:rahasia@surel.go.id?requireTLS=false',
      'smtp://a:rahasia@surel.go.id?requireTLS=true&ignoreTLS=true',
      'smtp://a:rahasia@surel.go.id?requireTLS=true&tls.rejectUnauthorized=false',
      'smtps://a:rahasia@surel.go.id?tls.rejectUnauthorized=0',
      'smtps://a:rahasia@surel.go.id?tls.minVersion=TLSv1',
      'smtps://a:rahasia@surel.go.id?proxy=http://10.0.0.9:3128',
      'smtp://a:rahasia@127.0.0.1.surel.go.id',
      'smtp://127.0.0.1?service=gmail',
    ]) {
      expect(mail(url), url).toMatch(/smtps:.*requireTLS=true/s)
      expect(mail(url)).not.toContain('a:rahasia')
    }
    for (const url of ['smtps://a:b@surel.go.id', 'smtp://a:b@surel.go.id:587?requireTLS=true', 'smtp://127.0.0.1:25?ignoreTLS=true'])
      expect(mail(url), url).toBeNull()
  })
  it('is not used at all while it is unsafe', () => {
    settle({ MAIL_FROM: 'peta@kantor.go.id', SMTP_URL: 'smtp://a:b@surel.go.id' })
    expect(mailer()).toBeNull()
    settle({ SMTP_URL: 'smtps://a:b@surel.go.id' })
    expect(mailer()).not.toBeNull()
  })
  it('carries no word of a mail when the server offers no TLS', async () => {
    let heard = ''
    const port = await listening((socket) => {
      socket.write('220 surel\r\n')
      socket.on('data', (bytes: Buffer) => {
        heard += bytes.toString()
        socket.write(/^(EHLO|HELO)/.test(bytes.toString()) ? '250 surel\r\n' : '502 tidak\r\n')
      })
    })
    settle({ MAIL_FROM: 'peta@kantor.go.id' })
    settle({ SMTP_URL: `smtp://a:rahasia@127.0.0.1:${port}?requireTLS=true` })
    await expect(mailer()!({ to: 'x@y.id', subject: 'Tautan', text: 'KODE-RAHASIA' })).rejects.toThrow()
    expect(heard).toMatch(/STARTTLS/)
    expect(heard).not.toMatch(/AUTH|MAIL FROM|KODE/)
  })
})

describe('every way out', () => {
  it('is refused while this process checks no certificates at all, or speaks TLS older than 1.2', () => {
    expect(judged({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toMatch(/NODE_TLS_REJECT_UNAUTHORIZED/)
    expect(judged({ NODE_TLS_REJECT_UNAUTHORIZED: '1' })).toBeNull()
    for (const options of ['--tls-min-v1.0', '--max-old-space-size=900 --tls-min-v1.1'])
      expect(judged({ NODE_OPTIONS: options })).toMatch(/NODE_OPTIONS/)
    expect(judged({ NODE_OPTIONS: '--tls-min-v1.3' })).toBeNull()
  })
  it('asks nobody for belajar.id accounts without TLS, but on this machine', () => {
    expect(judged({ GOOGLE_ISSUER: 'http://akun.example.id' })).toMatch(/GOOGLE_ISSUER/)
    expect(judged({ GOOGLE_ISSUER: 'https://accounts.google.com' })).toBeNull()
    expect(judged({ GOOGLE_ISSUER: 'http://127.0.0.1:4000' })).toBeNull()
  })
})

async function listening(answer: Parameters<typeof createServer>[1]): Promise<number> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}
