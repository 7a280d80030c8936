import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions } from '@/lib/access/service'
import { seatForLogin } from '@/lib/sittings/service'

type Context = { params: Promise<{ nextauth: string[] }> }
const handle = (request: NextRequest, context: Context) => NextAuth(request as never, context as never, authOptions(seatForLogin))

export { handle as GET, handle as POST }
