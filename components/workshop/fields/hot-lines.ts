import { rowsOf, type Lack } from './part'

/** Letters of the words that are right, and how many may be chosen, as typed; '' without a limit. */
export type Hot = { keys: string[]; most: string }

const MOST = /^\s*paling banyak (\d+)\s*$/i

export function readHot(lines: string): Hot {
  const rows = rowsOf(lines)
  const most = rows.map((l) => MOST.exec(l)?.[1]).find((n) => n !== undefined)
  const keys = rows
    .filter((l) => !MOST.test(l))
    .join(' ')
    .split(/[\s,;]+/)
    .filter(Boolean)
  return { keys: [...new Set(keys)], most: !most || most === '0' ? '' : most }
}
export const writeHot = ({ keys, most }: Hot): string =>
  [keys.join(', '), ...(/^\d+$/.test(most.trim()) ? [`paling banyak ${Number(most)}`] : [])].join('\n')

/** Words that a question offers, with their letters. */
export const wordsIn = (stem: string): { id: string; words: string }[] =>
  [...stem.matchAll(/\[\[([\w-]{1,8})\|((?:\\.|[^\]\\])+)\]\]/g)].map((m) => ({ id: m[1]!, words: m[2]! }))

export function lackOfHot({ keys, most }: Hot, stem: string): Lack | null {
  const offered = wordsIn(stem).map((w) => w.id)
  if (!offered.length) return { words: 'Tandai dahulu kata-kata di dalam soal yang dapat dipilih.', at: 'kata-tandai' }
  const right = keys.filter((k) => offered.includes(k))
  if (!right.length) return { words: 'Belum ada kata yang ditandai benar.', at: `kata-${offered[0]}` }
  if (most && Number(most) < right.length)
    return { words: 'Batas pilihan lebih kecil daripada banyaknya kata yang benar.', at: 'kata-batas' }
  return null
}
