/**
 * How a packet is sealed and opened: AES-256-GCM by WebCrypto, the same file on the server and on the phone.
 * A content key a form; it is wrapped by the installation's key (given at the opened window) and by a key that the
 * spoken release code opens: PBKDF2-HMAC-SHA-256, 600,000 rounds, a salt a sitting. Keys travel as base64url.
 */
const ROUNDS = 600_000
const IV_BYTES = 12
const encoder = new TextEncoder()

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const b of bytes) text += String.fromCharCode(b)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
}

const aesKey = (raw: Uint8Array<ArrayBuffer>) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

/** iv ‖ ciphertext ‖ tag */
export async function seal(key: Uint8Array<ArrayBuffer>, plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const body = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await aesKey(key), plain))
  const out = new Uint8Array(IV_BYTES + body.length)
  out.set(iv)
  out.set(body, IV_BYTES)
  return out
}

/** The plain bytes, or null when the key does not fit or a bit was changed. */
export async function open(key: Uint8Array<ArrayBuffer>, sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
  const iv = sealed.slice(0, IV_BYTES)
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await aesKey(key), sealed.slice(IV_BYTES)))
  } catch {
    return null
  }
}

/** Upper case, look-alikes mapped (O→0, I and L→1), everything but the code dropped: a code is heard, not copied. */
export const normaliseReleaseCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')

/** The 256-bit key of a release code. About half a second on a cheap phone; that is its purpose. */
export async function releaseKey(code: string, salt: string): Promise<Uint8Array<ArrayBuffer>> {
  const base = await crypto.subtle.importKey('raw', encoder.encode(normaliseReleaseCode(code)), 'PBKDF2', false, ['deriveBits'])
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64(salt), iterations: ROUNDS }, base, 256),
  )
}

/**
 * Says that this phone has heard the release code of this sitting, for one seat, part and device: what a test begun without
 * the server is later believed by. HMAC-SHA-256 under the code's key; base64url.
 */
export async function claimProof(key: Uint8Array<ArrayBuffer>, seatId: string, part: string, device: string): Promise<string> {
  const mac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', mac, encoder.encode(`claim|${seatId}|${part}|${device}`))))
}

/** Hexadecimal SHA-256. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((b) => b.toString(16).padStart(2, '0')).join('')
}

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())
}
export const deflate = (bytes: Uint8Array<ArrayBuffer>) => through(bytes, new CompressionStream('deflate'))
export const inflate = (bytes: Uint8Array<ArrayBuffer>) => through(bytes, new DecompressionStream('deflate'))

/** A sealed packet's content as data; null when the key does not fit. */
export async function openPacket(contentKey: string, sealed: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const plain = await open(fromBase64(contentKey), sealed)
  return plain && (JSON.parse(new TextDecoder().decode(await inflate(plain))) as unknown)
}

/** The content key that a code's key opens; null when the code is not the one of this sitting. */
export async function openWithKey(codeKey: Uint8Array<ArrayBuffer>, sealedKey: string): Promise<string | null> {
  const plain = await open(codeKey, fromBase64(sealedKey))
  return plain && toBase64(plain)
}

/** The content key that a release code opens; null when the code is not the one of this sitting. */
export const openWithCode = async (code: string, salt: string, sealedKey: string): Promise<string | null> =>
  openWithKey(await releaseKey(code, salt), sealedKey)
