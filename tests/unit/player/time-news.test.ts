import { describe, expect, it } from 'vitest'
import { milestone, timeNews } from '@/components/player/time-news'

const TEN = Date.UTC(2026, 4, 10, 3, 0)
const end = (minutes: number, paused = false) => ({ deadline: TEN + minutes * 60_000, paused })

describe('a participant is told when the end of the test moves', () => {
  it('how much was given, and until when the test now runs', () => {
    expect(timeNews(end(0), end(15))).toBe('Waktu Anda ditambah 15 menit. Waktu habis pukul 10.15.')
  })
  it('how much was taken, and whom to ask', () => {
    expect(timeNews(end(15), end(5))).toBe(
      'Waktu Anda berkurang 10 menit. Waktu habis pukul 10.05. Tanyakan kepada pengawas bila ini keliru.',
    )
  })
  it('that a pause is over', () => {
    expect(timeNews(end(3, true), end(7))).toBe('Jeda berakhir, waktu berjalan lagi. Waktu habis pukul 10.07.')
  })
  it('nothing while a pause moves the end along, and nothing when a clock was set by a second', () => {
    expect(timeNews(end(0), end(1, true))).toBeNull()
    expect(timeNews(end(1, true), end(2, true))).toBeNull()
    expect(timeNews({ deadline: TEN, paused: false }, { deadline: TEN + 900, paused: false })).toBeNull()
  })
})

describe('a participant is told how little time is left', () => {
  const at = (minutes: number, seconds = 0) => milestone((minutes * 60 + seconds) * 1000)
  it('in the minute in which ten, five and one are left, and in no other', () => {
    expect(at(10)).toBe('Sisa waktu 10 menit.')
    expect(at(9, 1)).toBe('Sisa waktu 10 menit.')
    expect(at(9)).toBeNull()
    expect(at(5)).toBe('Sisa waktu 5 menit.')
    expect(at(1)).toBe('Tinggal 1 menit. Jawaban diserahkan sendiri saat waktu habis.')
  })
  it('and not at all before the clock is known or after the end', () => {
    expect([milestone(null), at(0), at(-3), at(60)]).toEqual([null, null, null, null])
  })
})
