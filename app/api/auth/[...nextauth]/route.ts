import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions, isOpenDoor, requestArrival } from '@/lib/access/service'
import { NO_STORE } from '@/lib/platform/service'

type Context = { params: Promise<{ nextauth: string[] }> }

/** The code flow of belajar.id; every other path of next-auth is shut. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params
  if (!isOpenDoor(request.method, nextauth)) return new Response(null, { status: 404, headers: NO_STORE })
  return NextAuth(request as never, context as never, authOptions(await requestArrival())) as Promise<Response>
}

export { handle as GET, handle as POST }
