import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderToStaticMarkup } from 'react-dom/server'
import { createElement } from 'react'
import { PersonRow } from '@/components/proctor/people'
import type { Seat } from '@/components/proctor/seat'
import { timeToNote } from '@/components/proctor/release-code'
import { SeatSign } from '@/components/proctor/signs'
import { differenceOf } from '@/lib/console/news'
import { applied } from '@/lib/console/console.client'
import { ConsoleAction, ConsoleReply, type Live, type Snapshot } from '@/lib/console/protocol'
import { alertsOf, byTrouble, needsLook, seatState, seatStates, stateSigns, type AttemptSigns } from '@/lib/console/state'

const NOW = 1_000_000_000
const attempt = (change: Partial<AttemptSigns> = {}): AttemptSigns => ({
  open: true,
  contact: NOW - 10_000,
  devices: 1,
  left: 0,
  rejected: 0,
  overdue: 0,
  missing: 0,
  ...change,
})
const live = (change: Partial<Live> = {}): Live => ({
  state: 'working',
  words: 'Pedagogik: 3 dari 40 terjawab',
  part: '1',
  answered: 3,
  items: 40,
  contact: NOW - 10_000,
  saved: NOW - 20_000,
  end: NOW + 3_600_000,
  alerts: [],
  tags: [],
  attendance: 'present',
  ready: true,
  provisional: false,
  cardVoided: false,
  paused: false,
  credited: 0,
  ...change,
})
let count = 0
const seat = (change: Partial<Seat> = {}): Seat => {
  const n = ++count
  return {
    id: `0199a000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    number: `T-${n}`,
    name: `Guru ${n}`,
    school: 'SMAN 1',
    room: null,
    seat: n,
    ...live(),
    ...change,
  }
}

describe('the state of a seat', () => {
  it('says one thing for every combination', () => {
    expect(seatState([], 'unknown', 4, NOW)).toBe('waiting')
    expect(seatState([], 'absent', 4, NOW)).toBe('absent')
    expect(seatState([attempt()], 'present', 4, NOW)).toBe('working')
    expect(seatState([attempt({ contact: NOW - 91_000 })], 'present', 4, NOW)).toBe('silent')
    expect(seatState([attempt({ contact: null })], 'present', 4, NOW)).toBe('silent')
    expect(seatState([attempt({ open: false })], 'present', 4, NOW)).toBe('between')
    expect(seatState([attempt({ open: false })], 'present', 1, NOW)).toBe('finished')
    expect(seatState([attempt()], 'absent', 4, NOW)).toBe('working')
  })
  it('has a sign of its own for every state, so that colour never speaks alone', () => {
    expect(new Set(Object.values(stateSigns)).size).toBe(seatStates.length)
    const shapes = seatStates.map((state) => renderToStaticMarkup(createElement(SeatSign, { state, alert: false })))
    expect(new Set(shapes).size).toBe(seatStates.length)
  })
})

describe('trouble', () => {
  it('comes first: the longest silence, then alerts, then everybody else', () => {
    const rows = [
      seat({ name: 'kerja' }),
      seat({ name: 'selesai', state: 'finished', contact: null }),
      seat({ name: 'dua peringatan', alerts: ['2 perangkat', '1 catatan tidak terbaca'] }),
      seat({ name: 'diam sebentar', state: 'silent', contact: NOW - 100_000 }),
      seat({ name: 'satu peringatan', alerts: ['2 perangkat'] }),
      seat({ name: 'diam lama', state: 'silent', contact: NOW - 900_000 }),
      seat({ name: 'tak pernah terdengar', state: 'silent', contact: null }),
    ]
    expect(rows.toSorted(byTrouble).map((r) => r.name)).toEqual([
      'tak pernah terdengar',
      'diam lama',
      'diam sebentar',
      'dua peringatan',
      'satu peringatan',
      'kerja',
      'selesai',
    ])
    expect(rows.filter(needsLook)).toHaveLength(5)
  })
  it('names what was noted, heaviest first, and is silent about what happens to everybody', () => {
    expect(alertsOf([attempt({ left: 2 })])).toEqual([])
    expect(alertsOf([attempt({ left: 3, devices: 2, rejected: 1, overdue: 4, missing: 7 })])).toEqual([
      '7 catatan di ponsel belum sampai ke server',
      '1 catatan tidak terbaca',
      '4 jawaban setelah waktu habis (disimpan, tidak dinilai)',
      '2 perangkat',
      '3 kali berpindah aplikasi',
    ])
  })
  it('is never hidden by a tag, in any state', () => {
    for (const state of seatStates) {
      const person = seat({ state, alerts: ['2 perangkat'], tags: ['dijeda', '+10 menit dari pengawas', 'mulai luring dengan kode rilis'] })
      const html = renderToStaticMarkup(createElement(PersonRow, { seat: person, now: NOW, act: () => undefined }))
      expect(html).toContain('! 2 perangkat')
      expect(html).toContain('dijeda · +10 menit dari pengawas')
      expect(renderToStaticMarkup(createElement(SeatSign, { state, alert: true }))).toContain('!')
    }
  })
})

describe('news', () => {
  const snapshot = (lives: Record<string, Live>, version: string): Snapshot => ({
    version,
    at: NOW,
    serverNow: NOW,
    head: {
      id: '0199a000-0000-7000-8000-000000000001',
      kind: 'room',
      sittingId: '0199a000-0000-7000-8000-000000000002',
      title: 'Ruang 01',
      sittingName: 'Sesi',
      venueName: 'Tempat',
      cycleName: 'Siklus',
      practice: false,
      simulated: false,
      opensAt: NOW,
      closesAt: NOW,
      prepared: true,
      codeFrom: 0,
      reach: { sitting: false, venue: 0 },
    },
    rooms: [],
    people: [],
    pauses: [],
    log: [],
    live: lives,
  })
  it('makes of an old picture and the difference exactly the new one', () => {
    const anyLive = fc.record({ answered: fc.nat(3), state: fc.constantFrom(...seatStates) }).map((c) => live(c))
    const lives = fc.tuple(anyLive, anyLive, anyLive).map((l) => Object.fromEntries(l.map((x, i) => [`p${i}`, x])))
    fc.assert(
      fc.property(lives, lives, (a, b) => {
        const [before, after] = [snapshot(a, 'a'), snapshot(b, 'b')]
        const said = differenceOf(before, after)
        expect(applied(before, ConsoleReply.parse(JSON.parse(JSON.stringify(said))))).toEqual(after)
      }),
    )
  })
  it('is whole for a console whose picture the server no longer knows', () => {
    const after = snapshot({}, 'b')
    expect(differenceOf(undefined, after)).toBe(after)
  })
})

describe('an action', () => {
  it('that changes time is refused without a reason', () => {
    const base = { id: crypto.randomUUID(), at: NOW, scope: 'room', target: crypto.randomUUID() }
    for (const kind of ['pause', 'extend']) {
      expect(ConsoleAction.safeParse({ ...base, kind, minutes: 5, reason: '   ' }).success).toBe(false)
      expect(ConsoleAction.safeParse({ ...base, kind, minutes: 5, reason: 'listrik padam' }).success).toBe(true)
    }
  })
  it('that lets a clock go on needs no reason, and one with a reason from an older page still counts', () => {
    const base = { id: crypto.randomUUID(), at: NOW, scope: 'room', target: crypto.randomUUID(), kind: 'resume' }
    expect(ConsoleAction.safeParse(base).success).toBe(true)
    expect(ConsoleAction.safeParse({ ...base, reason: 'Gangguan selesai' }).data).toEqual(base)
  })
})

describe('the release code', () => {
  const head = { prepared: true, practice: false, codeFrom: 1_000, closesAt: 9_000 } as Snapshot['head']

  it('asks for paper from the minute in which it can be read until the test is over, and no more once it was written down', () => {
    expect([999, 1_000, 8_999, 9_000].map((now) => timeToNote(head, false, now))).toEqual([false, true, true, false])
    expect(timeToNote(head, true, 5_000)).toBe(false)
  })
  it('is not asked for where there is none, nor for practice, where nothing is at stake', () => {
    expect(timeToNote({ ...head, prepared: false }, false, 5_000)).toBe(false)
    expect(timeToNote({ ...head, practice: true }, false, 5_000)).toBe(false)
  })
})
