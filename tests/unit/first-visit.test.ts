import { describe, expect, it } from 'vitest'
import { addressesOf } from '@/scripts/first-visit'

describe('the first visit of every page', () => {
  it('goes to each page and door of the build by its address, and to nothing of the framework', () => {
    expect(
      addressesOf({
        '/page': 'app/page.js',
        '/(public)/masuk/page': 'app/(public)/masuk/page.js',
        '/bgtk/sesi/[id]/page': 'app/bgtk/sesi/[id]/page.js',
        '/api/exports/[document]/route': 'app/api/exports/[document]/route.js',
        '/api/auth/[...nextauth]/route': 'app/api/auth/[...nextauth]/route.js',
        '/_not-found/page': 'app/_not-found/page.js',
        '/favicon.ico/route': 'app/favicon.ico/route.js',
      }),
    ).toEqual([
      '/',
      '/api/auth/00000000-0000-7000-8000-000000000000',
      '/api/exports/00000000-0000-7000-8000-000000000000',
      '/bgtk/sesi/00000000-0000-7000-8000-000000000000',
      '/favicon.ico',
      '/masuk',
    ])
  })
})
