import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { supervise } from '@/lib/platform/supervise'
import { remembered, together } from '@/lib/platform/together'

const run = (program: string) => () => spawn(process.execPath, ['-e', program], { stdio: 'ignore' })
const forever = 'setInterval(() => {}, 1000)'

describe('the supervisor', () => {
  it('starts again what was killed', async () => {
    const pids: number[] = []
    const gaveUp = vi.fn()
    const launch = () => {
      const child = run(forever)()
      pids.push(child.pid!)
      return child
    }
    const kept = supervise('Uji', launch, { gaveUp }, { firstPause: 20, steady: 100 })
    await vi.waitFor(() => expect(pids).toHaveLength(1))
    await new Promise((r) => setTimeout(r, 200))
    process.kill(pids[0]!, 'SIGKILL')
    await vi.waitFor(() => expect(pids).toHaveLength(2))
    await kept.stop()
    expect(gaveUp).not.toHaveBeenCalled()
    expect(() => process.kill(pids[1]!, 0)).toThrow()
    await new Promise((r) => setTimeout(r, 100))
    expect(pids).toHaveLength(2)
  })
  it('pauses longer each time, up to a bound, and gives up with one sentence after five short lives', async () => {
    const pauses: number[] = []
    const sentence = await new Promise<string>((gaveUp) => {
      supervise(
        'Server uji',
        run('process.exit(3)'),
        { restarted: (p) => pauses.push(p), gaveUp },
        { firstPause: 10, longestPause: 60, steady: 5_000 },
      )
    })
    expect(pauses).toEqual([20, 40, 60, 60])
    expect(sentence).toMatch(/^Server uji berhenti 5 kali .*Data dan jawaban yang tersimpan tetap aman\.$/)
  })
  it('insists when a process does not say farewell', async () => {
    const program = `process.on('SIGTERM', () => {}); ${forever}; process.stdout.write('deaf')`
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] })
    const kept = supervise('Uji', () => child, { gaveUp: () => undefined }, { farewell: 300 })
    await once(child.stdout, 'data')
    await kept.stop()
    expect(child.signalCode).toBe('SIGKILL')
  })
  it('gives up a program that does not exist', async () => {
    const sentence = await new Promise<string>((gaveUp) => {
      supervise('Program', () => spawn('/does/not/exist'), { gaveUp }, { firstPause: 1, longestPause: 2 })
    })
    expect(sentence).toMatch(/^Program berhenti/)
  })
})

describe('together', () => {
  it('answers many callers with few calls, each with its own value', async () => {
    const work = vi.fn(async (keys: number[]) => keys.map((k) => k * 2))
    const double = together(work)
    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6])
    expect(work).toHaveBeenCalledTimes(1)
    expect(await double(4)).toBe(8)
  })
  it('tells every caller of a failed group, and serves the next', async () => {
    let broken = true
    const read = together(async (keys: number[]) => {
      if (broken) throw new Error('away')
      return keys
    })
    expect((await Promise.allSettled([1, 2].map(read))).map((r) => r.status)).toEqual(['rejected', 'rejected'])
    broken = false
    expect(await read(3)).toBe(3)
  })
})

describe('remembered', () => {
  it('reads once for a while, but does not remember a failure', async () => {
    const read = vi.fn(async (k: string) => k)
    const get = remembered(read, 10_000)
    read.mockRejectedValueOnce(new Error('away'))
    await expect(get('a')).rejects.toThrow('away')
    await new Promise((r) => setTimeout(r, 1))
    expect(await get('a')).toBe('a')
    expect(await get('a')).toBe('a')
    expect(read).toHaveBeenCalledTimes(2)
  })
})
