/**
 * One process that answers phones and people: /api/delivery and the participant's page by itself, everything else through
 * Next.js. `--lane` leaves Next.js out, for further processes that only take answers. It listens before anything else is
 * ready: what cannot be answered yet is told to come again.
 */
import './next-environment'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { boundQueries, closeDatabase } from '@/lib/platform/db'
import { databaseAddress } from '@/lib/platform/database-server'
import { arriving } from '@/lib/access/inside'
import { noteRefusal } from '@/lib/access/service'
import { addressOfRequest, stampAddress } from '@/lib/platform/client-address'
import { config } from '@/lib/platform/config'
import { guard } from '@/lib/platform/gate'
import { withoutTls, withWeakSecret } from '@/lib/platform/exposure'
import { log } from '@/lib/platform/log'
import { comesFromElsewhere } from '@/lib/platform/origin'
import { unsafeConnection } from '@/lib/platform/outgoing'
import { dataHeaders } from '@/lib/platform/security-headers'
import { databaseAnswers } from '@/lib/platform/service'
import { consoleReply } from '@/lib/console/inside'
import { createDelivery } from '@/lib/delivery/inside'
import { answerServer } from '@/lib/delivery/answer-server'
import { serveDelivery } from '@/lib/delivery/node-server'
import { scoreAttempt } from '@/lib/scoring/inside'
import { servePlayer } from './player-files'
import { gateOfHouse, keepTrayEmpty, serveUploads } from './uploads'

const dev = process.argv.includes('--dev')
const laneOnly = process.argv.includes('--lane')
const { PORT, HOST } = config()
/** Next.js prints the faults of pages by itself; through our log they lose what a database's words quote. */
if (!dev)
  console.error = (...parts: unknown[]) => {
    const fault = parts.find((part) => part instanceof Error)
    if (fault) log().error({ err: fault }, 'page')
    else
      log().error(
        {
          said: parts
            .map(String)
            .join(' ')
            .replace(/(["'(«])[^"')»]*(["')»])/g, '$1…$2'),
        },
        'page',
      )
  }
const refused = withoutTls(config()) ?? withWeakSecret(config()) ?? unsafeConnection(config())
if (refused) {
  log().fatal(refused)
  process.exit(1)
}
/** No page may wait for the database for longer than this. */
const PAGE_QUERY_MS = 30_000

process.umask(0o077)
boundQueries(PAGE_QUERY_MS)
const database = await databaseAddress()
const delivery = createDelivery(scoreAttempt, consoleReply)
const lane = serveDelivery(delivery)
const player = await servePlayer(dev)
/** Uploads may take ten minutes; everything else is held to less by the gate. Missing hosts are the gate's to refuse. */
const server = createServer({
  keepAliveTimeout: 65_000,
  headersTimeout: 10_000,
  requestTimeout: 600_000,
  connectionsCheckingInterval: 1_000,
  requireHostHeader: false,
})
/** Who neither sends nor takes a byte for so long is not there. Longer than any page may think. */
server.timeout = 120_000
const door = answerServer(delivery, server)
door.on('error', (error) => {
  log().fatal({ err: error }, 'cannot listen')
  process.exit(1)
})
door.listen(PORT, HOST)

const missing = (response: ServerResponse) =>
  void response
    .writeHead(404, { ...dataHeaders(), 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end('Alamat ini tidak ada.')
const pages = laneOnly
  ? null
  : (await import('./pages')).servePages({ dev, host: HOST, port: PORT, server }, (error) => {
      log().fatal({ err: error }, 'Next.js cannot be prepared')
      process.exit(1)
    })

/** Health is answered here, so that it can be asked while the pages are still being prepared. */
async function health(path: string, response: ServerResponse): Promise<void> {
  const live = path === '/api/health/live'
  const well = live || (await databaseAnswers())
  response.writeHead(well ? 200 : 503, { ...dataHeaders(), 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify({ status: live ? 'live' : well ? 'ready' : 'database' }))
}

/** Lines of the audit log know from here on where a request came from. */
const serve = (request: IncomingMessage, response: ServerResponse): void => {
  stampAddress(request)
  const path = request.url ?? '/'
  const { method, headers } = request
  const from = { address: addressOfRequest(request), userAgent: headers['user-agent'] ?? null, cookie: headers.cookie ?? '' }
  arriving({ ...from, path: `${method} ${path.split('?')[0]!.slice(0, 200)}` }, () => answer(request, response, path))
}

function answer(request: IncomingMessage, response: ServerResponse, path: string): void {
  // Next.js refuses a form from elsewhere by itself; that somebody tried is told here.
  if (comesFromElsewhere(request.method, (name) => request.headers[name]?.toString()))
    noteRefusal({ what: 'origin', object: 'request', actor: null })
  if (path.startsWith('/api/delivery/')) void lane(request, response)
  else if (path === '/api/health/live' || path === '/api/health/ready') void health(path, response)
  else if (!serveUploads(request, response) && !player(request, response)) {
    if (pages) pages(request, response)
    else missing(response)
  }
}
server.on('request', guard(serve, gateOfHouse))
keepTrayEmpty()

let stopping = false
const stop = () => {
  if (stopping) return
  stopping = true
  door.close()
  server.closeIdleConnections()
  // What is under way is committed and answered before the process goes.
  const over = setTimeout(() => process.exit(0), 8_000)
  void delivery.lane
    .idle()
    .then(() => closeDatabase())
    .then(() => database.stop())
    .finally(() => {
      clearTimeout(over)
      process.exit(0)
    })
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
