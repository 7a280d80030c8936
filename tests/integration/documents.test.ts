import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { cardCode } from '@/lib/access/inside'
import { documentLimits, failureWords } from '@/lib/documents/model'
import { openPiece, piecesOf, sealDocument, SEALED_BYTES } from '@/lib/documents/seal'
import { leaseDocument, takeNextDocument, WORKER_NAME } from '@/lib/documents/inside'
import { derivedKey, settle } from '@/lib/platform/config'
import { inTransaction, sql } from '@/lib/platform/db'
import { patternOf } from '@/lib/platform/personal'
import { rooms } from '@/lib/privacy/copy-service'
import { runRetention } from '@/lib/privacy/inside'
import { makeOrderedDocument } from '@/lib/reports/inside'
import { answerDownload, askDocument, documentPage, giveDocument } from '@/lib/reports/service'
import { makeDocuments } from '@/scripts/document-process'
import { aSchool, aSitting, aTeacher, anAccount, openWorld, participant } from './world'

/** Documents that the worker makes: asked for, waited for, made, handed over, kept and forgotten. */
let world: Awaited<ReturnType<typeof openWorld>>
let bgtk: Actor
let proctor: Actor
let ani: string
let seat: string
let sitting: { sittingId: string; roomId: string }
const folder = mkdtempSync(join(tmpdir(), 'petaguru-documents-'))
const now = new Date('2026-03-02T03:00:00Z')

beforeAll(async () => {
  world = await openWorld()
  settle({ NEXTAUTH_URL: 'http://localhost:3000' })
  ani = await aTeacher(await aSchool(), 'MTK', 'Ani Łūṣṭi Dokumen')
  const made = await aSitting([ani], now)
  sitting = made
  seat = made.seatIds[0]!
  bgtk = await anAccount('bgtk')
  proctor = await anAccount('pengawas')
  await sql(`INSERT INTO proctor_assignment (room_id, user_id) VALUES ($1, $2)`, [made.roomId, proctor.userId])
})
afterEach(() => sql(`DELETE FROM made_document`))
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await world.close()
})

const minutes = () => new URLSearchParams({ ruang: sitting.roomId })
const clock = () => new Date()

/** A connection as the worker's runner holds one. */
async function whileAWorkerLives<T>(work: () => Promise<T>): Promise<T> {
  const runner = new pg.Client({ connectionString: world.url, application_name: WORKER_NAME })
  await runner.connect()
  return work().finally(() => runner.end())
}

/** Orders without waiting; the id of its page. */
async function order(actor: Actor, name: string, params = new URLSearchParams()): Promise<string> {
  const asked = await askDocument(actor, name, params, 0)
  if (!asked.ok || !('page' in asked.value)) throw new Error(`no page for ${name}: ${JSON.stringify(asked)}`)
  return asked.value.page.replace('/berkas/', '')
}

/** What the worker does with one order, here. */
async function makeOne(): Promise<string | null> {
  const id = await takeNextDocument(clock())
  if (id) await makeOrderedDocument(id, clock)
  return id
}

async function given(actor: Actor, id: string): Promise<{ fileName: string; bytes: Buffer }> {
  const asked = await giveDocument(actor, id)
  if (!asked.ok || !('file' in asked.value)) throw new Error(JSON.stringify(asked))
  return { fileName: asked.value.file.fileName, bytes: Buffer.from(await new Response(asked.value.file.body).arrayBuffer()) }
}

const readings = async () =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM audit_entry WHERE subjects @> ARRAY[$1::uuid]`, [ani]))[0]!.n

describe('a document that the worker makes', () => {
  it('is handed over as often as it is fetched, each time with the line of the log that a download on the spot leaves, and none before', async () => {
    const before = await readings()
    const id = await order(proctor, 'berita-acara', minutes())
    expect(await makeOne()).toBe(id)
    expect([await readings(), (await documentPage(proctor, id, clock()))!.state]).toEqual([before, 'ready'])
    const first = await given(proctor, id)
    expect(first.bytes.toString('latin1', 0, 5)).toBe('%PDF-')
    expect(await readings()).toBe(before + 1)
    expect((await given(proctor, id)).bytes.equals(first.bytes)).toBe(true)
    const lines = await sql(
      `SELECT actor_id, actor_name, actor_role, action, purpose FROM audit_entry WHERE subjects @> ARRAY[$1::uuid] ORDER BY id DESC LIMIT 2`,
      [ani],
    )
    const line = { actor_id: proctor.userId, actor_name: proctor.name, actor_role: 'pengawas', action: 'room:watch', purpose: 'minutes' }
    expect(lines).toEqual([line, line])
  })
  it('made for one is given to no other: neither its page nor its bytes, whatever the other may do', async () => {
    const id = await order(proctor, 'berita-acara', minutes())
    await makeOne()
    for (const other of [bgtk, await anAccount('pengawas'), await anAccount('administrator'), participant(seat, ani)]) {
      expect(await documentPage(other, id, clock())).toBeNull()
      expect(await giveDocument(other, id)).toMatchObject({ ok: false, code: 'missing' })
    }
    for (const crooked of ['x', '', '00000000-0000-7000-8000-000000000000'])
      expect(await giveDocument(proctor, crooked)).toMatchObject({ ok: false, code: 'missing' })
  })
  it('is refused where rights were lost between ordering and fetching, be it the role, its reach or the one room', async () => {
    const [byRoom, report] = [
      await order(proctor, 'daftar-hadir', minutes()),
      await order(bgtk, 'laporan-csv', new URLSearchParams({ jenjang: 'SMA' })),
    ]
    while (await makeOne());
    await sql(`DELETE FROM proctor_assignment WHERE user_id = $1`, [proctor.userId])
    await expect(giveDocument(proctor, byRoom)).rejects.toThrow(Forbidden)
    await sql(`INSERT INTO proctor_assignment (room_id, user_id) VALUES ($1, $2)`, [sitting.roomId, proctor.userId])
    expect((await giveDocument(proctor, byRoom)).ok).toBe(true)
    await expect(giveDocument({ ...bgtk, grants: [] }, report)).rejects.toThrow(Forbidden)
    const narrower: Actor = { ...bgtk, grants: [{ role: 'dinas-provinsi', regionId: null, schoolId: null, levelCodes: [] }] }
    expect(await giveDocument(narrower, report)).toMatchObject({ ok: false, code: 'changed' })
    expect((await given(bgtk, report)).fileName).toMatch(/\.csv$/)
  })
  it('is not even ordered by somebody who may not have it', async () => {
    for (const [who, name, params] of [
      [proctor, 'kartu', new URLSearchParams({ sesi: sitting.sittingId })],
      [proctor, 'laporan-xlsx', new URLSearchParams()],
      [participant(seat, ani), 'catatan-akses-csv', new URLSearchParams()],
      [await anAccount('pengawas'), 'berita-acara', minutes()],
    ] as const)
      await expect(askDocument(who, name, params, 0)).rejects.toThrow(Forbidden)
    expect(await askDocument(bgtk, 'berita-acara', new URLSearchParams({ ruang: 'x' }), 0)).toMatchObject({ ok: false, code: 'missing' })
    expect(await askDocument(bgtk, 'constructor', new URLSearchParams(), 0)).toMatchObject({ ok: false, code: 'missing' })
    expect(await sql(`SELECT 1 FROM made_document`)).toEqual([])
  })
  it('of a teacher named Ani Łūṣṭi arrives under her name, for card and account alike', async () => {
    await whileAWorkerLives(async () => {
      const her = participant(seat, ani)
      const answer = await answerDownload(her, (a) => askDocument(a, 'data-saya-json', new URLSearchParams()))
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
      expect(decodeURIComponent(answer.headers.get('content-disposition')!.split("UTF-8''")[1]!)).toBe(
        'salinan-data-Ani-Łūṣṭi-Dokumen.json',
      )
      const waiting = answerDownload(her, (a) => askDocument(a, 'data-saya-pdf', new URLSearchParams()))
      await expect.poll(makeOne).not.toBeNull()
      const paper = await waiting
      expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf'])
      expect(paper.headers.get('content-disposition')).toContain('filename="salinan-data-Ani-Lusti-Dokumen.pdf"')
      expect((await paper.arrayBuffer()).byteLength).toBe(Number(paper.headers.get('content-length')))
    })
  })
  it('that is not there, forbidden or in a full queue is told in a plain sentence that nobody keeps', async () => {
    const ask = (actor: Actor | null, name: string) => answerDownload(actor, (a) => askDocument(a, name, new URLSearchParams(), 0))
    for (const [answer, status] of [
      [await ask(bgtk, 'rahasia'), 404],
      [await ask(proctor, 'laporan-csv'), 403],
      [await answerDownload(bgtk, () => Promise.reject(new Error('disk'))), 500],
    ] as const) {
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
        status,
        'text/plain; charset=utf-8',
        'private, no-store',
      ])
      expect(await answer.text()).toMatch(/^[A-Z].*\.$/)
    }
    const stranger = await ask(null, 'laporan-csv')
    expect([stranger.status, stranger.headers.get('location'), stranger.headers.get('cache-control')]).toEqual([
      307,
      '/masuk',
      'private, no-store',
    ])
  })
})

describe('the queue', () => {
  const cards = (n: number) =>
    new URLSearchParams({ sesi: sitting.sittingId, ruang: `${String(n).padStart(8, '0')}-0000-7000-8000-000000000000` })

  it('knows a repeated request: the same one, however its address is spelt, joins; another one waits behind it', async () => {
    const ids = await Promise.all([
      order(bgtk, 'kartu', new URLSearchParams({ sesi: sitting.sittingId })),
      order(bgtk, 'kartu', new URLSearchParams({ sesi: sitting.sittingId, ruang: '', lain: '1' })),
      order(bgtk, 'kartu', new URLSearchParams(`x=y&sesi=${sitting.sittingId}&sesi=lain`)),
    ])
    expect(new Set(ids).size).toBe(1)
    const other = await order(await anAccount('bgtk'), 'kartu', new URLSearchParams({ sesi: sitting.sittingId }))
    expect([(await documentPage(bgtk, ids[0]!, clock()))!.ahead, other]).toEqual([0, expect.not.stringContaining(ids[0]!)])
    await makeOne()
    expect(await order(bgtk, 'kartu', new URLSearchParams({ sesi: sitting.sittingId }))).not.toBe(ids[0])
  })
  it('takes ten of one person and a hundred of all, and says politely what happens to the rest', async () => {
    for (let n = 0; n < documentLimits.perPerson; n++) await order(bgtk, 'kartu', cards(n))
    const refused = await askDocument(bgtk, 'kartu', cards(99), 0)
    expect(refused).toMatchObject({ ok: false, code: 'own-full', message: expect.stringContaining('tetap dibuat') })
    const answer = await answerDownload(bgtk, () => Promise.resolve(refused))
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60'])
    await sql(
      `INSERT INTO made_document (id, owner_id, card, grants, name, parameters, large, turn, state, asked_at, lines, subjects)
       SELECT gen_random_uuid(), gen_random_uuid(), false, '[]', 'kartu', '', true, 1, 'waiting', now(), '[]', '{}' FROM generate_series(1, $1::int)`,
      [documentLimits.inAll],
    )
    expect(await askDocument(proctor, 'daftar-hadir', minutes(), 0)).toMatchObject({ ok: false, code: 'full' })
  })
  it('lets small ones go first and everybody’s first before anybody’s second', async () => {
    const other = await anAccount('bgtk')
    const mine = [await order(bgtk, 'kartu', cards(1)), await order(bgtk, 'kartu', cards(2)), await order(bgtk, 'kartu', cards(3))]
    const theirs = await order(other, 'kartu', cards(1))
    const paper = await order(proctor, 'daftar-hadir', minutes())
    const aheadOf = async (actor: Actor, id: string) => (await documentPage(actor, id, clock()))!.ahead
    expect([await aheadOf(proctor, paper), await aheadOf(other, theirs), await aheadOf(bgtk, mine[2]!)]).toEqual([0, 2, 4])
    const made: (string | null)[] = []
    for (let id = await makeOne(); id; id = await makeOne()) made.push(id)
    expect(made).toEqual([paper, mine[0], theirs, mine[1], mine[2]])
  })
  it('says at once that it waits where no worker lives, and waits for the document where one does', async () => {
    const id = await order(proctor, 'daftar-hadir', minutes())
    const at = performance.now()
    await askDocument(proctor, 'daftar-hadir', minutes(), 90_000)
    expect(performance.now() - at).toBeLessThan(45_000)
    expect(await documentPage(proctor, id, clock())).toMatchObject({ state: 'waiting', worker: false })
    await whileAWorkerLives(async () => {
      expect(await documentPage(proctor, id, clock())).toMatchObject({ state: 'waiting', worker: true })
      const waiting = askDocument(proctor, 'daftar-hadir', minutes(), 120_000)
      await makeOne()
      expect(await waiting).toMatchObject({ ok: true, value: { file: { mime: 'application/pdf' } } })
    })
  })
  it('believes no worker that has fallen silent: what it was making has failed, says so, and can be asked for again', async () => {
    const id = await order(proctor, 'daftar-hadir', minutes())
    const began = clock()
    expect(await takeNextDocument(began)).toBe(id)
    const after = (ms: number) => new Date(began.getTime() + ms)
    await leaseDocument(id, after(10_000))
    expect(await documentPage(proctor, id, after(documentLimits.leaseMs + 5_000))).toMatchObject({ state: 'making' })
    const late = after(documentLimits.leaseMs + 11_000)
    expect(await documentPage(proctor, id, late)).toMatchObject({ state: 'failed', reason: failureWords.interrupted })
    await takeNextDocument(late)
    const again = await order(proctor, 'daftar-hadir', minutes())
    expect(again).not.toBe(id)
    expect(await makeOne()).toBe(again)
  })
})

describe('the process that makes documents', () => {
  /** A program in the place of the one that makes documents, by its way from the folder of programs. */
  const program = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return relative('scripts', path).replace(/\.ts$/, '')
  }
  const states = () => sql<{ state: string; failure: string | null }>(`SELECT state, failure FROM made_document ORDER BY asked_at, id`)

  it('makes eight reports that eight people ask for at once, one after the other, and they all arrive', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => anAccount('bgtk')))
    const documents = makeDocuments(clock)
    await whileAWorkerLives(async () => {
      const asked = people.map((p) => askDocument(p, 'laporan-xlsx', new URLSearchParams(), 240_000))
      await expect.poll(async () => (await states()).length).toBe(8)
      await documents.makeAll()
      for (const answer of await Promise.all(asked))
        expect(answer).toMatchObject({ ok: true, value: { file: { fileName: expect.stringMatching(/\.xlsx$/) } } })
    })
    await documents.stop()
  })
  it('is killed with what it makes: the document says so, the next one is made, and so is the same when it is asked for again', async () => {
    const lost = await order(bgtk, 'kartu', new URLSearchParams({ sesi: sitting.sittingId }))
    const documents = makeDocuments(clock)
    const making = documents.makeAll()
    await expect.poll(() => documents.pid()).not.toBeNull()
    process.kill(documents.pid()!, 'SIGKILL')
    await making
    expect(await documentPage(bgtk, lost, clock())).toMatchObject({ state: 'failed', reason: failureWords.interrupted })
    const again = await order(bgtk, 'kartu', new URLSearchParams({ sesi: sitting.sittingId }))
    await documents.makeAll()
    expect((await given(bgtk, again)).bytes.toString('latin1', 0, 5)).toBe('%PDF-')
    await documents.stop()
  })
  it('is ended when a document takes too long, or more memory than it may, and goes on with the next', async () => {
    const hangs = program('hangs.ts', `process.on('message', () => undefined)`)
    await order(proctor, 'daftar-hadir', minutes())
    await order(proctor, 'berita-acara', minutes())
    const slow = makeDocuments(clock, { program: hangs, limits: { ...documentLimits, makeMs: 700 } })
    await slow.makeAll()
    expect(await states()).toEqual([
      { state: 'failed', failure: 'late' },
      { state: 'failed', failure: 'late' },
    ])
    await slow.stop()
    await sql(`DELETE FROM made_document`)
    const heap = program(
      'heap.ts',
      `process.on('message', () => { const all = []; for (;;) all.push(new Array(1e5).fill(Math.random())) })`,
    )
    const outside = program(
      'outside.ts',
      `const all = []; process.on('message', () => setInterval(() => all.push(Buffer.alloc(5e7, 1)), 100))`,
    )
    for (const [greed, limits] of [
      [heap, { ...documentLimits, heapMb: 64 }],
      [outside, { ...documentLimits, memoryMb: 300 }],
    ] as const) {
      const greedy = makeDocuments(clock, { program: greed, limits })
      await order(proctor, 'daftar-hadir', minutes())
      await greedy.makeAll()
      await greedy.stop()
      expect([greed, await states()]).toEqual([greed, [{ state: 'failed', failure: 'memory' }]])
      await sql(`DELETE FROM made_document`)
    }
  })
})

describe('what lies in the database', () => {
  it('opens no card: neither the codes nor the file can be read there, and a piece fits nowhere else', async () => {
    const id = await order(bgtk, 'kartu', new URLSearchParams({ sesi: sitting.sittingId }))
    await makeOne()
    const [row] = await sql<{ all: string; bytes: Buffer }>(`SELECT d::text AS all, bytes FROM made_document d WHERE id = $1`, [id])
    expect(row!.bytes.includes('%PDF-')).toBe(false)
    expect(row!.all).not.toContain(cardCode(derivedKey('card'), seat, 1))
    const plain = Buffer.alloc(600_000, 7)
    const sealed = sealDocument(id, plain)
    const pieces = piecesOf(plain.length)
    const piece = (n: number) => sealed.subarray(n * SEALED_BYTES, (n + 1) * SEALED_BYTES)
    expect(Buffer.concat(Array.from({ length: pieces }, (_, n) => openPiece(id, n, pieces, piece(n)))).equals(plain)).toBe(true)
    expect(() => openPiece(id, 0, pieces, piece(1))).toThrow()
    expect(() => openPiece(id, 1, 2, piece(1))).toThrow()
    expect(() => openPiece(id.replace(/.$/, 'x'), 0, pieces, piece(0))).toThrow()
  })
  it('is deleted by the daily job after its days, which writes down how many, and goes with the teacher whom it names', async () => {
    const id = await order(proctor, 'daftar-hadir', minutes())
    await makeOne()
    const day = (n: number) => new Date(Date.now() + n * 86_400_000)
    expect((await documentPage(proctor, id, clock()))!.until.getTime()).toBeCloseTo(day(7).getTime(), -5)
    expect((await runRetention(day(6))).find((r) => r.kind === 'keepDays.documents')).toMatchObject({ days: 7, removed: 0, state: 'done' })
    expect((await runRetention(day(8))).find((r) => r.kind === 'keepDays.documents')).toMatchObject({ removed: 1 })
    expect(await documentPage(proctor, id, clock())).toBeNull()

    await order(proctor, 'daftar-hadir', minutes())
    await order(participant(seat, ani), 'data-saya-pdf')
    await order(bgtk, 'templat')
    while (await makeOne());
    const person = { requestId: seat, teacherId: ani, pseudonym: seat, pattern: patternOf(['Ani Łūṣṭi Dokumen']), now }
    const documents = rooms.find((r) => 'sweepDocuments' in r)!
    expect((await documents.dataOf(ani))['made_document']).toMatchObject([{ dokumen: 'data-saya-pdf' }])
    expect(await inTransaction((tx) => documents.forget(tx, person))).toEqual({ made_document: 2 })
    expect(await sql(`SELECT name FROM made_document`)).toEqual([{ name: 'templat' }])
  })
})
