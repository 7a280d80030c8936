import type { Lack } from './part'

/** Whether agreeing speaks for what is measured ("searah") or against it; null until somebody said so. */
export type Direction = { reversed: boolean | null }

export function readDirection(lines: string): Direction | null {
  const word = lines.trim().toLowerCase()
  if (word === '') return { reversed: null }
  return word === 'searah' || word === 'terbalik' ? { reversed: word === 'terbalik' } : null
}
export const writeDirection = ({ reversed }: Direction): string => (reversed === null ? '' : reversed ? 'terbalik' : 'searah')
export const lackOfDirection = ({ reversed }: Direction): Lack | null =>
  reversed === null ? { words: 'Belum dipilih apakah setuju berarti skor tinggi atau rendah.', at: 'arah-searah' } : null
