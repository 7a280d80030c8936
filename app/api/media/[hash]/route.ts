import { media } from '@/lib/instruments/service'

/** A picture by the hash of its bytes: immutable, so it may be kept for ever. The name cannot be guessed from an item. */
export async function GET(_request: Request, { params }: { params: Promise<{ hash: string }> }): Promise<Response> {
  const { hash } = await params
  const found = /^[0-9a-f]{64}$/.test(hash) ? await media(hash) : null
  if (!found) return new Response('Gambar tidak ditemukan.', { status: 404 })
  return new Response(found.bytes, {
    headers: {
      'content-type': found.mime,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  })
}
