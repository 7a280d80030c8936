import { NO_STORE } from '@/lib/platform/service'

export const dynamic = 'force-dynamic'

export const GET = (): Response => Response.json({ status: 'live' }, { headers: NO_STORE })
