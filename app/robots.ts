import type { MetadataRoute } from 'next'

/** What search engines may read, as prefixes; `$` ends an address. Everything else asks for a login, or is of one person. */
const OPEN = ['/$', '/masuk$', '/privasi$', '/publik$', '/publik?', '/publik/data/', '/verifikasi$', '/_next/static/', '/icon.svg']

/** Whether `/publik` is found at all is said by the page itself, as long as it is open. */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: OPEN, disallow: '/' } }
}
