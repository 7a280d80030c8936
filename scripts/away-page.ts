/** What a person is told while the processes that make pages are away: in words that fit whoever asked, and by itself again. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { contentPolicy, securityHeaders } from '@/lib/platform/security-headers'

/** After so many seconds a page looks again by itself. */
const AGAIN_SECONDS = 3

/** `first`: no page was ever made since this process began; a form may have been heard before its page went away. */
function wordsOf(first: boolean, form: boolean): { title: string; words: string } {
  const title = first ? 'Petaguru sedang disiapkan' : 'Halaman sedang dinyalakan kembali'
  const tests = 'Jawaban tes tetap diterima, dan yang tersimpan di perangkat tetap aman.'
  return {
    title,
    words: form
      ? `${tests} Kiriman Anda yang terakhir mungkin belum tersimpan: periksa setelah halaman ini terbuka, lalu kirim lagi bila belum ada.`
      : `Halaman ini terbuka sendiri dalam beberapa detik. ${tests}`,
  }
}

const page = (title: string, words: string) =>
  `<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${AGAIN_SECONDS}"><title>${title}</title></head>
<body style="font-family:sans-serif;margin:15vh auto;max-width:32rem;padding:0 1rem;line-height:1.5"><h1>${title}</h1><p>${words}</p></body></html>`

/** Answers 503 with a page for whoever opens one, with a sentence for whatever a page asks behind it. */
export function sayAway(request: IncomingMessage, response: ServerResponse, first: boolean): void {
  const form = request.method !== 'GET' && request.method !== 'HEAD'
  const { title, words } = wordsOf(first, form)
  const opens = /\btext\/html\b/.test(request.headers.accept ?? '') && request.headers['next-action'] === undefined
  const [type, body] = opens
    ? (['text/html; charset=utf-8', page(title, words)] as const)
    : request.headers['next-action'] !== undefined
      ? (['text/plain; charset=utf-8', `${title}. ${words}`] as const)
      : (['application/json', JSON.stringify({ code: 'busy', message: `${title}. ${words}` })] as const)
  response.writeHead(503, {
    ...securityHeaders(),
    'content-security-policy': contentPolicy.player,
    'content-type': type,
    'cache-control': 'no-store',
    'retry-after': String(AGAIN_SECONDS),
    // What was not read of a form is not read as the next request.
    ...(form ? { connection: 'close' } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
