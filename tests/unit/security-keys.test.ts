import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** docs/security-keys.md lists every key and every use of cryptography; what the code does and the page does not say is a fault of one of them. */
const page = readFileSync('docs/security-keys.md', 'utf8')
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
    e.name === 'generated'
      ? []
      : e.isDirectory()
        ? filesIn(join(folder, e.name))
        : /\.(ts|tsx|mjs|js)$/.test(e.name)
          ? [join(folder, e.name)]
          : [],
  )
const code = new Map(
  ['app', 'components', 'lib', 'scripts', 'prisma/seed', 'public']
    .flatMap(filesIn)
    .map((f) => [f.replaceAll('\\', '/'), readFileSync(f, 'utf8')]),
)

const uses: Record<string, RegExp> = {
  'HMAC-SHA-256': /createHmac\('sha256'|name: 'HMAC', hash: 'SHA-256'/,
  'AES-256-GCM': /'aes-256-gcm'|'AES-GCM'/,
  'SHA-256': /createHash\('sha256'\)|digest\('SHA-256'/,
  PBKDF2: /'PBKDF2'/,
  argon2id: /from '@node-rs\/argon2'/,
  'random bytes': /\brandomBytes\(|getRandomValues\(/,
  'random UUID': /randomUUID\(/,
  A256GCM: /from 'next-auth\/jwt'/,
  WebAuthn: /from '@simplewebauthn\/server'/,
  TOTP: /from 'otpauth'/,
  'Math.random': /\bMath\.random\b/,
}
/** Whatever speaks of cryptography at all, so that a new way to use it is seen. */
const anyUse =
  /createHmac|createHash|create(?:De|C)ipher|createSign|createVerify|generateKey|diffieHellman|createECDH|hkdf|scrypt|pbkdf2|subtle\.|randomBytes|getRandomValues|randomUUID|randomInt|randomFill|argon2|bcrypt|Math\.random|from '(?:jose|jsonwebtoken|otpauth|next-auth\/jwt|tweetnacl|libsodium[^']*|@simplewebauthn\/server)'/i
const usesOf = (text: string): string[] =>
  Object.keys(uses)
    .filter((name) => uses[name]!.test(text))
    .toSorted()
const listed = new Map(
  [...page.matchAll(/^\| ((?:app|components|lib|scripts|prisma|public)\/\S+) \| ([^|]+) \|/gm)].map((m) => [
    m[1]!,
    m[2]!.split(', ').toSorted(),
  ]),
)

describe('the page about keys', () => {
  it('names every file that uses cryptography or chance, with what it uses, and no other', () => {
    const found = new Map([...code].filter(([, text]) => usesOf(text).length).map(([file, text]) => [file, usesOf(text)]))
    expect(Object.fromEntries([...listed].toSorted())).toEqual(Object.fromEntries([...found].toSorted()))
    const unknown = [...code]
      .filter(([file, text]) => anyUse.test(text.replace(/^\s*(?:\*|\/\/|\/\*\*).*$/gm, '')) && !listed.has(file))
      .map(([file]) => file)
    expect(unknown).toEqual([])
  })
  it('names every derived key, with the secret that it comes from, and no other', () => {
    const [, sealed, passing] = /type Sealed =\s+([\s\S]*?)\/\*\*[\s\S]*type Passing =\s+([^\n]+)/.exec(
      code.get('lib/platform/config.ts')!,
    )!
    const words = (list: string) => [...list.matchAll(/'(\w+)'/g)].map((m) => m[1]!)
    const rows = [...page.matchAll(/^\| `(\w+)` \| (seal|login) \|/gm)].map((m) => [m[1], m[2]])
    expect(rows.toSorted()).toEqual([...words(sealed!).map((w) => [w, 'seal']), ...words(passing!).map((w) => [w, 'login'])].toSorted())
    const used = [...code].flatMap(([, text]) => [...text.matchAll(/(?:derivedKey|passingKeys)\('(\w+)'/g)].map((m) => m[1]!))
    const signed = [...code.get('lib/delivery/token.ts')!.matchAll(/(?:sign|opened)\('(\w+)'/g)].map((m) => m[1]!)
    expect([...new Set([...used, ...signed])].toSorted()).toEqual(rows.map((r) => r[0]).toSorted())
  })
  it('says the strengths that the code has', () => {
    const has = (file: string, pattern: RegExp) => expect(code.get(file), `${file} ${pattern}`).toMatch(pattern)
    has('lib/platform/secrets.ts', /randomBytes\(32\)/)
    has('lib/platform/embedded-postgres.ts', /randomBytes\(18\)/)
    has('lib/access/session-cookie.ts', /randomBytes\(32\)/)
    has('lib/access/totp.ts', /randomBytes\(20\)/)
    has('lib/access/device.ts', /TAG_BYTES = 16[\s\S]*randomBytes\(16\)/)
    has('lib/delivery/seal.ts', /ROUNDS = 600_000/)
    has('lib/delivery/locked.client.ts', /iterations: 100_000/)
    has('lib/access/password-hash.ts', /memoryCost: 19_?456|19 \* 1024/)
    has('lib/tutoring/certificate-code.ts', /CODE_LENGTH = 26/)
    has('lib/tutoring/meeting-ticket.ts', /DAYS = 14/)
    has('lib/access/identity-service.ts', /INVITATION_MS = 7 \* 86_400_000/)
    has('lib/access/passkey-service.ts', /ANSWER_MS = 5 \* 60_000/)
    has('lib/platform/secrets.ts', /OVERLAP_MS = 30 \* 86_400_000/)
  })
})

describe('the code', () => {
  it('knows no weak hash, cipher or mode, in SQL neither', () => {
    const weak =
      /\bmd5\b|\bsha-?1\b|\brc4\b|\b3?des(?:-ede3?)?-|aes-\d+-(?:cbc|ecb|ctr|cfb|ofb)|AES-(?:CBC|CTR)|createCipher\(|RSAES-PKCS1|RSA_PKCS1_PADDING/i
    const found = [...code].flatMap(([file, text]) => (weak.test(text) ? [file] : []))
    expect(found).toEqual([])
  })
})
