// Keeps one page of a teacher or a proctor readable without a network; which one stands in the worker's own address (?page=/guru/hasil).
// The network first, the kept copy when it is away, and only for whoever it was made for: the copy carries its owner, and another
// holder of the phone (lib/access/phone.client.ts) is refused. Files of the build carry their hash in the name and are kept as they are.
// Nothing under /api is ever answered from here.
const PAGES = /^(?:\/tutor|\/guru\/hasil|\/guru\/pengembangan|\/pengawas(?:\/(?:ruang|sesi)\/[0-9a-f-]{36})?)$/
const PAGE = [new URL(self.location.href).searchParams.get('page')].find((p) => p && PAGES.test(p))
// Leaving the account deletes every store that begins so.
const STORE = `petaguru-halaman-${PAGE}`
const OWNER = 'x-pemilik'

const holder = async () => {
  const mark = (await caches.has('petaguru-pemilik')) && (await (await caches.open('petaguru-pemilik')).match('/pemilik'))
  return mark ? mark.text() : null
}

// A copy without an owner, or made for somebody who does not hold the phone any more, is not kept.
async function keep(fresh) {
  const text = await fresh.text()
  const owner = /data-pemilik="([^"]+)"/.exec(text)?.[1]
  const now = await holder()
  if (!owner || (now !== null && now !== owner)) return ''
  const headers = new Headers(fresh.headers)
  headers.set(OWNER, owner)
  const cache = await caches.open(STORE)
  await cache.put(PAGE, new Response(text, { headers }))
  return text
}

const closed = () =>
  new Response(
    `<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Tanpa jaringan · Petaguru</title></head>
<body style="font-family:sans-serif;margin:0;background:#FBF8F1;color:#1d1d1b"><main style="max-width:36rem;margin:0 auto;padding:3rem 1rem;line-height:1.5">
<h1 style="font-size:1.5rem">Halaman ini belum dapat dibuka tanpa jaringan</h1>
<p>Ponsel ini tidak menyimpan halaman milik Anda. Jawaban dan catatan yang belum terkirim tetap aman dan terkunci untuk pemiliknya.</p>
<p>Sambungkan jaringan, lalu <a href="${PAGE}">buka lagi halaman ini</a>, atau <a href="/tes">buka halaman tes</a>.</p></main></body></html>`,
    { status: 503, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } },
  )

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      await self.clients.claim()
      if (!PAGE) return
      // The page that installed this worker was loaded before it: its copy and its files are fetched once.
      const page = await fetch(PAGE).catch(() => null)
      if (!page?.ok || page.redirected) return
      const text = await keep(page)
      const files = new Set(text.match(/\/_next\/static\/[^"'\\ ]+?\.(?:js|css)/g) ?? [])
      if (files.size === 0) return
      const cache = await caches.open(STORE)
      await Promise.all([...files].map((f) => cache.add(f).catch(() => undefined)))
    })(),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (!PAGE || request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname.startsWith('/_next/static/')) {
    event.respondWith(
      (async () => {
        const kept = await caches.match(request, { cacheName: STORE })
        if (kept) return kept
        const fresh = await fetch(request)
        if (fresh.ok) await (await caches.open(STORE)).put(request, fresh.clone()).catch(() => undefined)
        return fresh
      })(),
    )
  } else if (request.mode === 'navigate' && url.pathname === PAGE) {
    event.respondWith(
      (async () => {
        try {
          const fresh = await fetch(request)
          // A redirect to the login empties the store.
          if (fresh.redirected || fresh.type === 'opaqueredirect') await caches.delete(STORE)
          else if (fresh.ok) event.waitUntil(keep(fresh.clone()).catch(() => undefined))
          return fresh
        } catch {
          const kept = await caches.match(PAGE, { cacheName: STORE })
          const owner = kept?.headers.get(OWNER)
          if (kept && owner && owner === (await holder())) return kept
          await caches.delete(STORE)
          return closed()
        }
      })(),
    )
  }
})
