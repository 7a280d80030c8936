import { currentActor } from '@/lib/access/service'
import { answerDownload, askDocument } from '@/lib/reports/service'

export const dynamic = 'force-dynamic'

/** Every download of the house, by its name. */
export async function GET(request: Request, { params }: { params: Promise<{ document: string }> }): Promise<Response> {
  const [actor, { document }] = await Promise.all([currentActor(), params])
  return answerDownload(actor, (someone) => askDocument(someone, document, new URL(request.url).searchParams))
}
