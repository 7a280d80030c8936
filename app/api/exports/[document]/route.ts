import { currentActor } from '@/lib/access/service'
import { Forbidden } from '@/lib/access/model'
import { makeDocument } from '@/lib/reports/service'

export const dynamic = 'force-dynamic'

/** Every download of the house, by its name. */
export async function GET(request: Request, { params }: { params: Promise<{ document: string }> }): Promise<Response> {
  const actor = await currentActor()
  if (!actor) return Response.redirect(new URL('/masuk', process.env['NEXTAUTH_URL'] ?? request.url), 307)
  try {
    const made = await makeDocument(actor, (await params).document, new URL(request.url).searchParams)
    if (!made) return new Response('Dokumen ini tidak ditemukan.', { status: 404 })
    const body = typeof made.body === 'string' ? made.body : new Uint8Array(made.body)
    return new Response(body, {
      headers: {
        'content-type': made.mime,
        'content-disposition': `attachment; filename="${made.fileName}"`,
        'cache-control': 'private, no-store',
      },
    })
  } catch (error) {
    if (error instanceof Forbidden) return new Response(error.message, { status: 403 })
    throw error
  }
}
