/** A generator of chance that can say where it stands: `seeded(chance.state())` goes on from there. The state is a signed 32-bit number. */
export type Chance = (() => number) & { state: () => number }

/** A seeded generator (mulberry32): the same seed gives the same numbers on every machine. Values in [0, 1). */
export function seeded(seed: number): Chance {
  let a = seed >>> 0
  const draw = () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = a
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return Object.assign(draw, { state: () => a | 0 })
}

/** A standard normal draw (Box–Muller). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** A shuffled copy (Fisher–Yates). */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[out[i], out[j]] = [out[j]!, out[i]!]
  }
  return out
}

/** Crockford's base32: no I, L, O, U, so that a code read aloud or from paper cannot be misread. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The first `length` digits of `bytes` in Crockford's base32, five bits a digit. */
export function crockford(bytes: Uint8Array, length: number): string {
  let code = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5 && code.length < length) {
      code += CROCKFORD[(held >> (bits - 5)) & 31]
      bits -= 5
    }
    held &= 0xff
  }
  return code
}
