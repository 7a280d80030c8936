import { createHash, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type KeyLike } from 'jose'

/** An issuer of OpenID Connect as Google is one, for tests: it vouches for whoever a test says, also wrongly where a test asks for it. */

export type Claims = Record<string, unknown>
export type Forgery = 'none' | 'unsigned' | 'public key as secret' | 'key of another'

export const CLIENT = { id: 'petaguru-uji', secret: 'rahasia-klien-uji' }

export async function openIssuer() {
  const pair = await generateKeyPair('RS256')
  const other = await generateKeyPair('RS256')
  const spki = await exportSPKI(pair.publicKey)
  const codes = new Map<string, { challenge: string; claims: Claims; forgery: Forgery }>()
  let url = ''

  async function idToken(claims: Claims, forgery: Forgery): Promise<string> {
    if (forgery === 'unsigned') return new UnsecuredJWT(claims as never).encode()
    if (forgery === 'public key as secret') return new SignJWT(claims as never).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(spki))
    const key: KeyLike = forgery === 'key of another' ? other.privateKey : pair.privateKey
    return new SignJWT(claims as never).setProtectedHeader({ alg: 'RS256', kid: 'satu' }).sign(key)
  }

  const server: Server = createServer((request, response) => {
    const say = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    let body = ''
    request.on('data', (d: Buffer) => (body += d))
    request.on('end', () => {
      void (async () => {
        if (request.url === '/.well-known/openid-configuration')
          return say({
            issuer: url,
            authorization_endpoint: `${url}/auth`,
            token_endpoint: `${url}/token`,
            jwks_uri: `${url}/keys`,
            response_types_supported: ['code'],
            subject_types_supported: ['public'],
            id_token_signing_alg_values_supported: ['RS256'],
          })
        if (request.url === '/keys') return say({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'satu', alg: 'RS256', use: 'sig' }] })
        const asked = new URLSearchParams(body)
        const granted = codes.get(asked.get('code') ?? '')
        codes.delete(asked.get('code') ?? '')
        const client = Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')
        const proof = createHash('sha256')
          .update(asked.get('code_verifier') ?? '')
          .digest('base64url')
        if (!granted || request.headers.authorization !== `Basic ${client}` || proof !== granted.challenge)
          return say({ error: 'invalid_grant' }, 400)
        say({ access_token: randomUUID(), token_type: 'Bearer', id_token: await idToken(granted.claims, granted.forgery) })
      })()
    })
  }).listen(0, '127.0.0.1')
  await new Promise((r) => server.once('listening', r))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url,
    close: () => server.close(),
    /** What the browser brings back after the person said yes at the issuer: code and state. */
    consent(authorization: string, claims: Claims, forgery: Forgery = 'none'): { code: string; state: string } {
      const q = new URL(authorization).searchParams
      const now = Math.floor(Date.now() / 1000)
      const code = randomUUID()
      const whole = { iss: url, aud: CLIENT.id, iat: now, exp: now + 600, nonce: q.get('nonce'), ...claims }
      codes.set(code, { challenge: q.get('code_challenge') ?? '', claims: whole, forgery })
      return { code, state: q.get('state') ?? '' }
    },
  }
}
