/** The doors of files: the only paths that take more than a form, each for a kind of file and for whoever may send it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { actorOfCookies, cookieName } from '@/lib/access/inside'
import { holderOf, keepUpload } from '@/lib/access/service'
import type { Gate, Upload } from '@/lib/platform/gate'
import { log } from '@/lib/platform/log'
import { foreignRequest, isOurFile } from '@/lib/platform/origin'
import { dataHeaders } from '@/lib/platform/security-headers'
import { emptyTray } from '@/lib/platform/tray'
import { isUploadKind, NAME_HEADER, uploadKinds, uploadPath, type UploadKind } from '@/lib/platform/upload-model'

const KB = 1024
const SWEEP_MS = 60_000
const PREFIX = uploadPath('guru').replace(/[^/]+$/, '')

function kindOf(request: IncomingMessage): UploadKind | null {
  const path = (request.url ?? '').split('?')[0]!
  const kind = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : ''
  return request.method === 'POST' && isUploadKind(kind) ? kind : null
}

function upload(request: IncomingMessage): Upload | null {
  const kind = kindOf(request)
  if (!kind) return null
  return {
    bytes: uploadKinds[kind].bytes,
    ms: 600_000,
    holder: async () => {
      const actor = await actorOfCookies(request.headers.cookie ?? '')
      return actor && holderOf(actor, kind)
    },
  }
}

/** The largest form of the house is an item with its rationale, a phone's batch a fifth of this; a stranger has only a login to send. */
const FORM = 256 * KB
const STRANGER = 32 * KB
export function mostOfForm(request: IncomingMessage): number {
  const lane = request.url?.startsWith('/api/delivery/') || request.url?.startsWith('/api/support/')
  return lane || request.headers.cookie?.includes(`${cookieName('session')}=`) ? FORM : STRANGER
}

export const gateOfHouse: Gate = { small: mostOfForm, bodyMs: 75_000, uploads: 4, upload }

/** The name that the sender gave the file, as text. */
function nameOf(request: IncomingMessage): string {
  try {
    return decodeURIComponent(String(request.headers[NAME_HEADER] ?? '')).slice(-200)
  } catch {
    return ''
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...dataHeaders(), 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

async function accept(kind: UploadKind, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const turnAway = (status: number, code: string, message: string) => {
    request.resume()
    answer(response, status, { code, message })
  }
  if (!isOurFile((name) => request.headers[name]?.toString())) return turnAway(403, foreignRequest.code, foreignRequest.message)
  const actor = await actorOfCookies(request.headers.cookie ?? '')
  if (!actor || !holderOf(actor, kind))
    return turnAway(
      403,
      'login',
      'Berkas hanya diterima dari akun yang berwenang. Masuklah kembali, lalu kirim lagi. Tidak ada data yang berubah.',
    )
  const kept = await keepUpload(actor, kind, nameOf(request), request)
  if (kept.ok) answer(response, 200, { id: kept.value })
  else turnAway(kept.code === 'size' ? 413 : 400, kept.code, kept.message)
}

/** Takes a file at its door; false when the request is for another. */
export function serveUploads(request: IncomingMessage, response: ServerResponse): boolean {
  const kind = kindOf(request)
  if (!kind) return false
  accept(kind, request, response).catch((error: unknown) => {
    if (request.destroyed || response.destroyed) return
    log().error({ err: error, kind }, 'upload failed')
    answer(response, 503, {
      code: 'busy',
      message: 'Berkas ini tidak dapat disimpan saat ini. Tidak ada data yang berubah; coba lagi sebentar lagi.',
    })
  })
  return true
}

/** Empties the tray now and every minute of what nobody asked for. */
export function keepTrayEmpty(): void {
  const sweep = () => void emptyTray().catch((error: unknown) => log().error({ err: error }, 'tray'))
  sweep()
  setInterval(sweep, SWEEP_MS).unref()
}
