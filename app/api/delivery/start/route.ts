import { currentActor, may } from '@/lib/access/service'
import { start } from '@/lib/delivery/service'

export const dynamic = 'force-dynamic'

export async function POST(request: Request): Promise<Response> {
  const actor = await currentActor()
  if (!actor)
    return Response.json(
      { code: 'login', message: 'Sesi masuk sudah berakhir. Masuk kembali; jawaban Anda tetap tersimpan di perangkat ini.' },
      { status: 401 },
    )
  if (!may(actor, 'test:take')) return Response.json({ code: 'forbidden', message: 'Akun ini bukan akun peserta tes.' }, { status: 403 })
  const result = await start(actor, await request.json().catch(() => null), request.headers.get('user-agent'), new Date())
  return result.ok
    ? Response.json(result.value, { headers: { 'cache-control': 'no-store' } })
    : Response.json({ code: result.code, message: result.message }, { status: 409 })
}
