import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

type Question = { challenge: string; rp?: { id?: string }; rpId?: string; user?: { id: string } }
const ORIGIN = 'http://localhost:3000'
const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** An authenticator in software: makes one passkey and answers with it, honestly or as it is told. */
export function anAuthenticator() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  const jwk = publicKey.export({ format: 'jwk' })
  const cose = isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(jwk.x!, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(jwk.y!, 'base64url'))],
    ]),
  )
  let counter = 0
  let handle = ''
  const client = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const data = (rpId: string, flags: number, more: Uint8Array[] = []) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count, ...more])
  }
  return {
    id: url(id),
    setCounter: (n: number) => (counter = n),
    make(question: Question, { origin = ORIGIN, verified = true }: { origin?: string; verified?: boolean } = {}) {
      handle = question.user!.id
      const length = Buffer.from([0, id.length])
      const auth = data(question.rp!.id!, verified ? 0x45 : 0x41, [Buffer.alloc(16), length, id, cose])
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', new Uint8Array(auth)],
        ]) as never,
      )
      return {
        id: url(id),
        rawId: url(id),
        type: 'public-key' as const,
        clientExtensionResults: {},
        response: {
          clientDataJSON: url(client('webauthn.create', question.challenge, origin)),
          attestationObject: url(attestation),
          transports: ['internal'],
        },
      }
    },
    answer(
      question: Question,
      { origin = ORIGIN, verified = true, as = handle }: { origin?: string; verified?: boolean; as?: string } = {},
    ) {
      counter++
      const auth = data(question.rpId!, verified ? 0x05 : 0x01)
      const said = client('webauthn.get', question.challenge, origin)
      const signature = createSign('sha256')
        .update(Buffer.concat([auth, createHash('sha256').update(said).digest()]))
        .sign(privateKey)
      return {
        id: url(id),
        rawId: url(id),
        type: 'public-key' as const,
        clientExtensionResults: {},
        response: { clientDataJSON: url(said), authenticatorData: url(auth), signature: url(signature), userHandle: as },
      }
    },
  }
}
