import { handleSync } from '@/lib/delivery/service'
import { scoreAttempt } from '@/lib/scoring/service'

export const dynamic = 'force-dynamic'

export const POST = (request: Request): Promise<Response> => handleSync(request, new Date(), scoreAttempt)
