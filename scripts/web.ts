/**
 * The front: the one port of an installation. Phones are answered here (/api/delivery and the participant's page) and files come in here;
 * everything else goes on to the processes that make pages (scripts/pages-process.ts), so that no page, report or fault of theirs stands in
 * the way of an answer (decision 050). `--lane` knows no pages, for further processes that only take answers. It listens before anything else
 * is ready: what cannot be answered yet is told to come again.
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
import { endWhenHung } from '@/lib/platform/loop-watch'
import { comesFromElsewhere } from '@/lib/platform/origin'
import { unsafeConnection } from '@/lib/platform/outgoing'
import { doorWord, pagesSockets } from '@/lib/platform/pages-door'
import { dataHeaders } from '@/lib/platform/security-headers'
import { databaseAnswers } from '@/lib/platform/service'
import { consoleReply } from '@/lib/console/inside'
import { createDelivery } from '@/lib/delivery/inside'
import { answerServer } from '@/lib/delivery/answer-server'
import { serveDelivery } from '@/lib/delivery/node-server'
import { scoreAttempt } from '@/lib/scoring/inside'
import { paceOfPages } from './page-pace'
import { servePlayer } from './player-files'
import { relayTo } from './relay'
import { gateOfHouse, keepTrayEmpty, serveUploads } from './uploads'

const dev = process.argv.includes('--dev')
const laneOnly = process.argv.includes('--lane')
const { PORT, HOST } = config()
const refused = withoutTls(config()) ?? withWeakSecret(config()) ?? unsafeConnection(config())
if (refused) {
  log().fatal(refused)
  process.exit(1)
}
/** No desk or login may wait for the database for longer than this; answers have a limit of their own. */
const QUERY_MS = 30_000
/** Nothing that this process does may take a part of it. */
const HUNG_MS = 20_000

process.umask(0o077)
boundQueries(QUERY_MS)
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
// Whoever develops may stop it at a line for as long as she likes.
if (!dev) endWhenHung(HUNG_MS)

const missing = (response: ServerResponse) =>
  void response
    .writeHead(404, { ...dataHeaders(), 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end('Alamat ini tidak ada.')
const pages = laneOnly ? null : relayTo(pagesSockets(), doorWord())
const hasty = paceOfPages()

/** Health is answered here, so that it can be asked while pages are away; whether they are made is asked of them, at /api/health/pages. */
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
  // Pages refuse a form from elsewhere by themselves; that somebody tried is told here.
  if (comesFromElsewhere(request.method, (name) => request.headers[name]?.toString()))
    noteRefusal({ what: 'origin', object: 'request', actor: null })
  if (path.startsWith('/api/delivery/')) void lane(request, response)
  else if (path === '/api/health/live' || path === '/api/health/ready') void health(path, response)
  else if (!serveUploads(request, response) && !player(request, response)) {
    if (!pages) missing(response)
    else if (!hasty(request, response)) pages.answer(request, response)
  }
}
server.on('request', guard(serve, gateOfHouse))
// Only the tools of development hold a line open.
if (dev && pages) server.on('upgrade', pages.upgrade)
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
