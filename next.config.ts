import type { NextConfig } from 'next'

const security = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(self), microphone=(), geolocation=()' },
  {
    key: 'Content-Security-Policy',
    // Next's own bootstrap is inline; nothing from any other origin is ever loaded.
    value:
      "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
  },
]

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: '62mb' } },
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
  headers: async () => [{ source: '/:path*', headers: security }],
}

export default config
