import { Forbidden, type Actor } from '@/lib/access/model'
import { downloadHeaders, goTo, sentence } from '@/lib/platform/download'
import { log } from '@/lib/platform/log'
import type { Result } from '@/lib/platform/result'
import type { Asked } from './asked'

const statusOf: Record<string, number> = { missing: 404, changed: 403, 'own-full': 429, full: 429 }
const BROKEN =
  'Dokumen ini tidak dapat diserahkan karena kesalahan sistem. Data tidak berubah. Coba sekali lagi; bila terulang, beri tahu administrator.'

/** What the browser gets for a document: the file, the way to the page that waits for it, or a sentence; strangers are sent to the login. */
export async function answerDownload<A extends Actor>(actor: A | null, ask: (actor: A) => Promise<Result<Asked>>): Promise<Response> {
  if (!actor) return goTo(307, '/masuk')
  try {
    const asked = await ask(actor)
    if (!asked.ok) {
      const status = statusOf[asked.code] ?? 400
      return sentence(status, asked.message, status === 429 ? { 'retry-after': '60' } : {})
    }
    if ('page' in asked.value) return goTo(303, asked.value.page)
    const { body, mime, fileName, size } = asked.value.file
    return new Response(body, { headers: downloadHeaders({ mime, fileName, bytes: size }) })
  } catch (error) {
    if (error instanceof Forbidden) return sentence(403, error.message)
    log().error({ err: error }, 'a document could not be handed over')
    return sentence(500, BROKEN)
  }
}
