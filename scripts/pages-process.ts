/**
 * A process that makes pages: Next.js on a local socket in the data folder, for the front alone (scripts/web.ts). It may die, hang over a
 * report or be started again: phones do not notice. With several (`PAGE_PROCESSES`) each has a number, its one argument.
 */
import './next-environment'
import { timingSafeEqual } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import { arriving } from '@/lib/access/inside'
import { ADDRESS_HEADER, stampedAddress } from '@/lib/platform/client-address'
import { config } from '@/lib/platform/config'
import { databaseAddress } from '@/lib/platform/database-server'
import { boundQueries, closeDatabase } from '@/lib/platform/db'
import { withoutTls, withWeakSecret } from '@/lib/platform/exposure'
import { log } from '@/lib/platform/log'
import { endWhenHung } from '@/lib/platform/loop-watch'
import { unsafeConnection } from '@/lib/platform/outgoing'
import { DOOR_HEADER, doorWord, pagesSockets } from '@/lib/platform/pages-door'
import { dataHeaders } from '@/lib/platform/security-headers'
import { giveWay } from '@/lib/platform/yielding'
import { visitEveryPage } from './first-visit'
import { preparePages } from './pages'

const dev = process.argv.includes('--dev')
const number = Number(process.argv.find((a) => /^\d+$/.test(a)) ?? 0)
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
/** No page holds the process for so long but one that will never end. */
const HUNG_MS = 60_000

process.umask(0o077)
boundQueries(PAGE_QUERY_MS, { giveWay: true })
const database = await databaseAddress()
/** What clients may take stands at the front; here the one client is the front, which hangs up first. */
const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0, headersTimeout: 0 })

const word = Buffer.from(doorWord())
function isFront(request: IncomingMessage): boolean {
  const said = Buffer.from(String(request.headers[DOOR_HEADER] ?? ''))
  return said.length === word.length && timingSafeEqual(said, word)
}

const pages = await preparePages({ dev, host: HOST, port: PORT, server }).catch((error: unknown) => {
  log().fatal({ err: error }, 'Next.js cannot be prepared')
  process.exit(1)
})
server.on('request', (request, response) => {
  if (!isFront(request)) {
    response.writeHead(403, { ...dataHeaders(), connection: 'close' }).end()
    return
  }
  Reflect.deleteProperty(request.headers, DOOR_HEADER)
  const { method, url = '/', headers } = request
  if (url === '/api/health/pages') {
    response.writeHead(200, { ...dataHeaders(), 'content-type': 'application/json', 'cache-control': 'no-store' })
    response.end(JSON.stringify({ status: 'ready' }))
    return
  }
  const from = {
    address: stampedAddress(headers[ADDRESS_HEADER]),
    userAgent: headers['user-agent'] ?? null,
    cookie: headers.cookie ?? '',
    path: `${method} ${url.split('?')[0]!.slice(0, 200)}`,
  }
  arriving(from, () => pages(request, response))
})

/** Whether another living process makes pages on this socket. A file that a killed one left behind answers nobody. */
const isTaken = (path: string): Promise<boolean> =>
  new Promise((done) => {
    const probe = connect(path, () => {
      probe.destroy()
      done(true)
    })
    probe.on('error', () => done(false))
  })

const socket = pagesSockets()[number]!
if (process.platform !== 'win32') {
  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 })
  if (await isTaken(socket)) {
    log().fatal('another process makes the pages of this installation already')
    process.exit(1)
  }
  rmSync(socket, { force: true })
}
server.on('error', (error) => {
  log().fatal({ err: error }, 'cannot listen')
  process.exit(1)
})
server.listen(socket, () => {
  if (dev) return
  // Pages yield to answers where both want the same core. From here on, so that a start is quick.
  giveWay()
  endWhenHung(HUNG_MS)
  visitEveryPage(socket).then(
    (missed) => missed.length && log().warn({ missed }, 'pages that could not be visited at start'),
    (error: unknown) => log().error({ err: error }, 'first visits'),
  )
})

let stopping = false
const stop = () => {
  if (stopping) return
  stopping = true
  server.close()
  server.closeIdleConnections()
  const over = setTimeout(() => process.exit(0), 8_000)
  void closeDatabase()
    .then(() => database.stop())
    .finally(() => {
      clearTimeout(over)
      process.exit(0)
    })
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
