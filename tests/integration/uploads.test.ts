import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { holderOf, takeUpload } from '@/lib/access/service'
import type { Actor, Role } from '@/lib/access/model'
import { cookieName } from '@/lib/access/session-cookie'
import { beginSession } from '@/lib/access/session-service'
import { guard } from '@/lib/platform/gate'
import { emptyTray } from '@/lib/platform/tray'
import { UPLOAD_FIELD, uploadKinds, uploadPath, type UploadKind } from '@/lib/platform/upload-model'
import { gateOfHouse, serveUploads } from '@/scripts/uploads'
import { anAccount, openWorld } from './world'
import { settle } from '@/lib/platform/config'

/** Files go by doors of their own: streamed to the disk for whoever may send them, and gone from it whatever becomes of them. */
let world: Awaited<ReturnType<typeof openWorld>>
let server: Server
const data = mkdtempSync(join(tmpdir(), 'petaguru-uploads-'))
const tray = join(data, 'unggahan')
const people = new Map<Role, { actor: Actor; cookie: string }>()

beforeAll(async () => {
  settle({ PETAGURU_DATA: data })
  world = await openWorld()
  for (const role of ['bgtk', 'pakar', 'guru', 'dinas-provinsi', 'administrator'] as const) {
    const actor = await anAccount(role)
    const visit = { address: '127.0.0.1', userAgent: 'uji' }
    const { token } = await beginSession({ kind: 'user', id: actor.userId!, name: actor.name, version: 1 }, visit, { factor: 'passkey' })
    people.set(role, { actor, cookie: `${cookieName('session')}=${token}` })
  }
  server = createServer().listen(0, '127.0.0.1')
  server.on(
    'request',
    guard((q, s) => {
      if (!serveUploads(q, s)) s.end('a page')
    }, gateOfHouse),
  )
  await new Promise((r) => server.once('listening', r))
})
afterEach(() => rmSync(tray, { recursive: true, force: true }))
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await world.close()
  rmSync(data, { recursive: true, force: true })
})

type Told = { status: number; body: { id?: string; message?: string } | string }
const CSV = Buffer.from('Nama;NUPTK\nSiti;1234567890123456\n')
function send(
  kind: string,
  body: Buffer,
  options: { as?: Role; name?: string; headers?: Record<string, string>; announced?: number; stop?: number } = {},
): Promise<Told> {
  const { as = 'bgtk', name = 'guru.csv', headers = {}, announced = body.length, stop } = options
  return new Promise((done) => {
    const { port } = server.address() as AddressInfo
    const q = request(
      {
        host: '127.0.0.1',
        port,
        path: kind.startsWith('/') ? kind : uploadPath(kind as UploadKind),
        method: 'POST',
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': announced,
          'x-petaguru-berkas': encodeURIComponent(name),
          'sec-fetch-site': 'same-origin',
          cookie: people.get(as)?.cookie ?? '',
          ...headers,
        },
      },
      (r) => {
        let text = ''
        r.on('data', (d: Buffer) => (text += d))
        r.on('end', () => done({ status: r.statusCode!, body: text.startsWith('{') ? (JSON.parse(text) as { id?: string }) : text }))
      },
    )
    q.on('error', () => done({ status: 0, body: '' }))
    if (stop === undefined) q.end(body)
    else q.write(body.subarray(0, stop), () => setTimeout(() => q.destroy(), 100))
  })
}
const form = (told: Told) => {
  const filled = new FormData()
  filled.set(UPLOAD_FIELD, (told.body as { id?: string }).id ?? '')
  return filled
}
const left = () => (existsSync(tray) ? readdirSync(tray) : [])
const office = () => people.get('bgtk')!.actor

describe('a file', () => {
  it('waits on the disk for whoever sent it, readable by this program only, is taken once, and is gone then', async () => {
    const told = await send('guru', CSV)
    expect(told.status).toBe(200)
    for (const name of left()) expect(statSync(join(tray, name)).mode & 0o777).toBe(0o600)
    expect(statSync(tray).mode & 0o777).toBe(0o700)
    const taken = await takeUpload(office(), 'guru', form(told))
    expect(taken.ok && [taken.value.name, taken.value.bytes.equals(CSV)]).toEqual(['guru.csv', true])
    expect(left()).toEqual([])
    expect(await takeUpload(office(), 'guru', form(told))).toMatchObject({ ok: false, code: 'gone' })
  })
  it('is given to nobody else, and not as another kind', async () => {
    const told = await send('peserta', CSV, { name: 'daftar.csv' })
    const other = await anAccount('bgtk')
    expect(await takeUpload(other, 'peserta', form(told))).toMatchObject({ ok: false, code: 'gone' })
    expect(await takeUpload(office(), 'guru', form(told))).toMatchObject({ ok: false, code: 'gone' })
    expect((await takeUpload(office(), 'peserta', form(told))).ok).toBe(true)
    for (const id of ['../../secret', 'x', '', '%00'])
      expect((await takeUpload(office(), 'guru', form({ status: 200, body: { id } }))).ok).toBe(false)
  })
  it('whose content is not what its name says is refused and removed', async () => {
    const zip = Buffer.from('504b0304140000000800', 'hex')
    const wrong: [UploadKind, string, Buffer][] = [
      ['guru', 'guru.csv', zip],
      ['guru', 'guru.xlsx', CSV],
      ['guru', 'guru.xlsx', Buffer.concat([zip, Buffer.from('word/document.xml')])],
      ['guru', 'guru.csv', Buffer.from('%PDF-1.7')],
      ['peserta', 'daftar.txt', Buffer.from([0, 1, 2, 3])],
      ['batas', 'batas.geojson', Buffer.from('<svg/>')],
      ['butir', 'soal.zip', Buffer.concat([zip, Buffer.from('xl/workbook.xml')])],
      ['butir', 'soal.xml', Buffer.from('bukan xml')],
      ['media', 'foto.png', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
      ['media', 'suara.mp3', Buffer.from('<svg xmlns="x"><script/></svg>')],
    ]
    for (const [kind, name, body] of wrong) {
      const told = await send(kind, body, { name })
      expect([name, told.status]).toEqual([name, 200])
      expect([name, await takeUpload(office(), kind, form(told))]).toEqual([name, expect.objectContaining({ ok: false, code: 'kind' })])
    }
    expect(left()).toEqual([])
  })
  it.each(Object.keys(uploadKinds) as UploadKind[])('of the kind %s ends at its limit, before or while it comes', async (kind) => {
    const { bytes, endings } = uploadKinds[kind]
    const name = `x.${endings[0]}`
    const as: Role = kind === 'foto' ? 'guru' : 'bgtk'
    expect((await send(kind, Buffer.alloc(1_000), { as, name, announced: bytes + 1, stop: 1_000 })).status).toBe(413)
    expect((await send(kind, Buffer.from('x'), { as, name: 'x.exe' })).status).toBe(400)
    expect((await send(kind, Buffer.from('x'), { as, name: 'tanpa-akhiran' })).status).toBe(400)
    expect(left()).toEqual([])
  })
  it('that is cut off is removed at once', async () => {
    await send('guru', Buffer.alloc(900_000, 65), { stop: 500_000 })
    await expect.poll(left).toEqual([])
  })
  it('that nobody asks for is thrown away after a quarter of an hour, and one person keeps three at most', async () => {
    for (let i = 0; i < 5; i++) expect((await send('guru', CSV)).status).toBe(200)
    expect(left()).toHaveLength(2 * 3)
    expect(await emptyTray()).toBe(0)
    const old = Date.now() / 1000 - 16 * 60
    for (const name of left()) utimesSync(join(tray, name), old, old)
    expect(await emptyTray()).toBe(3)
    expect(left()).toEqual([])
  })
  it('is taken from nobody who may not do what it is for, large or small', async () => {
    for (const [role, { actor }] of people)
      for (const kind of Object.keys(uploadKinds) as UploadKind[])
        for (const size of [1_000, 300_000]) {
          const told = await send(kind, Buffer.alloc(size, 65), { as: role, name: `x.${uploadKinds[kind].endings.at(-1)}` })
          expect([role, kind, size, told.status]).toEqual([role, kind, size, holderOf(actor, kind) ? 200 : 403])
        }
    expect((await send('guru', CSV, { headers: { cookie: '' } })).status).toBe(403)
  })
  it('is taken from no page elsewhere', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': '', origin: 'https://lain.example' },
      { 'content-type': 'text/plain' },
      { 'content-type': 'multipart/form-data; boundary=x' },
    ] as unknown as Record<string, string>[])
      expect([headers, (await send('guru', CSV, { headers })).status]).toEqual([headers, 403])
    expect(left()).toEqual([])
  })
})

describe('everywhere else a body is a form', () => {
  it('of a stranger at the login it is cut at 32 KB, of anybody at 256 KB, on the pages that took files before too', async () => {
    const big = Buffer.alloc(300_000)
    for (const path of [
      '/masuk',
      '/bgtk/peserta/impor',
      '/bgtk/instrumen/MTK/impor',
      '/pakar/tulis/MTK',
      '/bgtk/pengaturan',
      '/bgtk/sesi/x',
    ])
      expect([path, (await send(path, big)).status]).toEqual([path, 413])
    expect((await send('/masuk', Buffer.alloc(40_000), { headers: { cookie: '' } })).status).toBe(413)
    expect((await send('/masuk', Buffer.alloc(20_000), { headers: { cookie: '' } })).status).toBe(200)
    expect((await send('/pakar/tulis/MTK', Buffer.alloc(200_000))).status).toBe(200)
  })
})
