import { setTimeout as pause } from 'node:timers/promises'
import { Forbidden, type Actor } from '@/lib/access/model'
import { documentLimits, failureWords } from '@/lib/documents/model'
import { workerLives } from '@/lib/documents/inside'
import { documentProgress, handOver, orderDocument, ownDocument, type DocumentProgress } from '@/lib/documents/service'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { light, type Document } from './light'
import { plainParameters, queued } from './queued'
import type { Asked } from './asked'

/**
 * Every file that leaves the house, by its name: permission first, and a line in the audit log when it is handed over. What is drawn,
 * packed or read from a whole province is made by the worker (decision 029).
 */
export type { Document }
export { answerDownload } from './answer'
export { publicFile, publicFileNames } from './public-files'

/** The names of all documents. */
export const documentNames = [...Object.keys(light), ...Object.keys(queued)]

/** Makes one document on the spot; null when there is no such document or no such thing to make it of. Throws `Forbidden`. */
export async function makeDocument(actor: Actor, name: string, params: URLSearchParams): Promise<Document | null> {
  if (Object.hasOwn(light, name)) return light[name]!(actor, params)
  if (!Object.hasOwn(queued, name)) return null
  // Drawing and packing load much code, which the process that answers phones never needs.
  const { heavy } = await import('./makers')
  return heavy[name]!(actor, params)
}

const missing = refuse('missing', 'Dokumen ini tidak ditemukan.')
const pageOf = (id: string) => ok<Asked>({ page: `/berkas/${id}` })

/** Polls a little less often each time: most are ready at once, and the rest take seconds. */
const FIRST_MS = 40
const MOST_MS = 400

/** The document once it is ready or has failed, or as it stands when patience ends. */
async function settled(actor: Actor, id: string, patienceMs: number) {
  const end = Date.now() + patienceMs
  for (let ms = FIRST_MS; ; ms = Math.min(MOST_MS, ms * 1.3)) {
    const found = await ownDocument(actor, id, new Date())
    if (!found || found.state === 'ready' || found.state === 'failed' || Date.now() + ms > end) return found
    await pause(ms)
  }
}

/**
 * A document by its name and parameters: handed over where it is made at once or within `patienceMs`, else the page that tells how it
 * goes. Refuses what is not there and where too much waits. Throws `Forbidden`.
 */
export async function askDocument(
  actor: Actor,
  name: string,
  params: URLSearchParams,
  patienceMs: number = documentLimits.patienceMs,
): Promise<Result<Asked>> {
  if (Object.hasOwn(light, name)) {
    const made = await light[name]!(actor, params)
    if (!made) return missing
    const body = new Uint8Array(Buffer.from(made.body as string))
    return ok({ file: { fileName: made.fileName, mime: made.mime, size: body.length, body } })
  }
  const kind = Object.hasOwn(queued, name) ? queued[name]! : null
  if (!kind || !(await kind.entitled(actor, params))) return missing
  const parameters = plainParameters(kind.takes, params)
  const ordered = await orderDocument(actor, { name, parameters, large: kind.large }, new Date())
  if (!ordered.ok) return ordered
  const id = ordered.value
  if (!(await workerLives())) return pageOf(id)
  const found = await settled(actor, id, patienceMs)
  if (found?.failure === 'missing') return missing
  if (found?.failure === 'forbidden') throw new Forbidden(name)
  return found?.state === 'ready' ? giveDocument(actor, id) : pageOf(id)
}

/**
 * Hands over a document that was asked for: what the actor may do is asked again, and the log told, now. Leads to its page while it is
 * not ready. Refuses one of somebody else like one that is not there. Throws `Forbidden`.
 */
export async function giveDocument(actor: Actor, id: string): Promise<Result<Asked>> {
  const now = new Date()
  const found = await ownDocument(actor, id, now)
  const kind = found && queued[found.name]
  if (!kind || !(await kind.entitled(actor, new URLSearchParams(found.parameters)))) return missing
  const given = await handOver(actor, id, now)
  if (!given) return pageOf(id)
  return given.ok ? ok({ file: given.value }) : given
}

export type DocumentPage = DocumentProgress & {
  title: string
  /** Where it can be asked for again. */
  again: string
  /** Why there is none, in words. */
  reason: string | null
}

/** How one's own document goes, for its page; null for one of somebody else, and one that is no more. */
export async function documentPage(actor: Actor, id: string, now: Date): Promise<DocumentPage | null> {
  const found = await documentProgress(actor, id, now)
  const kind = found && queued[found.name]
  if (!kind) return null
  const again = `/api/exports/${found.name}${found.parameters ? `?${found.parameters}` : ''}`
  return { ...found, title: kind.title, again, reason: found.failure && failureWords[found.failure] }
}
