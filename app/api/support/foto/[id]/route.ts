import { Forbidden } from '@/lib/access/model'
import { currentActor } from '@/lib/access/service'
import { NO_STORE } from '@/lib/platform/service'
import { meetingPhoto } from '@/lib/tutoring/service'

export const dynamic = 'force-dynamic'

/** A photo of a meeting, for the two who met and for the office; for everybody else there is none. It is kept by no browser. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const [actor, { id }] = await Promise.all([currentActor(), params])
  // Whether there is one is nothing that a stranger hears.
  const found =
    actor &&
    (await meetingPhoto(actor, id).catch((error: unknown) => {
      if (error instanceof Forbidden) return null
      throw error
    }))
  if (!found) return new Response('Foto tidak ditemukan.', { status: 404, headers: NO_STORE })
  return new Response(found.bytes, {
    headers: {
      ...NO_STORE,
      'content-type': found.mime,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  })
}
