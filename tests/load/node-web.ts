/**
 * The answer lane behind Node's own HTTP server instead of our reader, for the comparison of decision 011: the same lane, the same crowd, the
 * same limits, and the shortest way that Node's server has to it. Only the load test starts it.
 */
import '@/scripts/next-environment'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { consoleReply } from '@/lib/console/inside'
import type { DeliveryReply } from '@/lib/delivery/request'
import { createDelivery } from '@/lib/delivery/inside'
import { serveDelivery } from '@/lib/delivery/node-server'
import { config } from '@/lib/platform/config'
import { Crowd } from '@/lib/platform/crowd'
import { databaseAddress } from '@/lib/platform/database-server'
import { boundQueries, closeDatabase } from '@/lib/platform/db'
import { guard } from '@/lib/platform/gate'
import { dataHeaders } from '@/lib/platform/security-headers'
import { scoreAttempt } from '@/lib/scoring/inside'
import { gateOfHouse } from '@/scripts/uploads'

boundQueries(30_000)
const database = await databaseAddress()
const delivery = createDelivery(scoreAttempt, consoleReply)
const others = guard(serveDelivery(delivery), gateOfHouse)
const crowd = new Crowd()
const fixed = { 'content-type': 'application/json', 'cache-control': 'no-store', ...dataHeaders() }

function write(response: ServerResponse, reply: DeliveryReply): void {
  const body = reply.body as string
  response.writeHead(reply.status, { ...fixed, 'content-length': Buffer.byteLength(body), ...reply.headers })
  response.end(body)
}
const sync = guard((request, response) => {
  let first: Buffer | null = null
  let more: Buffer[] | null = null
  request.on('data', (chunk: Buffer) => (first ? (more ??= [first]).push(chunk) : (first = chunk)))
  request.on('end', () => {
    crowd.settle(request.socket)
    const whole = more ? Buffer.concat(more) : (first ?? Buffer.alloc(0))
    delivery.sync(whole.toString(), (reply) => response.destroyed || write(response, reply))
  })
}, gateOfHouse)

const server = createServer(
  { keepAliveTimeout: 65_000, headersTimeout: 10_000, requestTimeout: 75_000, connectionsCheckingInterval: 1_000, noDelay: true },
  (request: IncomingMessage, response: ServerResponse) => {
    crowd.owe(request.socket)
    if (request.method === 'POST' && request.url === '/api/delivery/sync') sync(request, response)
    else {
      request.once('end', () => crowd.settle(request.socket))
      others(request, response)
    }
  },
)
server.on('connection', (socket) => crowd.enter(socket) || socket.destroy())
server.listen(config().PORT, config().HOST)

process.on('SIGTERM', () => {
  server.close()
  server.closeIdleConnections()
  void delivery.lane
    .idle()
    .then(closeDatabase)
    .then(() => database.stop())
    .finally(() => process.exit(0))
})
