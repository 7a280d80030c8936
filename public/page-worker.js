// Keeps one page of a teacher readable without a network; which one stands in the worker's own address (?page=/guru/hasil).
// The network first, the kept copy when it is away. Files of the build carry their hash in the name and are kept as they are.
// Nothing under /api is ever answered from here.
const PAGES = ['/tutor', '/guru/hasil', '/guru/pengembangan']
const PAGE = PAGES.find((p) => p === new URL(self.location.href).searchParams.get('page'))
// Leaving the account deletes every store that begins so.
const STORE = `petaguru-halaman-${PAGE}`

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      await self.clients.claim()
      if (!PAGE) return
      // The page that installed this worker was loaded before it: its copy and its files are fetched once.
      const cache = await caches.open(STORE)
      const page = await fetch(PAGE).catch(() => null)
      if (!page?.ok || page.redirected) return
      await cache.put(PAGE, page.clone())
      const files = new Set((await page.text()).match(/\/_next\/static\/[^"'\\ ]+?\.(?:js|css)/g) ?? [])
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
        const cache = await caches.open(STORE)
        const kept = await cache.match(request)
        if (kept) return kept
        const fresh = await fetch(request)
        if (fresh.ok) await cache.put(request, fresh.clone()).catch(() => undefined)
        return fresh
      })(),
    )
  } else if (request.mode === 'navigate' && url.pathname === PAGE) {
    event.respondWith(
      (async () => {
        const cache = await caches.open(STORE)
        try {
          const fresh = await fetch(request)
          // A redirect to the login empties the store.
          if (fresh.redirected) await caches.delete(STORE)
          else if (fresh.ok) await cache.put(PAGE, fresh.clone()).catch(() => undefined)
          return fresh
        } catch {
          return (await cache.match(PAGE)) ?? Response.error()
        }
      })(),
    )
  }
})
