import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isId } from './address-model'
import { config } from './config'
import { agrees } from './file-kind'
import { ok, refuse, type Result } from './result'
import { uploadKinds, uploadProblem, type UploadKind } from './upload-model'

/**
 * Where a file waits between its sending and the form that names it: on the disk and not in memory, readable by this program only, for
 * whoever sent it, once, and for a quarter of an hour at most.
 */
const MINUTES_KEPT = 15
/** Files of one person that may wait; the oldest goes. */
const MOST_WAITING = 3

type Label = { kind: UploadKind; owner: string; name: string }
const folder = () => join(config().dataDir, 'unggahan')
const fileOf = (id: string) => join(folder(), `${id}.isi`)
const labelOf = (id: string) => join(folder(), `${id}.json`)

const remove = async (id: string): Promise<void> => {
  await Promise.all([rm(fileOf(id), { force: true }), rm(labelOf(id), { force: true })])
}
const readLabel = async (id: string): Promise<Label | null> =>
  readFile(labelOf(id), 'utf8').then(
    (text) => JSON.parse(text) as Label,
    () => null,
  )

class TooLarge extends Error {}

/**
 * Takes a file in as it comes and answers with the name by which a form may ask for it. Ends at the first byte beyond the kind's limit;
 * what was cut off, too large or not sent to its end is removed.
 */
export async function receive(body: Readable, { kind, owner, name }: Label): Promise<Result<string>> {
  const problem = uploadProblem(kind, name, 1)
  if (problem) return refuse('kind', problem)
  const id = randomUUID()
  const most = uploadKinds[kind].bytes
  await mkdir(folder(), { recursive: true, mode: 0o700 })
  await makeRoom(owner)
  let size = 0
  async function* counted(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      size += chunk.length
      if (size > most) throw new TooLarge()
      yield chunk
    }
  }
  try {
    await pipeline(body, counted, createWriteStream(fileOf(id), { mode: 0o600, flags: 'wx' }))
    if (size === 0) throw new TooLarge()
    await writeFile(labelOf(id), JSON.stringify({ kind, owner, name: name.slice(0, 200) } satisfies Label), { mode: 0o600, flag: 'wx' })
    return ok(id)
  } catch (error) {
    await remove(id)
    if (error instanceof TooLarge) return refuse('size', uploadProblem(kind, name, size) ?? 'Berkas ini tidak dapat diterima.')
    throw error
  }
}

/** The file that was sent under this name, by this person and as this kind; it is gone from the disk whatever is done with it. */
export async function take(id: string, kind: UploadKind, owner: string): Promise<Result<{ name: string; bytes: Buffer<ArrayBuffer> }>> {
  const label = isId(id) ? await readLabel(id) : null
  if (!label || label.kind !== kind || label.owner !== owner)
    return refuse(
      'gone',
      'Berkas belum terkirim atau sudah terlalu lama menunggu. Pilih berkasnya, lalu kirim sekali lagi. Tidak ada yang berubah.',
    )
  try {
    const bytes = (await readFile(fileOf(id))) as Buffer<ArrayBuffer>
    if (!agrees(label.name, bytes))
      return refuse(
        'kind',
        `Isi berkas ini tidak sesuai dengan akhiran namanya (${label.name.slice(-40)}). Simpan ulang dari program asalnya, lalu kirim lagi. Tidak ada yang berubah.`,
      )
    return ok({ name: label.name, bytes })
  } finally {
    await remove(id)
  }
}

/** Everything in the tray with its age (ms), oldest first. */
async function waiting(now: number): Promise<{ id: string; age: number }[]> {
  const names = await readdir(folder()).catch(() => [])
  const ids = [...new Set(names.map((n) => n.split('.')[0]!))]
  const ages = await Promise.all(
    ids.map(async (id) => {
      const found = await stat(fileOf(id)).catch(() => stat(labelOf(id)).catch(() => null))
      return { id, age: found ? now - found.mtimeMs : Infinity }
    }),
  )
  return ages.sort((a, b) => b.age - a.age)
}

async function makeRoom(owner: string): Promise<void> {
  const own: string[] = []
  for (const { id } of await waiting(Date.now())) if ((await readLabel(id))?.owner === owner) own.push(id)
  for (const id of own.slice(0, Math.max(0, own.length - MOST_WAITING + 1))) await remove(id)
}

/** Throws away what nobody asked for in time, also what an earlier run of the program left. Tells how many files went. */
export async function emptyTray(now = Date.now()): Promise<number> {
  const old = (await waiting(now)).filter((f) => f.age > MINUTES_KEPT * 60_000)
  for (const { id } of old) await remove(id)
  return old.length
}
