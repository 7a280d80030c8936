/// <reference lib="webworker" />
/**
 * Keeps the participant's page on the phone. Three rules: the page and its files come from this version's own store, so
 * that old and new never mix; sealed packets are immutable and asked for once; everything else of /api goes to the network
 * and is never answered from a store, so that "saved" can only be the server's word.
 */
export {}
declare const self: ServiceWorkerGlobalScope
declare const PAGE_VERSION: string
declare const PAGE_FILES: string[]

const PAGE = `petaguru-page-${PAGE_VERSION}`
const PACKETS = 'petaguru-packets'
const FONT = '/math.woff2'

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(PAGE).then((cache) => cache.addAll(PAGE_FILES.map((f) => new Request(f, { cache: 'reload' })))))
})

// No skipWaiting: a running test keeps the version that it began with; the new one takes over when the page is next opened.
self.addEventListener('activate', (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name.startsWith('petaguru-page-') && name !== PAGE) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(old())
})

async function fromStore(request: Request, store: string): Promise<Response> {
  const cache = await caches.open(store)
  const kept = await cache.match(request, { ignoreSearch: true })
  if (kept) return kept
  const fresh = await fetch(request)
  if (fresh.ok) await cache.put(request, fresh.clone()).catch(() => undefined)
  return fresh
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (pathname.startsWith('/api/delivery/packet/')) event.respondWith(fromStore(request, PACKETS))
  else if (pathname === FONT) event.respondWith(fromStore(request, PAGE))
  else if (request.mode === 'navigate' && pathname === '/tes') event.respondWith(fromStore(new Request('/tes'), PAGE))
  else if (PAGE_FILES.includes(pathname)) event.respondWith(fromStore(request, PAGE))
})
