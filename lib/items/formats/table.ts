import { BankItem, compileItem } from '../bank-item'
import { BankProblem } from '../types/writing'
import { itemFields } from '../decompile'
import { itemTypeNames, itemTypes, type ItemType } from '../model'
import { isLeftOut, type Cells } from '../types/format'
import { kindOf } from '../types/kinds'
import { BREAK, settle, type Piece } from './account'
import { Refused, withProblems, type ReadFile, type ReadItem } from './read'
import { asMarkup, type CellRun } from './table-text'
import { titleOf } from './html'
import type { Entry } from './entry'

/**
 * The Excel template: one row an item. What people type into its cells is text as it stands there, formulas between \\( and \\). Rows that
 * our own export wrote say so in their last column: they alone are in our own writing. Pure: rows of text in, rows of text out.
 */
const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const
const ROWS = ['1', '2', '3', '4', '5', '6', '7', '8'] as const
export const tableHeader = [
  'Kode',
  'Jenis',
  'Indikator',
  'Ranah',
  'Level',
  'Soal',
  ...LETTERS.map((l) => `Opsi ${l}`),
  ...ROWS.map((r) => `Pernyataan ${r}`),
  'Kunci',
  'Pembahasan',
  'Tulisan',
]

/** One example row of each type that a row can hold, for the template that people fill. */
export const tableExamples: string[][] = itemTypes
  .flatMap((type) => {
    const { table } = kindOf(type).format
    return isLeftOut(table) ? [] : [{ type, ...table.example }]
  })
  .map(({ type, stem, options, rows, key }, i) => [
    `CONTOH-${i + 1}`,
    itemTypeNames[type],
    '4.1.1',
    'KODE-RANAH',
    'L2',
    stem,
    ...LETTERS.map((l) => options[l] ?? ''),
    ...ROWS.map((_, r) => rows[r] ?? ''),
    key,
    'Tulis alasan kunci dan mengapa pengecoh menarik.',
    '',
  ])

const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
const typeOf = (words: string): ItemType | null =>
  itemTypes.find((t) => plain(t) === plain(words) || plain(itemTypeNames[t]) === plain(words)) ??
  (/^(pg|pilihanganda)$/.test(plain(words)) ? 'single' : null)
/** Fields of one item from its cells, by type. Throws `Refused` with a sentence. */
function fieldsOf(type: ItemType, cells: Cells): Record<string, unknown> {
  const { table } = kindOf(type).format
  if (isLeftOut(table)) throw new Refused(`Jenis "${itemTypeNames[type]}" tidak dapat ditulis dalam templat Excel.`)
  return table.read(cells)
}

/** What a cell, or a whole row (`column` null), holds and its text does not say, by row and column from 0: `refused`, the item cannot be read; `loss`, something of it went. */
export type CellLoss = { row: number; column: number | null; words: string; kind: 'refused' | 'loss' }

/** Other names that people give to columns. */
const NAMES: Record<string, string[]> = {
  soal: ['soal', 'pertanyaan', 'butirsoal', 'tekssoal'],
  kunci: ['kunci', 'kuncijawaban', 'jawabanbenar', 'jawaban'],
  ...Object.fromEntries(
    LETTERS.map((l) => [plain(`Opsi ${l}`), ['opsi', 'pilihan', 'jawaban', 'option', ''].map((n) => plain(`${n} ${l}`))]),
  ),
}
const columnOf = (head: readonly string[], name: string): number => {
  const names = NAMES[plain(name)] ?? [plain(name)]
  return names.map((n) => head.indexOf(n)).find((at) => at >= 0) ?? -1
}

/** Whether a row names the columns of items. */
export const hasItemHeader = (row: readonly string[]): boolean => {
  const head = row.map(plain)
  return columnOf(head, 'Soal') >= 0 && columnOf(head, 'Kunci') >= 0
}

const KNOWN = tableHeader.map((name) => name)

/** Rows of a filled template. Columns are found by their heads, in any order; `runs` are cells with raised, lowered or underlined text. */
export function readTable(
  rows: readonly string[][],
  losses: readonly CellLoss[] = [],
  runs: ReadonlyMap<string, CellRun[]> = new Map(),
): ReadFile {
  const format = 'xlsx'
  const headAt = rows.findIndex(hasItemHeader)
  if (headAt < 0) {
    const first = rows.find((r) => r.filter((c) => c.trim()).length > 1)?.filter((c) => c.trim())
    const seen = first
      ? ` Kolom yang ditemukan: ${first
          .slice(0, 12)
          .map((c) => c.trim().slice(0, 30))
          .join(', ')}.`
      : ''
    return { format, items: [], refused: `Buku kerja ini tidak mempunyai kolom "Soal" dan "Kunci".${seen} Unduh templatnya, lalu isi.` }
  }
  const heads = rows[headAt]!
  const head = heads.map(plain)
  const known = new Map(KNOWN.map((name) => [columnOf(head, name), name]))
  const items = rows.slice(headAt + 1).flatMap((row, i): ReadItem[] => {
    const at = headAt + i + 1
    const shown = (name: string) => (row[columnOf(head, name)] ?? '').trim()
    if (!row.some((c) => c.trim()) || shown('Kode').startsWith('CONTOH-')) return []
    const line = at + 1
    const ours = shown('Tulisan').toLowerCase() === OURS
    /** A text that is shown to somebody, in our own writing. */
    const cell = (name: string) => {
      const text = shown(name)
      return ours || !text ? text : asMarkup(runs.get(`${at}:${columnOf(head, name)}`) ?? [{ text }]).trim()
    }
    const stem = cell('Soal')
    const id = shown('Kode') || String(line)
    const cells: Cells = {
      options: Object.fromEntries(LETTERS.map((l) => [l, inOneLine(cell(`Opsi ${l}`))] as const).filter(([, t]) => t)),
      rows: ROWS.map((r) => inOneLine(cell(`Pernyataan ${r}`))).filter(Boolean),
      key: shown('Kunci'),
    }
    const about = { indicator: shown('Indikator'), domain: shown('Ranah'), level: shown('Level').toUpperCase() }
    const said = losses.filter((l) => l.row === at && (l.column === null || head[l.column] || l.kind === 'loss'))
    const where = (l: CellLoss) => (l.column === null ? l.words : `Kolom "${heads[l.column]?.trim() || 'tanpa kepala'}": ${l.words}`)
    const item = withProblems(
      { id, title: shown('Soal').slice(0, 60), line, problems: said.filter((l) => l.kind === 'loss').map(where) },
      () => {
        const broken = said.find((l) => l.kind === 'refused')
        if (broken) throw new Refused(where(broken))
        if (!stem) throw new Refused('Kolom "Soal" kosong.')
        const words = shown('Jenis')
        const type = words ? typeOf(words) : 'single'
        if (!type) throw new Refused(`Jenis "${words}" tidak dikenal. Pilihan: ${itemTypes.map((t) => itemTypeNames[t]).join(', ')}.`)
        const parsed = BankItem.safeParse({
          code: 'X',
          indicator: '1.1.1',
          domain: 'X',
          level: 'L1',
          rationale: 'x',
          type,
          stem,
          ...fieldsOf(type, cells),
        })
        if (!parsed.success) throw new Refused(sentence(parsed.error.issues[0]?.path.join('.') ?? ''))
        try {
          const { content, scoring } = compileItem(parsed.data, (name) => {
            throw new Refused(`Gambar ${name} tidak dapat ikut dalam buku kerja; tambahkan sesudah impor.`)
          })
          return {
            content,
            scoring,
            title: titleOf(content.stem),
            rationale: cell('Pembahasan'),
            ...(about.indicator || about.domain || about.level ? { about } : {}),
          }
        } catch (error) {
          if (error instanceof BankProblem)
            throw new Refused(`${error.message.replace(/^X: /, '').replace(/^\w/, (c) => c.toUpperCase())}.`)
          throw error
        }
      },
    )
    const { table } = kindOf(item.content?.type ?? 'single').format
    const steering = new Set([...STEERING, ...(!isLeftOut(table) && table.settings ? ROWS.map((r) => `Pernyataan ${r}`) : [])])
    const looks = new Map(said.flatMap((l) => (l.kind === 'loss' && l.column !== null ? [[l.column, where(l)] as const] : [])))
    return [
      settle(item, piecesOf(row, heads, known, steering, looks), ours ? (row.join(' ').match(/[\\$*`~^[\]|!@_-]/g) ?? []) : skipsOf(row)),
    ]
  })
  return items.length ? { format, items } : { format, items, refused: 'Buku kerja ini tidak memuat butir di bawah kepalanya.' }
}

/** What stands in the last column of rows that we wrote ourselves. */
const OURS = 'petaguru'

const inOneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ')

/** Columns whose words steer the reading and are no words of the item. */
const STEERING = new Set(['Kode', 'Jenis', 'Kunci', 'Tulisan'])

/** The cells of a row with their heads, and with what of their form went (`looks`, by column). A cell under a head that nobody knows is a loss by its name. */
function piecesOf(
  row: readonly string[],
  heads: readonly string[],
  known: ReadonlyMap<number, string>,
  steering: ReadonlySet<string>,
  looks: ReadonlyMap<number, string>,
): Piece[] {
  return row.flatMap((text, c): Piece[] => {
    if (!text.trim()) return []
    const name = known.get(c)
    const title = heads[c]?.trim() ?? ''
    const label: Piece = { v: `${name ?? (title || 'Tanpa kepala')}: `, skip: 'nama kolom' }
    if (!name && /^(no|nomor|no urut)\.?$/i.test(title)) return [label, { v: text, skip: 'nomor' }, BREAK]
    if (!name) return [label, { v: text, lost: `Kolom “${title || 'tanpa kepala'}” tidak dikenal dan tidak dibaca.` }, BREAK]
    const look = looks.get(c)
    return [label, steering.has(name) ? { v: text, skip: name.toLowerCase() } : look ? { v: text, look } : { v: text }, BREAK]
  })
}

/** Fences of formulas, and the signs of lists of answers. */
const skipsOf = (row: readonly string[]): string[] => row.join(' ').match(/\\\(|\\\)|\\\[|\\\]|\$\$/g) ?? []

const sentence = (path: string): string =>
  ({
    options: 'Opsi belum terisi dengan benar: sedikitnya Opsi A dan Opsi B.',
    key: 'Kolom "Kunci" belum terisi dengan benar.',
    answers: 'Kolom "Kunci" belum memuat jawaban.',
    statements: 'Pernyataan belum terisi: sedikitnya dua.',
    steps: 'Langkah belum terisi: sedikitnya dua, dalam urutan yang benar.',
    premises: 'Pernyataan belum terisi: sedikitnya dua.',
  })[path.split('.')[0]!] ?? `Isian ${path} tidak dapat dibaca.`

/** Rows of items for the workbook; what a row cannot hold is told by code and reason. */
export function writeTable(entries: readonly Entry[]): { rows: string[][]; left: { code: string; why: string }[] } {
  const left: { code: string; why: string }[] = []
  const rows = entries.flatMap((e): string[][] => {
    const f = BankItem.parse({
      code: 'X',
      indicator: '1.1.1',
      domain: 'X',
      level: 'L1',
      rationale: 'x',
      ...itemFields(e.content, e.scoring, (name) => name),
    })
    const leave = (why: string): string[][] => {
      left.push({ code: e.code, why })
      return []
    }
    if (JSON.stringify([e.content, e.stimulus]).includes('"media"')) return leave('bergambar atau bersuara')
    if (e.stimulus) return leave('memakai stimulus bersama')
    const { table } = kindOf(f.type).format
    if (isLeftOut(table)) return leave(table.left)
    const cells = table.write(f)
    if (isLeftOut(cells)) return leave(cells.left)
    const { options = {}, rows: statements = [], key = '' } = cells
    if (Object.keys(options).length > LETTERS.length || statements.length > ROWS.length) return leave('terlalu banyak opsi atau pernyataan')
    return [
      [
        e.code,
        itemTypeNames[f.type],
        e.about.indicator,
        e.about.domain,
        e.about.level,
        f.stem,
        ...LETTERS.map((l) => options[l] ?? ''),
        ...ROWS.map((_, i) => statements[i] ?? ''),
        key,
        e.rationale,
        OURS,
      ],
    ]
  })
  return { rows, left }
}
