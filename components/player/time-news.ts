import { formatClock, formatDuration } from '@/lib/platform/format'

/** The end of an attempt as the phone knows it: ms, and whether a pause moves it along. */
export type End = { deadline: number; paused: boolean }

/** A difference smaller than this is a clock being set, not time being given, ms. */
const SMALLEST_MS = 30_000

/** What to tell the participant when the end of the test has moved; null when nothing worth a word happened. A pause that begins has a notice of its own. */
export function timeNews(before: End, after: End): string | null {
  if (after.paused) return null
  const until = `Waktu habis pukul ${formatClock(new Date(after.deadline))}.`
  if (before.paused) return `Jeda berakhir, waktu berjalan lagi. ${until}`
  const moved = after.deadline - before.deadline
  if (Math.abs(moved) < SMALLEST_MS) return null
  const span = formatDuration(Math.round(Math.abs(moved) / 1000))
  return moved > 0
    ? `Waktu Anda ditambah ${span}. ${until}`
    : `Waktu Anda berkurang ${span}. ${until} Tanyakan kepada pengawas bila ini keliru.`
}

const MILESTONES = [10, 5, 1]

/** The word for the minute in which ten, five or one minute is left; null in every other. `remaining` in ms. */
export function milestone(remaining: number | null): string | null {
  const minutes = Math.ceil((remaining ?? 0) / 60_000)
  if (!MILESTONES.includes(minutes)) return null
  return minutes === 1 ? 'Tinggal 1 menit. Jawaban diserahkan sendiri saat waktu habis.' : `Sisa waktu ${minutes} menit.`
}
