import fc from 'fast-check'
import jsQR from 'jsqr'
import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import { deliver, seatOf } from '@/lib/console/handover.client'
import { FrameCollector, frameId, handoverFrames, type HandoverPayload } from '@/lib/delivery/handover'

const payloadOf = (n: number, salt = 1): HandoverPayload => ({
  v: 1,
  start: {
    ticket: `0199a000-0000-7000-8000-00000000000${salt}.1.mac`,
    part: '1',
    device: 'phone-a-0001',
    takeOver: false,
    begunAt: 1_776_474_000_000,
  },
  token: 'attempt.device.mac',
  entries: Array.from({ length: n }, (_, i) => ({
    seq: i + 1,
    kind: 'answer',
    item: `0199a000-0000-7000-8000-${String((i * 7919 * salt) % 40).padStart(12, '0')}`,
    value: 'ABCDE'[(i * 31) % 5],
    at: 1_776_474_000_000 + ((i * 48_271) % 9_973) * i,
  })),
})

describe('a journal handed over', () => {
  it('comes back whole from its frames in any order, with repeats and foreign codes between them', async () => {
    const other = await handoverFrames(payloadOf(80, 2))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 400 }), fc.infiniteStream(fc.nat()), async (n, chance) => {
        const payload = payloadOf(n)
        const frames = await handoverFrames(payload)
        expect(frames.every((f) => encode(f, { ecc: 'L', border: 0 }).size <= 57)).toBe(true)
        const draw = () => chance.next().value as number
        const noise = ['https://contoh.id', 'PG1:x', '', ...other]
        const shown = [...frames, ...frames.filter(() => draw() % 2 === 0)].map((text) => ({ text, key: draw() }))
        shown.sort((a, b) => a.key - b.key)
        const collector = new FrameCollector()
        let last = { have: 0, of: 0 }
        for (const [i, { text }] of shown.entries()) {
          last = collector.add(text)
          if (i > 0 || frames.length === 1) collector.add(noise[draw() % noise.length]!)
        }
        expect(last).toEqual({ have: frames.length, of: frames.length })
        expect(collector.complete()).toBe(true)
        expect(collector.frames()).toEqual(frames)
        expect(await collector.payload()).toEqual(payload)
      }),
      { numRuns: 40 },
    )
  })
  it('says how much is there, and refuses to be read before all of it is', async () => {
    const frames = await handoverFrames(payloadOf(400))
    expect(frames.length).toBeGreaterThan(2)
    const collector = new FrameCollector()
    expect(collector.add('bukan kode')).toEqual({ have: 0, of: 0 })
    expect(collector.add(frames[1]!)).toEqual({ have: 1, of: frames.length })
    expect(collector.complete()).toBe(false)
    await expect(collector.payload()).rejects.toThrow()
  })
  it('refuses damage rather than hand in something else', async () => {
    const [frame] = await handoverFrames(payloadOf(3))
    const collector = new FrameCollector()
    collector.add(frame!.slice(0, -12) + 'AAAAAAAAAAAA')
    await expect(collector.payload()).rejects.toThrow()
  })
  it('is read from a drawn QR code', async () => {
    for (const frame of (await handoverFrames(payloadOf(300))).slice(0, 2)) {
      const { data, size } = encode(frame, { ecc: 'M', border: 4 })
      const scale = 4
      const side = size * scale
      const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
      for (let y = 0; y < side; y++)
        for (let x = 0; x < side; x++)
          if (data[Math.floor(y / scale)]![Math.floor(x / scale)]) pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
      expect(jsQR(pixels, side, side)?.data).toBe(frame)
      expect(frameId(frame)).toMatch(/^[\w-]{4}$/)
    }
  })
  it('waits when the network is away, and keeps the words of a refusal', async () => {
    const payload = payloadOf(2)
    expect(seatOf(payload)).toBe('0199a000-0000-7000-8000-000000000001')
    expect(await deliver(payload, () => Promise.reject(new Error('away')))).toMatchObject({ ok: false, retry: true })
    const busy = () => Promise.resolve({ status: 503, body: { code: 'busy', message: 'Server sibuk.' } })
    expect(await deliver(payload, busy)).toMatchObject({ ok: false, retry: true })
    const over = () => Promise.resolve({ status: 409, body: { code: 'over', message: 'Waktu sesi ini sudah berakhir.' } })
    expect(await deliver({ ...payload, token: undefined }, over)).toEqual({
      ok: false,
      retry: false,
      message: 'Waktu sesi ini sudah berakhir.',
    })
  })
})
