import { formatDate } from '@/lib/platform/format'

/** A note of a meeting as the two who met see it. */
export type NotedMeeting = {
  id: string
  pairingId: string
  partner: string
  heldOn: string
  startsMinute: number | null
  minutes: number
  topic: string
  note: string
  revision: number
}

export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
const dayOf = (day: string) => formatDate(new Date(`${day}T00:00:00+07:00`))

/** "12 Februari 2026 pukul 13.30, 45 menit: …" */
export const lineOf = (m: Pick<NotedMeeting, 'heldOn' | 'startsMinute' | 'minutes' | 'topic'>): string =>
  `${dayOf(m.heldOn)}${m.startsMinute === null ? '' : ` pukul ${clockOf(m.startsMinute).replace(':', '.')}`}, ${m.minutes} menit: ${m.topic}`
