import { BankItem, BankProblem } from '../bank'
import { compileItem } from '../bank-item'
import { itemFields } from '../decompile'
import { itemTypeNames, itemTypes, type ItemType } from '../model'
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

/** One example row of each type, for the template that people fill. */
export const tableExamples: string[][] = [
  example('CONTOH-1', 'single', 'Ibu kota Provinsi Lampung adalah …', ['Bandar Lampung', 'Metro', 'Liwa', 'Krui'], [], 'A'),
  example(
    'CONTOH-2',
    'multiple',
    'Kota berikut yang berstatus kota otonom adalah …',
    ['Bandar Lampung', 'Metro', 'Liwa', 'Krui'],
    [],
    'A, B',
  ),
  example('CONTOH-3', 'truefalse', 'Tentukan benar atau salah.', [], ['$2 + 2 = 4$', 'Air membeku pada 10 °C.'], 'B, S'),
  example('CONTOH-4', 'matching', 'Jodohkan kata dengan lawannya.', ['rendah', 'sempit', 'dangkal'], ['tinggi', 'luas'], '1-A; 2-B'),
  example('CONTOH-5', 'ordering', 'Urutkan tahap metamorfosis kupu-kupu.', [], ['telur', 'ulat', 'kepompong', 'kupu-kupu'], ''),
  example('CONTOH-6', 'short', 'Proses tumbuhan membuat makanan disebut …', [], [], 'fotosintesis | asimilasi karbon'),
  example('CONTOH-7', 'numeric', 'Luas persegi bersisi 3,5 cm adalah … cm².', [], [], '12,25 ± 0,01 cm² | cm2'),
  example('CONTOH-8', 'graded', 'Apa yang sebaiknya Anda lakukan?', ['diam', 'bertanya', 'menegur'], [], 'A=0; B=2; C=1'),
  example('CONTOH-9', 'likert', 'Saya menanyakan kabar murid yang tampak murung.', [], [], 'searah'),
]
function example(code: string, type: ItemType, stem: string, options: string[], rows: string[], key: string): string[] {
  const pad = (list: string[], n: number) => [...list, ...Array.from({ length: n - list.length }, () => '')]
  return [
    code,
    itemTypeNames[type],
    '4.1.1',
    'KODE-RANAH',
    'L2',
    stem,
    ...pad(options, LETTERS.length),
    ...pad(rows, ROWS.length),
    key,
    'Tulis alasan kunci dan mengapa pengecoh menarik.',
  ]
}

const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
const typeOf = (words: string): ItemType | null =>
  itemTypes.find((t) => plain(t) === plain(words) || plain(itemTypeNames[t]) === plain(words)) ??
  (/^(pg|pilihanganda)$/.test(plain(words)) ? 'single' : null)
const numberOf = (text: string): number =>
  Number(
    text
      .trim()
      .replace(/\.(?=\d{3}(\D|$))/g, '')
      .replace(',', '.'),
  )

type Cells = { options: Record<string, string>; rows: string[]; key: string }

/** Fields of one item from its cells, by type. Throws `Refused` with a sentence. */
function fieldsOf(type: ItemType, { options, rows, key }: Cells): Record<string, unknown> {
  const need = (ok: unknown, words: string) => {
    if (!ok) throw new Refused(words)
  }
  switch (type) {
    case 'single':
      return { options, key: key.trim().toUpperCase() }
    case 'multiple': {
      const all = /^semua\s*:/i.test(key)
      return {
        options,
        key:
          key
            .replace(/^semua\s*:/i, '')
            .toUpperCase()
            .match(/[A-H]/g) ?? [],
        ...(all ? { rule: 'all' } : {}),
      }
    }
    case 'truefalse': {
      const truths =
        key
          .toUpperCase()
          .match(/[A-Z]+/g)
          ?.map((w) => w.startsWith('B') || w === 'YA' || w.startsWith('SE')) ?? []
      need(
        truths.length === rows.length,
        `Kunci memuat ${truths.length} tanda, pernyataan ada ${rows.length}. Tulis B atau S untuk setiap pernyataan.`,
      )
      const labels = options.A && options.B ? { labels: [options.A, options.B] } : {}
      return { statements: rows.map((text, i) => ({ text, key: truths[i] })), ...labels }
    }
    case 'matching': {
      const pairs = new Map([...key.matchAll(/(\d)\s*[-=:]\s*([A-Ha-h])/g)].map((m) => [Number(m[1]), m[2]!.toUpperCase()]))
      need(pairs.size === rows.length, 'Kunci menjodohkan ditulis seperti "1-C; 2-A", satu pasangan untuk setiap pernyataan.')
      return { premises: rows, choices: options, pairs: rows.map((_, i) => pairs.get(i + 1)) }
    }
    case 'ordering':
      return { steps: rows }
    case 'short': {
      const exact = /^tepat\s*:/i.test(key)
      return {
        answers: key
          .replace(/^tepat\s*:/i, '')
          .split('|')
          .map((a) => a.trim())
          .filter(Boolean),
        ...(exact ? { exact: true } : {}),
      }
    }
    case 'numeric': {
      const m = /^\s*([-−+]?[\d.,]+)\s*(?:(?:±|\+\/-)\s*([\d.,]+))?\s*(.*)$/.exec(key)
      need(m && Number.isFinite(numberOf(m[1]!.replace('−', '-'))), 'Kunci angka ditulis seperti "12,5 ± 0,1 cm".')
      const units = m![3]!
        .split('|')
        .map((u) => u.trim())
        .filter(Boolean)
      return { answer: numberOf(m![1]!.replace('−', '-')), tolerance: m![2] ? numberOf(m![2]) : 0, ...(units.length ? { units } : {}) }
    }
    case 'graded': {
      const scores = new Map([...key.matchAll(/([A-Ha-h])\s*[=:]\s*(-?[\d.,]+)/g)].map((m) => [m[1]!.toUpperCase(), numberOf(m[2]!)]))
      need(
        Object.keys(options).every((l) => scores.has(l)),
        'Skor ditulis untuk setiap opsi, seperti "A=0; B=3; C=1".',
      )
      return { options: Object.fromEntries(Object.entries(options).map(([l, text]) => [l, { text, score: scores.get(l) }])) }
    }
    case 'likert': {
      const reversed = /terbalik|dibalik/i.test(key)
      need(reversed || /searah/i.test(key), 'Kunci skala Likert ditulis "searah" atau "terbalik".')
      return { reversed }
    }
    default:
      throw new Refused(`Jenis "${itemTypeNames[type]}" tidak dapat ditulis dalam templat Excel.`)
  }
}

/** Rows of a filled template. Columns are found by their heads, in any order. */
export function readTable(rows: readonly string[][]): ReadFile {
  const format = 'xlsx'
  const headAt = rows.findIndex((r) => r.some((c) => plain(c) === 'soal') && r.some((c) => plain(c) === 'kunci'))
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
    return [
      withProblems({ id, title: stem.slice(0, 60), line, problems: [] }, () => {
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

const decimal = (n: number) => String(n).replace('.', ',')

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
    const options: Record<string, string> = {}
    let statements: string[] = []
    let key = ''
    const leave = (why: string): string[][] => {
      left.push({ code: e.code, why })
      return []
    }
    if (JSON.stringify([e.content, e.stimulus]).includes('"media"')) return leave('bergambar atau bersuara')
    if (e.stimulus) return leave('memakai stimulus bersama')
    if ('points' in f && f.points) return leave('bobot opsinya tersendiri')
    switch (f.type) {
      case 'single':
        Object.assign(options, f.options)
        key = f.key
        break
      case 'multiple':
        Object.assign(options, f.options)
        key = `${f.rule ? 'semua: ' : ''}${f.key.join(', ')}`
        break
      case 'graded':
        for (const [l, o] of Object.entries(f.options)) options[l] = o.text
        key = Object.entries(f.options)
          .map(([l, o]) => `${l}=${decimal(o.score)}`)
          .join('; ')
        break
      case 'truefalse':
        statements = f.statements.map((s) => s.text)
        if (f.labels) [options.A, options.B] = f.labels
        key = f.statements.map((s) => (s.key ? 'B' : 'S')).join(', ')
        break
      case 'likert':
        key = f.reversed ? 'terbalik' : 'searah'
        break
      case 'matching':
        if (f.rule || f.pairs.some((p) => Array.isArray(p))) return leave('aturan menjodohkannya tersendiri')
        statements = f.premises
        Object.assign(options, f.choices)
        key = f.pairs.map((p, i) => `${i + 1}-${String(p)}`).join('; ')
        break
      case 'ordering':
        statements = f.steps
        break
      case 'short':
        if (f.answers.some((a) => typeof a !== 'string')) return leave('sebagian jawabannya bernilai sebagian')
        key = `${f.exact ? 'tepat: ' : ''}${f.answers.join(' | ')}`
        break
      case 'numeric':
        if (f.others) return leave('sebagian jawabannya bernilai sebagian')
        key = `${decimal(f.answer)}${f.tolerance ? ` ± ${decimal(f.tolerance)}` : ''}${f.units ? ` ${f.units.join(' | ')}` : ''}`
        break
      default:
        return leave(`jenis "${itemTypeNames[f.type]}"`)
    }
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
