/**
 * Makes documents that the worker took, one at a time, in a process of its own: it yields to the phones, may be killed at any moment,
 * and its memory ends where the worker says. It hears ids and answers when each has come to its end.
 */
import { databaseAddress } from '@/lib/platform/database-server'
import { boundQueries } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { giveWay } from '@/lib/platform/yielding'
import { makeOrderedDocument } from '@/lib/reports/inside'

/** A statement of a document may take longer than one of a page, and few at a time leave PostgreSQL to the phones. They do not give way: whoever writes megabytes slowly holds what a commit waits for. */
const QUERY_MS = 120_000
const CONNECTIONS = 4

boundQueries(QUERY_MS, { connections: CONNECTIONS })
await databaseAddress()
// Loaded while nobody waits for it yet.
await import('@/lib/reports/makers')
giveWay()

process.on('disconnect', () => process.exit(0))
process.on('message', (id: string) => {
  makeOrderedDocument(id, () => new Date())
    .catch((error: unknown) => log().error({ err: error, document: id }, 'a document could not be made'))
    .finally(() => process.send!(id))
})
