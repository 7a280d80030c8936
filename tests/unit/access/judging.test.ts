import { describe, expect, it } from 'vitest'
import { judging } from '@/lib/access/judging'

describe('the line before the judging of passwords', () => {
  it('lets two through at a time, all of a crowd in the end, and turns a flood away', async () => {
    let under = 0
    let most = 0
    const open: (() => void)[] = []
    const one = () =>
      judging(async () => {
        most = Math.max(most, ++under)
        await new Promise<void>((go) => open.push(go))
        under--
        return 'judged'
      })
    const all = Array.from({ length: 1_000 }, one)
    let turned = 0
    for (const p of all) void p.then((r) => (turned += Number(r === null)))
    while (open.length > 0 || under > 0) {
      open.shift()?.()
      await new Promise((r) => setImmediate(r))
    }
    const answers = await Promise.all(all)
    expect(most).toBe(2)
    expect(answers.filter((a) => a === 'judged')).toHaveLength(202)
    expect(turned).toBe(798)
    const after = one()
    await new Promise((r) => setImmediate(r))
    open.shift()!()
    expect(await after).toBe('judged')
  })
  it('goes on after one that failed', async () => {
    await expect(judging(() => Promise.reject(new Error('x')))).rejects.toThrow('x')
    expect(await judging(() => Promise.resolve(1))).toBe(1)
  })
})
