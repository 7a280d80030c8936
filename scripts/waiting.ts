/** Answers the port from the first second of a start, until the program that serves listens there: that it is loading, and how to wait. */
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { config } from '@/lib/platform/config'
import { exposureOf } from '@/lib/platform/exposure'

/** Asks by itself until pages are served, also over the moment in which nobody listens; without scripts the browser asks. */
const PAGE = `<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Petaguru sedang memuat</title>
<noscript><meta http-equiv="refresh" content="5"></noscript></head>
<body style="font-family:sans-serif;margin:15vh auto;max-width:32rem;padding:0 1rem;line-height:1.5"><h1>Petaguru sedang memuat</h1>
<p>Basis data dan halaman sedang disiapkan. Halaman ini terbuka sendiri begitu siap, biasanya dalam satu menit; kemajuannya tertulis di terminal.</p>
<script>setInterval(()=>fetch(location.href,{cache:'no-store'}).then(r=>r.status<500&&location.reload(),()=>0),1500)</script></body></html>`

/** Whether somebody else has the port; `stop` gives it free for the program that serves. */
type Waiting = { taken: boolean; stop: () => Promise<void> }

function portTaken(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const probe = connect({ port, host }, () => {
      probe.destroy()
      done(true)
    })
    probe.on('error', () => done(false))
  })
}

async function begin(): Promise<Waiting> {
  const { PORT, HOST, NEXTAUTH_URL } = config()
  if (await portTaken(PORT, HOST)) return { taken: true, stop: () => Promise.resolve() }
  const server = createServer((_request, response) => {
    response
      .writeHead(503, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'retry-after': '3', connection: 'close' })
      .end(PAGE)
  })
  server.on('error', () => undefined)
  // An address for others is opened by the program that serves, after everything that could refuse it.
  if (exposureOf({ HOST, NEXTAUTH_URL }).because.length === 0) server.listen(PORT, HOST)
  return {
    taken: false,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** One waiting a process, also where this file is loaded before the program (start.mjs) and by it. */
const kept = globalThis as unknown as { petaguruWaiting?: Promise<Waiting> }

/** Begins to answer the port, or tells of the one that has begun. */
export const waiting = (): Promise<Waiting> => (kept.petaguruWaiting ??= begin())

// What answers and ends needs no port.
if (!process.argv.includes('--check') && !process.argv.includes('--close-demonstration')) void waiting()
