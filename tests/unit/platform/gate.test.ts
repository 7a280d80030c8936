import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guard } from '@/lib/platform/gate'

/** A program between, as nginx is one, writes what it was told to hand on and only then looks for an answer. */
async function sendsFirstReadsThen(port: number, bytes: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const lost = new Promise<never>((_, fail) => socket.once('error', fail))
  const told = async () => {
    socket.pause()
    socket.write(`POST /api/unggah/guru HTTP/1.1\r\nHost: a\r\nContent-Length: ${bytes}\r\n\r\n`)
    for (let left = bytes; left > 0; left -= 65_536) {
      if (!socket.write(Buffer.alloc(Math.min(left, 65_536)))) await once(socket, 'drain')
    }
    let text = ''
    socket.on('data', (d: Buffer) => (text += d.toString()))
    socket.resume()
    await once(socket, 'end')
    return text
  }
  try {
    return await Promise.race([told(), lost])
  } finally {
    socket.destroy()
  }
}

describe('the gate before everything that reads a body', () => {
  let server: Server
  let port: number
  beforeAll(async () => {
    const upload = { bytes: 61_000_000, ms: 60_000, holder: async () => null }
    server = createServer(
      guard((_, response) => void response.end('in'), { small: () => 1_000, bodyMs: 5_000, uploads: 4, upload: () => upload }),
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => server.close())

  it('refuses in words that reach whoever sends the whole file before looking for an answer', async () => {
    for (let i = 0; i < 20; i++) {
      const told = await sendsFirstReadsThen(port, 30_000_000)
      expect(told).toMatch(/^HTTP\/1\.1 403 /)
      expect(told).toMatch(/akun yang berwenang/)
    }
  })
})
