import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions, requestVisit } from '@/lib/access/service'

type Context = { params: Promise<{ nextauth: string[] }> }
const handle = async (request: NextRequest, context: Context) =>
  NextAuth(request as never, context as never, authOptions(await requestVisit()))

export { handle as GET, handle as POST }
