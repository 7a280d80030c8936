import { formatCount } from '@/lib/platform/format'

/** Answer sheets that an analysis rests on, and the different persons who gave them: somebody who was tested twice gave two. */
export type Tested = { responses: number; people: number }

/** "704 lembar jawaban dari 612 orang"; says so where the persons were not counted. */
export function testedWords(tested: Tested | null | undefined, n: number | null): string {
  if (!tested) return n === null ? 'belum dihitung' : `${formatCount(n)} lembar jawaban, banyaknya orang tidak dicatat`
  return tested.people === tested.responses
    ? `${formatCount(tested.people)} orang, masing-masing satu lembar jawaban`
    : `${formatCount(tested.responses)} lembar jawaban dari ${formatCount(tested.people)} orang`
}

/** The persons of these answer sheets, each once. */
export const testedOf = (persons: readonly string[]): Tested => ({ responses: persons.length, people: new Set(persons).size })
