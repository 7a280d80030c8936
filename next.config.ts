import type { NextConfig } from 'next'

/** Headers of every answer are set before Next.js (scripts/pages.ts), because the script policy carries a nonce of its own each time. */
const config: NextConfig = {
  poweredByHeader: false,
  // The proof checks the types (`npm test`, `npm run typecheck`); checked again here, every first start and every proof would wait for it.
  typescript: { ignoreBuildErrors: true },
  reactStrictMode: true,
  // No picture is made smaller on request: those of items are when they come in.
  images: { unoptimized: true },
  experimental: {
    authInterrupts: true,
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
  outputFileTracingRoot: process.cwd(),
}

export default config
