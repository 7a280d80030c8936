import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { config, derivedKey } from '@/lib/platform/config'
import { anchorHolds, chainWalk, signAnchor, type Anchor, type AuditHead, type Fault } from './audit-chain'
import * as store from './audit-chain-store'
import { signedCut } from './audit-cut'

/** Whether the audit log still says what was written: the walk over the chain, and heads that are kept outside the database. */

const BATCH = 5_000
/** A committed line is linked within a minute; after five somebody stopped it. */
const LONGEST_WAIT_S = 300
const ALL_ANCHORS_MS = 2 * 86_400_000
const MOST_FAULTS = 50

const AnchorLine = z.object({ seq: z.number().int(), hash: z.string(), at: z.string(), key: z.string(), mac: z.string() })

/** The file of kept heads: one for each database that this installation has served. */
export function anchorFile(): string {
  const url = new URL(config().DATABASE_URL ?? 'postgresql://localhost/petaguru')
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const name = `${here ? '' : `${url.hostname}-${url.port || 5432}-`}${url.pathname.slice(1)}`.replace(/[^\w.-]/g, '_')
  return join(config().dataDir, 'audit', `${name}.jsonl`)
}

/** The heads in a file; a line that cannot be read is an anchor that somebody spoiled. */
function readAnchors(file: string): { anchors: Anchor[]; spoiled: number } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { anchors: [], spoiled: 0 }
    throw error
  }
  const lines = text.split('\n').filter(Boolean)
  const anchors = lines.flatMap((line) => {
    try {
      return [AnchorLine.parse(JSON.parse(line))]
    } catch {
      return []
    }
  })
  return { anchors, spoiled: lines.length - anchors.length }
}

/** The head of the log now, with every committed line in it. */
export async function auditHead(): Promise<AuditHead> {
  await store.linkAudit(true)
  return store.lastLink()
}

/**
 * Links what waits and writes the head down outside the database when it has moved. The job clock calls it each minute.
 * All heads of the last two days are kept, and the last of every day before.
 */
export async function anchorAudit(now: Date, file = anchorFile()): Promise<AuditHead> {
  const head = await auditHead()
  const { anchors } = readAnchors(file)
  if (head.seq === 0 || anchors.at(-1)?.seq === head.seq) return head
  const kept = anchors.filter(
    (a, i) => now.getTime() - Date.parse(a.at) < ALL_ANCHORS_MS || anchors[i + 1]?.at.slice(0, 10) !== a.at.slice(0, 10),
  )
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  const lines = [...kept, signAnchor(head, now, derivedKey('audit'))].map((a) => JSON.stringify(a))
  writeFileSync(`${file}.${process.pid}`, `${lines.join('\n')}\n`, { mode: 0o600 })
  renameSync(`${file}.${process.pid}`, file)
  return head
}

/** Everything that is kept outside the database: anchors of the file, and heads read from paper ("1234 abcd ef01 …"). */
export function verifyInput(paper: readonly string[]): { heads: AuditHead[]; anchors: Anchor[]; spoiled: number } {
  const heads = paper.map((text) => {
    const [seq, ...hash] = text
      .toLowerCase()
      .split(/[^0-9a-f]+/)
      .filter(Boolean)
    if (!/^\d+$/.test(seq ?? '') || hash.join('').length < 16)
      throw new Error(`Kepala "${text}" tidak terbaca. Tulis nomornya, lalu hash-nya, seperti tercetak di berita acara.`)
    return { seq: Number(seq), hash: hash.join('') }
  })
  return { heads, ...readAnchors(anchorFile()) }
}

export type Verdict = {
  /** Links of the chain, and of these the lines that the owner's command took away. */
  lines: number
  cut: number
  head: AuditHead
  /** In the order of the chain; the first is the first bad row. */
  faults: Fault[]
  anchors: number
  /** Kept heads that a replaced secret signed: compared all the same. */
  foreign: number
}

/**
 * Reads the whole log and says what is not as it was written. `heads` are heads from paper (berita acara, export), `anchors` the kept ones.
 * Memory stays at one hash a line; nothing is written but the links of lines that wait.
 */
export async function verifyAudit(
  given: { heads?: AuditHead[]; anchors?: Anchor[]; spoiled?: number } = readAnchors(anchorFile()),
  query?: store.Query,
): Promise<Verdict> {
  const faults: Fault[] = []
  await store.linkAudit(true, query)
  const cut = await signedCut(query)
  const walk = chainWalk((f) => faults.length < MOST_FAULTS && faults.push(f), cut)
  let after = '0'
  for (;;) {
    const rows = await store.linksAfter(after, BATCH, query)
    rows.forEach(walk.step)
    if (rows.length < BATCH) break
    after = rows.at(-1)!.seq
  }
  const anchors = given.anchors ?? []
  const signed = anchors.map((a) => anchorHolds(a, derivedKey('audit')))
  walk.compare([...anchors.filter((_, i) => signed[i] !== false), ...(given.heads ?? [])])
  const wrong = signed.filter((s) => s === false).length + (given.spoiled ?? 0)
  if (wrong)
    faults.push({
      kind: 'anchor',
      seq: null,
      id: null,
      words: `${wrong} kepala rantai yang disimpan di luar basis data diubah atau rusak.`,
    })
  if (given.anchors && anchors.length === 0 && !given.heads?.length && walk.head().seq > 0)
    faults.push({
      kind: 'anchor',
      seq: null,
      id: null,
      words:
        'Tidak ada satu pun kepala rantai di luar basis data untuk dibandingkan. Berikan satu dari berita acara: --head "NOMOR · HASH".',
    })
  for (const s of await store.strayLines(query)) {
    if (!s.there)
      faults.push({ kind: 'deleted', seq: null, id: s.id, words: `Baris ${s.id} dihapus sebelum mendapat tempat dalam rantai.` })
    else if (s.waits === null) faults.push({ kind: 'inserted', seq: null, id: s.id, words: `Baris ${s.id} disisipkan di luar rantai.` })
    else if (s.waits > LONGEST_WAIT_S)
      faults.push({
        kind: 'unlinked',
        seq: null,
        id: s.id,
        words: `Baris ${s.id} sudah ${Math.round(s.waits / 60)} menit tanpa tempat dalam rantai.`,
      })
  }
  const head = walk.head()
  return {
    lines: head.seq,
    cut: cut?.through ?? 0,
    head,
    faults,
    anchors: anchors.length,
    foreign: signed.filter((s) => s === null).length,
  }
}
