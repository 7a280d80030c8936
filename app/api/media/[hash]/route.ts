import { currentActor } from '@/lib/access/service'
import { media } from '@/lib/instruments/service'
import { downloadHeaders, NO_STORE } from '@/lib/platform/service'

const missing = () => new Response('Gambar tidak ditemukan.', { status: 404, headers: NO_STORE })

/**
 * A picture or sound of an item by the hash of its bytes, for whoever is logged in: immutable, so that browser may keep it. Opened by
 * itself it is a file to keep and nothing in it runs.
 */
export async function GET(_request: Request, { params }: { params: Promise<{ hash: string }> }): Promise<Response> {
  const { hash } = await params
  const actor = await currentActor()
  const found = actor && /^[0-9a-f]{64}$/.test(hash) ? await media(actor, hash) : null
  if (!found) return missing()
  const mime = found.mime === 'image/svg+xml' ? `${found.mime}; charset=utf-8` : found.mime
  return new Response(found.bytes, {
    headers: {
      ...downloadHeaders({ mime, fileName: `${hash.slice(0, 16)}.${found.mime.split('/')[1]!.replace('+xml', '')}` }),
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  })
}
