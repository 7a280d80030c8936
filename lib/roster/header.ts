import { loose, tidy } from './clean-text'
import { eitherNumber, fieldNames, fieldOf, NUMBERING, OTHER_PERSON, type Field, type HeaderMemory } from './columns'
import type { Merge } from '@/lib/platform/sheet-model'

/** Finds the row, or the rows, that name the columns of a list. */
export type HeaderMatch = {
  /** Last row of the header, and how many rows it has. */
  row: number
  height: number
  columns: Map<Field, number>
  /** Text over every column. */
  headers: string[]
  used: string[]
  dropped: string[]
  dapodik: boolean
  /** Columns that are ticked for a man or a woman. */
  ticked: { L: number; P: number } | null
}

const ROWS = 40
/** Before the letter of a column that is ticked. */
const TICKED = 'Jenis Kelamin:'

/**
 * Texts over the columns from `height` rows that end at `last`: the lowest one, with what stands over it where it says nothing alone, or
 * where it is said of somebody else. A head reaches over the blank ones to its right where its cells are merged, or in a text file (`spread`).
 */
function headersAt(rows: string[][], last: number, height: number, merges: readonly Merge[], memory: HeaderMemory): string[] {
  const first = last - height + 1
  const width = Math.max(...rows.slice(first, last + 1).map((r) => r.length), 0)
  const spread = merges.length === 0
  const at = (r: number, c: number): string => {
    const own = tidy(rows[r]?.[c] ?? '')
    if (own) return own
    const over = merges.find((m) => r >= m.top && r <= m.bottom && c >= m.left && c <= m.right)
    if (over) return tidy(rows[over.top]?.[over.left] ?? '')
    if (!spread || r === last || !tidy(rows[last]?.[c] ?? '')) return ''
    for (let left = c - 1; left >= 0 && tidy(rows[last]?.[left] ?? ''); left--)
      if (tidy(rows[r]?.[left] ?? '')) return tidy(rows[r]![left]!)
    return ''
  }
  return Array.from({ length: width }, (_, c) => {
    const stack = Array.from({ length: height }, (_x, i) => at(first + i, c)).filter((t, i, all) => t && t !== all[i - 1])
    const lowest = stack.at(-1) ?? ''
    const over = stack.slice(0, -1)
    if (over.length === 0) return lowest
    const under = over.map((t) => fieldOf(t, memory))
    if (over.some((t) => OTHER_PERSON.test(t) && !/guru|ptk|pendidik/i.test(t))) return [...over, lowest].join(': ')
    // "Nama" under "Sekolah", "Tgl" under "Lahir", "L" and "P" under "Jenis Kelamin".
    if (fieldOf(lowest, memory) === 'name' && under.includes('school')) return fieldNames.school
    if (under.includes('birthDate')) return /^(tanggal|tgl|tg|hari)/.test(loose(lowest)) ? fieldNames.birthDate : `Tempat Lahir: ${lowest}`
    if (under.includes('sex') && /^[lp]$/.test(loose(lowest))) return `${TICKED} ${lowest.toUpperCase()}`
    if (fieldOf(lowest, memory)) return lowest
    const whole = stack.join(' ')
    return fieldOf(whole, memory) || !fieldOf(stack[0]!, memory) ? whole : lowest
  })
}

/** Whether the rows from `from` to `last` part heads of the row above them: words stand under a blank, or under a head that is merged. */
function parts(rows: string[][], from: number, last: number, merges: readonly Merge[]): boolean {
  const head = rows[from - 1] ?? []
  const wide = merges.some(
    (m) =>
      m.top < from &&
      m.bottom >= from - 1 &&
      m.right > m.left &&
      (rows[from] ?? []).slice(m.left, m.right + 1).filter((c) => c.trim()).length > 1,
  )
  const blank = rows
    .slice(from, last + 1)
    .some((row) =>
      row.some((c, i) => i > 0 && c.trim() && !(head[i] ?? '').trim() && (row[i - 1] ?? '').trim() && (head[i - 1] ?? '').trim()),
    )
  return wide || blank
}

/** Whether a row under a header belongs to it: it names things and holds no value. */
function continues(rows: string[][], r: number): boolean {
  const cells = (rows[r] ?? []).map(tidy).filter(Boolean)
  return cells.length > 0 && cells.every((c) => c.length <= 40 && !/\d{3}/.test(c) && /\p{L}/u.test(c)) && !cells.some((c) => /^\d/.test(c))
}

function matchAt(rows: string[][], last: number, height: number, merges: readonly Merge[], memory: HeaderMemory): HeaderMatch {
  const columns = new Map<Field, number>()
  const headers = headersAt(rows, last, height, merges, memory)
  const used: string[] = []
  const dropped: string[] = []
  headers.forEach((text, c) => {
    const field = fieldOf(text, memory)
    if (field && eitherNumber(text) && !columns.has('nuptk') && !columns.has('nip')) {
      columns.set('nuptk', c).set('nip', c)
      used.push(text)
    } else if (field && !columns.has(field)) {
      columns.set(field, c)
      used.push(text)
    } else if (text.startsWith(TICKED) && !columns.has('sex')) used.push(text)
    else if (text && !NUMBERING.test(loose(text))) dropped.push(text)
  })
  const [L, P] = [headers.indexOf(`${TICKED} L`), headers.indexOf(`${TICKED} P`)]
  return {
    row: last,
    height,
    columns,
    headers,
    used,
    dropped,
    dapodik: dropped.some((d) => loose(d) === 'namaibukandung') || dropped.length > 25,
    ticked: !columns.has('sex') && L >= 0 && P >= 0 ? { L, P } : null,
  }
}

/** A name and something to know the person or the school by, among three columns of ours, or among columns that are all ours. */
const whole = ({ columns, dropped }: HeaderMatch) =>
  columns.has('name') &&
  (columns.size >= 3 || dropped.length === 0) &&
  (columns.has('nuptk') || columns.has('nip') || columns.has('npsn') || columns.has('school'))

/** How many of our columns any of the first rows names: for whoever must decide how a text file is parted. */
export const columnsKnown = (rows: string[][]): number =>
  Math.max(0, ...rows.slice(0, ROWS).map((_, r) => matchAt(rows, r, 1, [], new Map()).columns.size))

/**
 * Finds the header by its content among the first 40 rows: a name and something to know the person or the school by. It may stand in
 * two or three rows. Null where no row is one.
 */
export function findHeader(rows: string[][], merges: readonly Merge[] = [], memory: HeaderMemory = new Map()): HeaderMatch | null {
  for (let r = 0; r < Math.min(rows.length, ROWS); r++) {
    const one = matchAt(rows, r, 1, merges, memory)
    const taller = [2, 3].flatMap((height) => {
      const last = r + height - 1
      if (last >= rows.length || one.columns.size === 0) return []
      for (let below = r + 1; below <= last; below++) if (!continues(rows, below)) return []
      return [matchAt(rows, last, height, merges, memory)]
    })
    const best = taller.reduce((found, match) => {
      const more = match.columns.size - found.columns.size
      return more > 0 || (more >= (match.ticked ? -1 : 0) && parts(rows, r + 1, match.row, merges)) ? match : found
    }, one)
    if (whole(best)) return best
  }
  return null
}

/** A header that stands once more below the first one: three known columns and nothing of a person. Null for any other row. */
export function headerAgain(rows: string[][], r: number, memory: HeaderMemory): HeaderMatch | null {
  if ((rows[r] ?? []).some((c) => /\d{3}/.test(c))) return null
  const match = matchAt(rows, r, 1, [], memory)
  return match.columns.size >= 3 && whole(match) ? match : null
}

/** The row that looks most like a header where none is understood: for mapping by hand. Null for a sheet without rows of words. */
export function guessHeader(rows: string[][], merges: readonly Merge[] = [], memory: HeaderMemory = new Map()): HeaderMatch | null {
  let best: { match: HeaderMatch; score: number } | null = null
  for (let r = 0; r < Math.min(rows.length, ROWS); r++) {
    const named = (rows[r] ?? []).filter((c) => /\p{L}/u.test(c) && c.length <= 60).length
    if (named < 2) continue
    const match = matchAt(rows, r, 1, merges, memory)
    const score = match.columns.size * 10 + Math.min(named, 9)
    if (!best || score > best.score) best = { match, score }
  }
  return best?.match ?? null
}
