import { describe, expect, it } from 'vitest'
import { rulesOf } from '@/components/player/rules'
import { truthOf } from '@/components/player/truth'

describe('the line that says where the answers are', () => {
  const away = { answered: 3, waiting: 2, online: false, durable: true }
  it('says first that they are safe when the network is away, and is not red for it', () => {
    const { words, safe } = truthOf(away)
    expect(words.startsWith('Tersimpan di ponsel, aman')).toBe(true)
    expect(words).toContain('1 dari 3 tersimpan di server · 2 di perangkat ini')
    expect(safe).toBe(true)
  })
  it('calls nothing safe that a phone which refuses to store has not handed over', () => {
    const { words, safe } = truthOf({ ...away, durable: false })
    expect(words).not.toContain('aman')
    expect(safe).toBe(false)
  })
  it('says nothing of the phone where all is with the server', () => {
    expect(truthOf({ answered: 3, waiting: 0, online: true, durable: true })).toEqual({
      words: '3 jawaban tersimpan di server',
      safe: true,
    })
    expect(truthOf({ answered: 3, waiting: 0, online: false, durable: true }).words).not.toContain('Tersimpan di ponsel')
  })
})

describe('what is said before a part begins', () => {
  it('speaks of wrong answers and marks only where answers can be wrong', () => {
    expect(rulesOf('1').join(' ')).toMatch(/salah|nilai/)
    expect(rulesOf('2').join(' ')).not.toMatch(/salah|benar|nilai/)
  })
})
