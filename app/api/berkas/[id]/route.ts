import { currentActor } from '@/lib/access/service'
import { answerDownload, giveDocument } from '@/lib/reports/service'

export const dynamic = 'force-dynamic'

/** A document that the worker made, for whoever asked for it. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const [actor, { id }] = await Promise.all([currentActor(), params])
  return answerDownload(actor, (someone) => giveDocument(someone, id))
}
