import { tooFew } from '@/lib/calibration/reach-model'
import { stateWords, type PartResult } from '@/lib/scoring/service'
import { formatNumber } from '@/lib/platform/format'

/** A self-description: nothing in it is right or wrong, and no decision hangs on it. */
const SELF_DESCRIPTION = '2'
export const isSelfDescription = (part: string): boolean => part === SELF_DESCRIPTION

/** Less than half was answered of a test that counts: nothing is said of the person. */
export const saysTooLittle = (part: Pick<PartResult, 'counted' | 'reach'>): boolean =>
  part.counted && part.reach !== null && tooFew(part.reach)

/** One result in one line, as it stands on the closed fold and on the teacher's home: what is known, and what it rests on. */
export function resultLine(part: PartResult): string {
  if (!part.released) return 'Jawaban diterima. Hasil dibuka setelah BGTK merilisnya.'
  if (!part.total) return 'Jawaban diterima dan sedang dinilai.'
  if (saysTooLittle(part)) return 'Terlalu sedikit jawaban untuk diukur.'
  if (isSelfDescription(part.part)) return 'Cermin diri, bukan nilai: tidak ada jawaban benar atau salah.'
  const { measure } = part
  if (measure) return `Paling mungkin antara ${measure.low} dan ${measure.high}; batas kompeten 500.`
  return `${formatNumber(part.total.percent, 0)} dari 100 poin${part.counted ? ', sementara: rentangnya belum dapat dihitung' : ''}.`
}

/** The state of a result in a word, where one hangs on it. */
export const resultState = (part: PartResult) => (saysTooLittle(part) ? null : (part.measure?.standing?.state ?? null))

/** What the print says of the standing of one result. */
export function printedState(part: PartResult): string {
  if (saysTooLittle(part)) return 'dampingan tetap ditawarkan'
  if (isSelfDescription(part.part)) return 'cermin diri, bukan nilai'
  return part.measure?.standing ? stateWords[part.measure.standing.state] : 'rentang belum dapat dihitung'
}

/** Results in the order of their cycles: those with the newest result that is shown, and everything before. `parts` begins with the newest. */
export function newestAndEarlier(parts: readonly PartResult[]): { newest: PartResult[]; earlier: PartResult[] } {
  const shown = parts.find((p) => p.released && p.total)
  const seats = [...new Set(parts.map((p) => p.seat.id))]
  const upTo = shown ? seats.indexOf(shown.seat.id) : seats.length - 1
  const near = new Set(seats.slice(0, upTo + 1))
  return { newest: parts.filter((p) => near.has(p.seat.id)), earlier: parts.filter((p) => !near.has(p.seat.id)) }
}

/** Where a result stands on the page of results. */
export const resultAnchor = (attemptId: string): string => `hasil-${attemptId}`

/** Of each competency the newest result that can be read, or else the newest that waits; in the order in which competencies are told. */
export const latestOfEach = (parts: readonly PartResult[], order: readonly string[]): PartResult[] =>
  order.flatMap((c) => {
    const own = parts.filter((p) => p.part === c)
    const latest = own.find((p) => p.released && p.total) ?? own[0]
    return latest ? [latest] : []
  })
