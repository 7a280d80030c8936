import { databaseAnswers, NO_STORE } from '@/lib/platform/service'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const ready = await databaseAnswers()
  return Response.json({ status: ready ? 'ready' : 'database' }, { status: ready ? 200 : 503, headers: NO_STORE })
}
