import { Forbidden } from '@/lib/access/model'
import { currentActor, takeUpload } from '@/lib/access/service'
import { foreignRequest, isOurJson, NO_STORE } from '@/lib/platform/service'
import { UPLOAD_FIELD } from '@/lib/platform/upload-model'
import { keepPhoto } from '@/lib/tutoring/service'

const statusOf: Record<string, number> = { waits: 409, gone: 409 }

export const dynamic = 'force-dynamic'

/** A photo of a meeting that was sent to the tray just before: 409 when it is to be sent again, 400 when it is refused for good. */
export async function POST(request: Request): Promise<Response> {
  if (!isOurJson((name) => request.headers.get(name))) return Response.json(foreignRequest, { status: 400, headers: NO_STORE })
  const body: unknown = await request.json().catch(() => null)
  const actor = await currentActor()
  if (!actor?.userId)
    return Response.json({ message: 'Masuklah kembali. Foto tetap ada di ponsel Anda.' }, { status: 401, headers: NO_STORE })
  const form = new FormData()
  form.set(UPLOAD_FIELD, String((body as { upload?: unknown } | null)?.upload ?? ''))
  try {
    const file = await takeUpload(actor, 'foto', form)
    const kept = file.ok ? await keepPhoto(actor, body, file.value.bytes, new Date()) : file
    if (kept.ok) return Response.json({ kept: true }, { headers: NO_STORE })
    return Response.json({ message: kept.message }, { status: statusOf[kept.code] ?? 400, headers: NO_STORE })
  } catch (error) {
    if (error instanceof Forbidden) return Response.json({ message: error.message }, { status: 403, headers: NO_STORE })
    throw error
  }
}
