/** Answers the port from the first second of a start, until the program that serves listens there: that it is loading, and how to wait. */
import { createServer, type Server } from 'node:http'

/** Asks by itself until pages are served, also over the moment in which nobody listens; without scripts the browser asks. */
const PAGE = `<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Petaguru sedang memuat</title>
<noscript><meta http-equiv="refresh" content="5"></noscript></head>
<body style="font-family:sans-serif;margin:15vh auto;max-width:32rem;padding:0 1rem;line-height:1.5"><h1>Petaguru sedang memuat</h1>
<p>Basis data dan halaman sedang disiapkan. Halaman ini terbuka sendiri begitu siap, biasanya dalam satu menit; kemajuannya tertulis di terminal.</p>
<script>setInterval(()=>fetch(location.href,{cache:'no-store'}).then(r=>r.status<500&&location.reload(),()=>0),1500)</script></body></html>`

/** Listens until `stop`; a port that cannot be had is somebody else's to tell of. */
export function answerWaiting(port: number, host: string): { stop: () => Promise<void> } {
  const server: Server = createServer((_request, response) => {
    response
      .writeHead(503, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'retry-after': '3', connection: 'close' })
      .end(PAGE)
  })
  server.on('error', () => undefined)
  server.listen(port, host)
  return {
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
