import { describe, expect, it } from 'vitest'
import { acceptMedia } from '@/lib/items/formats/media'
import { cleanSound } from '@/lib/items/formats/sound'

const EVIL = '<script>alert(1)</script>PK\u0003\u0004'
const bytes = (...parts: (string | number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p, 'latin1') : Buffer.from(p)))))
const little = (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24]
const big = (n: number) => little(n).reverse()
const says = (b: Uint8Array | null) => Buffer.from(b ?? []).toString('latin1')

const chunk = (name: string, body: string | number[]) => bytes(name, little(body.length), body, body.length % 2 ? [0] : [])
const FORMAT = [1, 0, 1, 0, ...little(8000), ...little(8000), 1, 0, 8, 0]
const riff = (...chunks: Uint8Array[]) => bytes('RIFF', little(4 + chunks.reduce((n, c) => n + c.length, 0)), 'WAVE', ...chunks)
const wav = riff(chunk('LIST', EVIL), chunk('fmt ', FORMAT), chunk('note', EVIL), chunk('data', 'suara-suara'), chunk('LIST', EVIL))

const frame = bytes([0xff, 0xfb, 0x90, 0x00], new Uint8Array(413).fill(7))
const mp3 = bytes('ID3', [4, 0, 0], [0, 0, 0, EVIL.length], EVIL, 'x', frame, frame, frame, 'TAG', EVIL)

function oggPage(body: string, flags: number): Uint8Array<ArrayBuffer> {
  const page = bytes('OggS', [0, flags], new Uint8Array(8), little(1), little(0), little(0), [1, body.length], body)
  let sum = 0
  for (const byte of page) {
    sum = (sum ^ (byte << 24)) >>> 0
    for (let k = 0; k < 8; k++) sum = (sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1) >>> 0
  }
  page.set(little(sum), 22)
  return page
}
const pages = [oggPage('OpusHead-dan-seterusnya', 2), oggPage('suara', 0)] as const
const ogg = bytes(...pages, EVIL)

const box = (name: string, ...body: (string | Uint8Array)[]) => {
  const inside = bytes(...body)
  return bytes(big(inside.length + 8), name, inside)
}
const m4a = bytes(
  box('ftyp', 'M4A \0\0\0\0M4A '),
  box('free', EVIL),
  box('moov', box('mvhd', 'x'), box('trak', box('tkhd', 'x'), box('mdia', 'smhd')), box('udta', EVIL)),
  box('mdat', 'suara'),
)

describe('a sound', () => {
  it.each([
    ['audio/wav', wav, 'suara-suara'],
    ['audio/mpeg', mp3, '\u0007\u0007'],
    ['audio/ogg', ogg, 'suara'],
    ['audio/mp4', m4a, 'suara'],
  ])('%s is put together of what plays and loses everything else', (mime, file, music) => {
    expect(says(file)).toContain(EVIL)
    const kept = acceptMedia(file)
    expect(kept?.mime).toBe(mime)
    expect(says(kept!.bytes)).toContain(music)
    expect(says(kept!.bytes)).not.toMatch(/script|PK\x03/)
    // What was cleaned once stays as it is.
    expect(cleanSound(mime, kept!.bytes)).toEqual(kept!.bytes)
  })
  it('keeps every sample and every frame in its place', () => {
    expect(cleanSound('audio/wav', wav)).toEqual(riff(chunk('fmt ', FORMAT), chunk('data', 'suara-suara')))
    expect(cleanSound('audio/mpeg', mp3)).toEqual(bytes(frame, frame, frame))
    expect(cleanSound('audio/ogg', ogg)).toEqual(bytes(...pages))
    expect(cleanSound('audio/mp4', m4a)).toHaveLength(m4a.length)
  })
  it('that only begins like one is refused', () => {
    for (const [mime, file] of [
      ['audio/mpeg', bytes('ID3', EVIL)],
      ['audio/mpeg', bytes([0xff, 0xe2], EVIL)],
      ['audio/wav', bytes('RIFF', little(99), 'WAVE', EVIL)],
      ['audio/wav', riff(chunk('data', 'x'))],
      ['audio/ogg', bytes('OggS', EVIL.repeat(4))],
      ['audio/ogg', bytes(oggPage('bukan suara', 2), oggPage('x', 0))],
      ['audio/mp4', bytes(big(16), 'ftypM4A ', EVIL)],
      ['audio/mp4', bytes(box('ftyp', 'M4A '), box('moov', box('trak', box('mdia', 'vmhd'))), box('mdat', 'x'))],
    ] as const)
      expect([mime, cleanSound(mime, file)]).toEqual([mime, null])
    expect(acceptMedia(bytes('ID3', EVIL))).toBeNull()
  })
  it('of any bytes at all ends in time and never throws', () => {
    for (let i = 0; i < 60; i++) {
      const noise = Uint8Array.from({ length: 200_000 }, (_, k) => (k * 2654435761 * (i + 1)) >>> 24)
      for (const start of [
        'RIFF\x10\x00\x00\x00WAVEfmt ',
        'ID3\x04\x00\x00\x7f\x7f\x7f\x7f',
        'OggS\0\x02',
        '\0\0\0\x10ftypM4A \0\0\0\0\0\0\0\x08moov',
      ]) {
        const file = noise.slice()
        file.set(bytes(start))
        expect(() => acceptMedia(file)).not.toThrow()
      }
    }
  })
})
