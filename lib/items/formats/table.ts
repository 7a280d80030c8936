import { BankItem, compileItem } from '../bank-item'
import { BankProblem } from '../types/writing'
import { itemFields } from '../decompile'
import { itemTypeNames, itemTypes, type ItemType } from '../model'
import { isLeftOut, type Cells } from '../types/format'
import { kindOf } from '../types/kinds'
import { Refused, withProblems, type ReadFile, type ReadItem } from './read'
import { titleOf } from './html'
import type { Entry } from './entry'

/** The Excel template: one row an item, texts in our own writing. Pure: rows of text in, rows of text out. */
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

/** What a cell holds and its text does not say, by row and column from 0: `refused`, the item cannot be read; `loss`, something of it went. */
export type CellLoss = { row: number; column: number; words: string; kind: 'refused' | 'loss' }

/** Whether a row names the columns of items. */
export const hasItemHeader = (row: readonly string[]): boolean =>
  row.some((c) => plain(c) === 'soal') && row.some((c) => plain(c) === 'kunci')

/** Rows of a filled template. Columns are found by their heads, in any order. */
export function readTable(rows: readonly string[][], losses: readonly CellLoss[] = []): ReadFile {
  const format = 'xlsx'
  const headAt = rows.findIndex(hasItemHeader)
  if (headAt < 0)
    return { format, items: [], refused: 'Buku kerja ini tidak mempunyai kolom "Soal" dan "Kunci". Unduh templatnya, lalu isi.' }
  const head = rows[headAt]!.map(plain)
  const cell = (row: string[], name: string) => {
    const at = head.indexOf(plain(name))
    return at < 0 ? '' : (row[at] ?? '').trim()
  }
  const items = rows.slice(headAt + 1).flatMap((row, i): ReadItem[] => {
    if (!row.some((c) => c.trim()) || cell(row, 'Kode').startsWith('CONTOH-')) return []
    const line = headAt + i + 2
    const stem = cell(row, 'Soal')
    const id = cell(row, 'Kode') || String(line)
    const cells: Cells = {
      options: Object.fromEntries(LETTERS.map((l) => [l, cell(row, `Opsi ${l}`)] as const).filter(([, t]) => t)),
      rows: ROWS.map((r) => cell(row, `Pernyataan ${r}`)).filter(Boolean),
      key: cell(row, 'Kunci'),
    }
    const about = { indicator: cell(row, 'Indikator'), domain: cell(row, 'Ranah'), level: cell(row, 'Level').toUpperCase() }
    const said = losses.filter((l) => l.row === headAt + i + 1 && head[l.column])
    const where = (l: CellLoss) => `Kolom "${rows[headAt]![l.column]!.trim()}": ${l.words}`
    return [
      withProblems({ id, title: stem.slice(0, 60), line, problems: said.filter((l) => l.kind === 'loss').map(where) }, () => {
        const broken = said.find((l) => l.kind === 'refused')
        if (broken) throw new Refused(where(broken))
        if (!stem) throw new Refused('Kolom "Soal" kosong.')
        const words = cell(row, 'Jenis')
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
            rationale: cell(row, 'Pembahasan'),
            ...(about.indicator || about.domain || about.level ? { about } : {}),
          }
        } catch (error) {
          if (error instanceof BankProblem)
            throw new Refused(`${error.message.replace(/^X: /, '').replace(/^\w/, (c) => c.toUpperCase())}.`)
          throw error
        }
      }),
    ]
  })
  return items.length ? { format, items } : { format, items, refused: 'Buku kerja ini tidak memuat butir di bawah kepalanya.' }
}

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
      ],
    ]
  })
  return { rows, left }
}
