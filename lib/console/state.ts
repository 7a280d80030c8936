/** What a seat's facts mean to the one who watches the room. Pure; the same words for the server and the screen. */

export const seatStates = ['silent', 'working', 'between', 'waiting', 'finished', 'absent'] as const
export type SeatState = (typeof seatStates)[number]

export const stateNames: Record<SeatState, string> = {
  silent: 'Tidak ada kabar',
  working: 'Mengerjakan',
  between: 'Antarbagian',
  waiting: 'Belum mulai',
  finished: 'Selesai',
  absent: 'Tidak hadir',
}
/** One sign a state for small grids, so that colour never speaks alone. */
export const stateSigns: Record<SeatState, string> = { silent: '?', working: 'K', between: 'A', waiting: '·', finished: 'S', absent: '×' }

/** A phone that has not been heard of for this long, in a running part, needs a look. Its heartbeat is half a minute. */
export const SILENT_MS = 90_000
/** Leaving the page happens to everybody; from here on it is worth a line. */
const FOCUS_NOTED = 3

/** One attempt as the console counts it. */
export type AttemptSigns = {
  open: boolean
  contact: number | null
  devices: number
  /** Times the page went out of sight. */
  left: number
  rejected: number
  overdue: number
  /** Entries before the finish entry that have not arrived. */
  missing: number
}

/** The state of a seat in a cycle of `parts` parts. */
export function seatState(attempts: AttemptSigns[], attendance: string, parts: number, now: number): SeatState {
  const running = attempts.find((a) => a.open)
  if (running) return running.contact === null || now - running.contact > SILENT_MS ? 'silent' : 'working'
  if (attempts.length >= Math.max(1, parts)) return 'finished'
  if (attempts.length) return 'between'
  return attendance === 'absent' ? 'absent' : 'waiting'
}

/** Everything a proctor must not overlook, in words; heaviest first. */
export function alertsOf(attempts: AttemptSigns[]): string[] {
  const sum = (of: (a: AttemptSigns) => number) => attempts.reduce((n, a) => n + of(a), 0)
  const [missing, rejected, overdue] = [sum((a) => a.missing), sum((a) => a.rejected), sum((a) => a.overdue)]
  const devices = Math.max(0, ...attempts.map((a) => a.devices))
  const left = Math.max(0, ...attempts.map((a) => a.left))
  return [
    ...(missing ? [`${missing} catatan di ponsel belum sampai ke server`] : []),
    ...(rejected ? [`${rejected} catatan tidak terbaca`] : []),
    ...(overdue ? [`${overdue} jawaban setelah waktu habis (disimpan, tidak dinilai)`] : []),
    ...(devices > 1 ? [`${devices} perangkat`] : []),
    ...(left >= FOCUS_NOTED ? [`${left} kali berpindah aplikasi`] : []),
  ]
}

type Watched = { state: SeatState; alerts: string[]; contact: number | null }

/** Whether somebody should look at this seat now. */
export const needsLook = (seat: Watched): boolean => seat.state === 'silent' || seat.alerts.length > 0

/** Trouble first: the silent by length of silence (never heard of at all before everybody), then alerts by number, then the rest as they sit. */
export function byTrouble(a: Watched & { seat: number }, b: Watched & { seat: number }): number {
  const rank = (s: Watched) => (s.state === 'silent' ? 0 : s.alerts.length ? 1 : 2)
  if (rank(a) !== rank(b)) return rank(a) - rank(b)
  if (rank(a) === 0) return (a.contact ?? 0) - (b.contact ?? 0) || a.seat - b.seat
  if (rank(a) === 1) return b.alerts.length - a.alerts.length || a.seat - b.seat
  return seatStates.indexOf(a.state) - seatStates.indexOf(b.state) || a.seat - b.seat
}

/** "12 detik", "3 menit", "2 jam 5 menit". */
export function spanWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} detik`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} menit` : `${Math.floor(minutes / 60)} jam ${minutes % 60} menit`
}
