/** Words and shapes of sessions: a login is a row, and the row decides how long the login holds. */

/** What a login leaves in the session: who, and the version that a reset or a role change raises. */
export type SessionClaim = {
  kind: 'user' | 'seat'
  id: string
  version: number
  name: string
  /** Of a card: the teacher it belongs to. */
  teacherId?: string | null
  /** Of a card: the moment after which it can no longer be used. */
  until?: Date | null
}

/** What a login still waits for: a second factor that the account has, or the setting up of one that it must have. */
export type Pending = 'factor' | 'enrol'
export type Factor = 'passkey' | 'totp' | 'recovery'

export const endReasons = [
  'logout',
  'everywhere',
  'elsewhere',
  'office',
  'replaced',
  'idle',
  'expired',
  'password',
  'factor',
  'rights',
  'account',
  'card',
] as const
export type EndReason = (typeof endReasons)[number]

/** Where a request came from; `device` is what the browser shows of an earlier login. */
export type Visit = { address: string; userAgent: string | null; device?: string | null }

const browsers: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad|iPod)\b/, 'iPhone atau iPad'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'Chromebook'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
]

/** A browser's own description in words a person knows the device by: "Chrome di Android". */
export function deviceWords(userAgent: string | null): string {
  const first = (list: [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent ?? ''))?.[1]
  const [browser, system] = [first(browsers), first(systems)]
  if (!browser && !system) return 'Perangkat yang tidak dikenali'
  return browser && system ? `${browser} di ${system}` : (browser ?? system)!
}
