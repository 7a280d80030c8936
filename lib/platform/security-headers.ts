import { config } from './config'

/** What every answer of the house says to browsers, whoever writes it. */
export const contentPolicy = {
  /** Data: nothing in it may run, load or be framed. */
  data: "default-src 'none'; frame-ancestors 'none'",
  /** The participant's page: its own files, no inline script at all. */
  player:
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  /** A page of Next.js: scripts that carry this answer's nonce and what they load; in development its tools need more. */
  page: (nonce: string, dev = false) =>
    `default-src 'self'; script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'${dev ? ' ws:' : ''}; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
}

const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}
/** One year, with subdomains; only where the public address says that TLS stands in front. */
const transport = (): Record<string, string> =>
  config().NEXTAUTH_URL?.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}

/** The headers of every answer; HSTS among them behind TLS. Names in lower case. */
export const securityHeaders = (): Record<string, string> => ({ ...always, ...transport() })

/** The headers of an answer that is data: short, because phones pay for every byte of every acknowledgement. */
export const dataHeaders = (): Record<string, string> => ({
  'x-content-type-options': 'nosniff',
  'content-security-policy': contentPolicy.data,
  ...transport(),
})

let lines: string | undefined
/** The same as head lines that end in CRLF, for whoever writes bytes to a socket. Read once a process. */
export const dataHeaderLines = (): string =>
  (lines ??= Object.entries(dataHeaders())
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join(''))
