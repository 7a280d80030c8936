import { describe, expect, it } from 'vitest'
import { takenUp } from '@/components/player/taken-up'

const entry = (kind: 'answer' | 'flag' | 'finish', item: string | undefined, value: string | boolean, at: number) => ({
  kind,
  value,
  at,
  ...(item ? { item } : {}),
})

describe('a test that is taken up again', () => {
  it('goes on at the item that was left, though another was answered later', () => {
    const found = takenUp({ saved: [], flags: [], place: 'b' }, [entry('answer', 'a', 'A', 5)])
    expect(found.place).toBe('b')
  })
  it('goes on at the item that was answered last where the page that was left is not known, as on another phone', () => {
    const saved = [
      { item: 'a', value: 'A', at: 9 },
      { item: 'b', value: 'B', at: 7 },
    ]
    expect(takenUp({ saved, flags: [] }, []).place).toBe('a')
    expect(takenUp({ saved, flags: [] }, [entry('answer', 'c', 'C', 11)]).place).toBe('c')
    expect(takenUp({ saved: [], flags: [] }, []).place).toBeUndefined()
  })
  it('keeps the later answer of server and journal, every flag as it was left, and whether it was handed in', () => {
    const found = takenUp({ saved: [{ item: 'a', value: 'A', at: 9 }], flags: ['a'] }, [
      entry('answer', 'a', 'B', 5),
      entry('answer', 'b', 'C', 6),
      entry('flag', 'a', false, 7),
      entry('flag', 'b', true, 8),
      entry('finish', undefined, 'finished', 10),
    ])
    expect(Object.fromEntries(found.values)).toEqual({ a: 'A', b: 'C' })
    expect([...found.flags]).toEqual(['b'])
    expect(found.finished).toBe(true)
  })
})
