import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { settle } from '@/lib/platform/config'

const LOCAL = '127.0.0.1'
const open: Server[] = []
const listening = (port = 0): Promise<number> =>
  new Promise((done) => {
    const server = createServer((_request, response) => response.end('somebody else'))
    open.push(server)
    server.listen(port, LOCAL, () => done((server.address() as AddressInfo).port))
  })
const close = (server: Server) => new Promise((done) => server.close(done))

/** What a fresh process does that loads the file: settings first, then the import that begins to answer. */
async function fresh(settings: Parameters<typeof settle>[0]) {
  settle({ NEXTAUTH_URL: undefined, ...settings })
  vi.resetModules()
  Reflect.deleteProperty(globalThis, 'petaguruWaiting')
  return (await import('@/scripts/waiting')).waiting()
}
async function freePort(): Promise<number> {
  const port = await listening()
  await close(open.pop()!)
  return port
}
afterEach(async () => {
  await Promise.all(open.splice(0).map(close))
  settle({ PORT: undefined, HOST: undefined })
})

describe('a start', () => {
  it('answers its port with "memuat" before anything else is ready, and gives it free for the program that serves', async () => {
    const port = await freePort()
    const { taken, stop } = await fresh({ PORT: String(port), HOST: LOCAL })
    expect(taken).toBe(false)
    for (const path of ['/', '/masuk', '/api/health/ready']) {
      const answer = await fetch(`http://${LOCAL}:${port}${path}`)
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3'])
      expect(await answer.text()).toContain('Petaguru sedang memuat')
    }
    await stop()
    expect(await listening(port)).toBe(port)
  })

  it('tells of a port that another program has, and does not answer for it', async () => {
    const port = await listening()
    const { taken } = await fresh({ PORT: String(port), HOST: LOCAL })
    expect(taken).toBe(true)
    expect(await (await fetch(`http://${LOCAL}:${port}/`)).text()).toBe('somebody else')
  })

  it('opens no address to the network before everything that could refuse it has been asked', async () => {
    const port = await freePort()
    const { taken } = await fresh({ PORT: String(port), HOST: LOCAL, NEXTAUTH_URL: 'https://peta.contoh.go.id' })
    expect(taken).toBe(false)
    await expect(fetch(`http://${LOCAL}:${port}/`)).rejects.toThrow()
  })
})
