import { createEvents } from 'ics'

export type PlannedStep = { id: string; title: string; startsOn: string; sessions: number; hours: number; where: string }

const DAY_MS = 86_400_000

/** The own plan as an iCalendar file: an all-day entry a session, one a week on Hari Belajar Guru, so that a moved hour breaks nothing. */
export function planCalendar(steps: readonly PlannedStep[]): string {
  const parts = (time: number): [number, number, number] => {
    const d = new Date(time)
    return [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate()]
  }
  const { error, value } = createEvents(
    steps.flatMap((s) =>
      Array.from({ length: s.sessions }, (_, k) => {
        const at = Date.parse(`${s.startsOn}T00:00:00Z`) + 7 * k * DAY_MS
        return {
          uid: `${s.id}-${k + 1}@petaguru`,
          productId: 'petaguru',
          calName: 'Rencana belajar',
          start: parts(at),
          end: parts(at + DAY_MS),
          title: `${s.title} (${k + 1} dari ${s.sessions})`,
          description: `Hari Belajar Guru, ${s.hours} JP seluruhnya. Penyelenggara: ${s.where}.`,
        }
      }),
    ),
  )
  if (error) throw error
  return value ?? ''
}
