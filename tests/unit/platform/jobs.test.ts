import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseCrontab } from 'graphile-worker'
import { rehearsalBeside } from '@/lib/rehearsal/model'
import { askAgainAt, isStanding, laneWidth, orderedTasks, standingTasks, taskTitle } from '@/lib/platform/job-model'
import { crontab } from '@/lib/platform/lanes'
import { allOrRowByRow, rowByRow } from '@/lib/platform/rows'

describe('background work', () => {
  it('has a place in the lane of the minute for every standing job, and none of an order among them', () => {
    expect(laneWidth.minute).toBe(Object.keys(standingTasks).length)
    expect(Object.keys(orderedTasks).filter(isStanding)).toEqual([])
  })
  it('is asked by the clock for every standing job, once, under its own key and in no queue that a dead worker could hold', () => {
    const items = parseCrontab(crontab)
    expect(items.map((i) => i.task).sort()).toEqual(Object.keys(standingTasks).sort())
    for (const item of items)
      expect([item.options.jobKey, item.options.queueName, item.options.maxAttempts]).toEqual([item.task, undefined, 1])
  })
  it('has a process for the minute beside the one for orders', () => {
    const [serve, clock, worker] = ['serve', 'clock', 'worker'].map((f) => readFileSync(`scripts/${f}.ts`, 'utf8'))
    expect(serve).toMatch(/\['clock'\][\s\S]*\['worker'\]/)
    expect(clock).not.toMatch(/runOrders|perform|rehearse/)
    expect(worker).not.toMatch(/runMinute|closeExpired|scoreWaiting/)
  })
  it('has a name for people, and a place to ask anew where it cannot be done again', () => {
    expect(taskTitle('close-expired')).toBe('Menutup tes yang waktunya habis')
    expect(taskTitle('constructor')).toBe('constructor')
    expect([askAgainAt('rehearse'), askAgainAt('calibrate')]).toEqual(['/bgtk/gladi', null])
  })
})

describe('rows', () => {
  const bad = (n: number) => (n === 2 ? Promise.reject(new Error('beracun')) : Promise.resolve(n * 10))
  it('are worked on each by itself, and those that fail are told of', async () => {
    const heard: string[] = []
    const tell = (object: string, error: unknown) => void heard.push(`${object} ${(error as Error).message}`)
    expect(await rowByRow([1, 2, 3], bad, (n) => `baris:${n}`, tell)).toEqual([10, 30])
    expect(heard).toEqual(['baris:2 beracun'])
  })
  it('are worked on together as long as none fails', async () => {
    const calls: number[][] = []
    const many = (list: number[]) => {
      calls.push(list)
      return list.includes(2) ? Promise.reject(new Error('beracun')) : Promise.resolve(list)
    }
    expect(await allOrRowByRow([1, 3], many, String, () => undefined)).toEqual([1, 3])
    expect(await allOrRowByRow([1, 2, 3], many, String, () => undefined)).toEqual([1, 3])
    expect(calls).toEqual([[1, 3], [1, 2, 3], [1], [2], [3]])
  })
  it('are left for the next turn where the database is away', async () => {
    const away = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))
    await expect(rowByRow([1], away, String, () => undefined)).rejects.toThrow('connect')
    await expect(allOrRowByRow([1], away, String, () => undefined)).rejects.toThrow('connect')
  })
})

describe('a rehearsal beside a sitting', () => {
  const HOUR = 3_600_000
  const opensAt = new Date('2026-04-18T01:00:00Z')
  const sitting = { opensAt, closesAt: new Date(opensAt.getTime() + 7 * HOUR) }
  const at = (hours: number) => new Date(opensAt.getTime() + hours * HOUR)
  it.each([
    [-24.1, 20, 'free'],
    [-24, 20, 'near'],
    [-1, 20, 'near'],
    [-1, 30, 'open'],
    [-2.4, 120, 'open'],
    [0, 1, 'open'],
    [7, 1, 'open'],
    [7.1, 1, 'near'],
    [9, 1, 'near'],
    [9.1, 1, 'free'],
  ] as const)('that begins %s hours after its opening and takes %s minutes is %s', (hours, minutes, how) =>
    expect(rehearsalBeside(sitting, minutes, at(hours))).toBe(how),
  )
})
