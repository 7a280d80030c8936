import type { IncomingMessage, ServerResponse } from 'node:http'
import { dataHeaders } from './security-headers'

/** A path on which this visitor may send more than the usual: how much, for how long, and who holds the place; null: nobody who may. */
export type Upload = { bytes: number; ms: number; holder: () => Promise<string | null> }
export type Gate = {
  /** Largest body (bytes) that may come anywhere but on the paths of uploads. */
  small: (request: IncomingMessage) => number
  /** Until then (ms) an ordinary body must have come. */
  bodyMs: number
  /** How often (ms) the speed of a large body is looked at. */
  lookMs?: number
  /** Large bodies under way at once. */
  uploads: number
  upload: (request: IncomingMessage) => Upload | null
}
type Serve = (request: IncomingMessage, response: ServerResponse) => void

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
/** How long words wait for whoever is still sending: while bytes come, and in all. */
const LINGER_MS = 1_000
const LINGER_MOST_MS = 30_000
/** Whoever sends a large body and is slower than this over half a minute (5 KB a second) gives the place to others. */
const LOOK_MS = 30_000
const LEAST_BYTES = 150_000

const words: Record<number, string> = {
  400: 'Permintaan ini tidak dapat dibaca.',
  403: 'Kiriman sebesar ini hanya diterima dari akun yang berwenang. Masuklah kembali, lalu kirim lagi. Tidak ada data yang berubah.',
  404: 'Alamat ini tidak ada.',
  405: 'Cara permintaan ini tidak dikenal.',
  409: 'Kiriman Anda yang lain masih berjalan. Tunggu sampai selesai, paling lama setengah menit setelah terputus, lalu coba lagi.',
  411: 'Kiriman tanpa ukuran tidak diterima.',
  413: 'Kiriman terlalu besar dan tidak diterima. Tidak ada data yang berubah.',
  503: 'Beberapa unggahan besar sedang berjalan. Tidak ada data yang berubah; coba lagi sebentar lagi.',
  505: 'Versi HTTP ini tidak dikenal.',
}

/**
 * Refuses before the body is read. What still comes is thrown away unread for a while: a connection that ends over bytes on their way
 * takes the words with it, and the program between tells of a fault instead.
 */
function turnAway(request: IncomingMessage, response: ServerResponse, status: number): void {
  const { socket } = request
  const said = words[status]!
  response.writeHead(status, {
    ...dataHeaders(),
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(said),
    'cache-control': 'no-store',
    connection: 'close',
    ...(status === 503 ? { 'retry-after': '10' } : {}),
  })
  response.write(said)
  let before = socket.bytesRead
  let looks = 0
  const look = setInterval(() => {
    if (socket.bytesRead === before || ++looks * LINGER_MS >= LINGER_MOST_MS) socket.destroy()
    before = socket.bytesRead
  }, LINGER_MS)
  response.once('close', () => clearInterval(look))
  request.once('end', () => response.end())
  request.resume()
}

/** Whether a path says its letters in whole percents: halves of characters are no name of anything here. */
function decodable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0]!)
    return true
  } catch {
    return false
  }
}

/**
 * What Node's own reader lets pass and no client of ours sends: a status to refuse with, or null. Bare line feeds, NULs,
 * folded lines and doubled lengths are refused by that reader itself.
 */
function crooked(request: IncomingMessage): number | null {
  const { httpVersion, rawHeaders, headers, url } = request
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return 505
  if (!METHODS.has(request.method ?? '')) return 405
  if (!url?.startsWith('/')) return 400
  // No database holds a NUL, and no address of ours has one.
  if (url.includes('%00') || !decodable(url)) return 404
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) if (rawHeaders[i]!.length === 4 && rawHeaders[i]!.toLowerCase() === 'host') hosts++
  if (hosts !== 1 || !/^[\w.:[\]-]+$/.test(headers.host ?? '')) return 400
  return headers['transfer-encoding'] === undefined ? null : 411
}

/**
 * Stands before everything that reads a body into memory. A body must say how long it is (Node's reader counts that it is no
 * longer) and come within its time; more than the usual is let in only on the paths of uploads, for who may upload there,
 * and asked before a byte is read.
 */
export function guard(next: Serve, gate: Gate): Serve {
  let underWay = 0
  const holders = new Set<string>()

  function within(ms: number, request: IncomingMessage, response: ServerResponse): void {
    const late = setTimeout(() => request.socket.destroy(), ms)
    const over = () => clearTimeout(late)
    request.once('end', over)
    response.once('close', over)
    request.once('close', over)
  }
  function brisk(request: IncomingMessage, response: ServerResponse): void {
    let before = request.socket.bytesRead
    const look = setInterval(() => {
      const { bytesRead } = request.socket
      if (bytesRead - before < LEAST_BYTES) request.socket.destroy()
      before = bytesRead
    }, gate.lookMs ?? LOOK_MS)
    const over = () => clearInterval(look)
    request.once('end', over)
    response.once('close', over)
  }
  async function large(upload: Upload, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (underWay >= gate.uploads) return turnAway(request, response, 503)
    underWay++
    const holder = await upload.holder().catch(() => null)
    const refused = !holder ? 403 : holders.has(holder) ? 409 : null
    // Whoever is turned away holds no place while the words are on their way.
    if (refused || !holder || response.destroyed || request.destroyed) {
      underWay--
      if (refused && !response.destroyed) turnAway(request, response, refused)
      return
    }
    holders.add(holder)
    response.once('close', () => {
      underWay--
      holders.delete(holder)
    })
    within(upload.ms, request, response)
    brisk(request, response)
    next(request, response)
  }

  return (request, response) => {
    const refused = crooked(request)
    if (refused) return turnAway(request, response, refused)
    const announced = Number(request.headers['content-length'] ?? 0)
    if (announced === 0) return next(request, response)
    if (announced <= gate.small(request)) {
      within(gate.bodyMs, request, response)
      return next(request, response)
    }
    const upload = gate.upload(request)
    if (!upload || announced > upload.bytes) return turnAway(request, response, 413)
    void large(upload, request, response)
  }
}
