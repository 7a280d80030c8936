import type { NextConfig } from 'next'

/** Headers of every answer are set before Next.js (scripts/pages.ts), because the script policy carries a nonce of its own each time. */
const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types of everything; a start does not pay for it once more.
  typescript: { ignoreBuildErrors: true },
  // No picture is made smaller on request: those of items are when they come in.
  images: { unoptimized: true },
  experimental: {
    authInterrupts: true,
    // A start builds once: a cache of 190 MB for the next build costs it more than it gives back.
    turbopackFileSystemCacheForBuild: false,
    // Files have doors of their own (scripts/uploads.ts); a form is small.
    serverActions: { bodySizeLimit: '256kb' },
  },
  serverExternalPackages: [
    'exceljs',
    'sharp',
    'sanitize-html',
    'temml',
    'pg',
    '@node-rs/argon2',
    'rate-limiter-flexible',
    'subset-font',
    'mathjax-full',
  ],
  // One address a thing: what stood once for each office leads to where it stands now.
  redirects: async () =>
    [
      ['peta', '/peta'],
      ['pertumbuhan', '/perubahan'],
      ['sekolah', '/sekolah'],
      ['laporan', '/laporan'],
    ]
      .map(([was, now]) => ({ source: `/:office(bgtk|dinas)/${was}/:rest*`, destination: `${now}/:rest*`, permanent: true }))
      .concat([
        { source: '/dinas/dukungan', destination: '/dukungan', permanent: true },
        { source: '/bgtk', destination: '/beranda', permanent: true },
      ]),
  outputFileTracingRoot: process.cwd(),
}

export default config
