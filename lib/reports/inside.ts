import { makeOrdered } from '@/lib/documents/inside'
import { makeDocument } from './service'

/** Inside the house: what other rooms, the worker and the command line ask of this one. Nothing here asks who acts, so no screen can import it (decision 043). */

/** What the worker calls: makes an order that was taken. Throws on a bug, after it was noted. */
export const makeOrderedDocument = (id: string, clock: () => Date): Promise<void> => makeOrdered(id, makeDocument, clock)
