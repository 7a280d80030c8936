import * as XLSX from '@e965/xlsx'
import ExcelJS from 'exceljs'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readSheets, type SheetOptions } from '@/lib/platform/sheet'
import { agrees } from '@/lib/platform/file-kind'

const read = async (bytes: Buffer, options: Partial<SheetOptions> = {}) => {
  const file = await readSheets(bytes, { dates: 'iso', ...options })
  if (!file.ok) throw new Error(`${file.code}: ${file.message}`)
  return file.value
}
const codeOf = async (bytes: Buffer) => {
  const file = await readSheets(bytes, { dates: 'iso' })
  return file.ok ? 'read' : file.code
}
const TYPES = ['xlsx', 'xlsb', 'biff8', 'biff5', 'ods', 'xlml'] as const
type Book = { [sheet: string]: XLSX.WorkSheet }
function written(sheets: Book, bookType: XLSX.BookType, hidden: string[] = []): Buffer {
  const book = XLSX.utils.book_new()
  for (const [name, sheet] of Object.entries(sheets)) XLSX.utils.book_append_sheet(book, sheet, name)
  book.Workbook = { Sheets: Object.keys(sheets).map((name) => ({ name, Hidden: hidden.includes(name) ? 1 : 0 })) }
  return XLSX.write(book, { type: 'buffer', bookType, compression: true }) as Buffer
}
const cells = (...rows: XLSX.CellObject[][]): XLSX.WorkSheet => {
  const sheet = XLSX.utils.aoa_to_sheet([[]])
  rows.forEach((row, r) => row.forEach((cell, c) => (sheet[XLSX.utils.encode_cell({ r, c })] = cell)))
  sheet['!ref'] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows.length - 1, c: Math.max(...rows.map((r) => r.length)) - 1 } })
  return sheet
}
/** A workbook with one part changed. */
function changed(bytes: Buffer, part: string, change: (xml: string) => string): Buffer {
  const parts = unzipSync(new Uint8Array(bytes))
  return Buffer.from(zipSync({ ...parts, [part]: strToU8(change(strFromU8(parts[part]!))) }))
}

describe('every cell of a workbook', () => {
  it.each(TYPES)('is told again from a file written as %s', { timeout: 60_000 }, async (type) => {
    const text = fc
      .stringMatching(/^[A-Za-zÀ-ÿ0-9 .,;'"&<>()/_$*^~-]{1,20}$/)
      .filter((t) => type !== 'biff5' || /^[ -~]*$/.test(t)) // its writer has no letters beyond
      .filter((t) => t.trim() === t && t !== '' && !/^'|_x/.test(t) && !/ {2}/.test(t))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.oneof(text, fc.constant('')), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 12 }),
        async (rows) => {
          fc.pre(rows.some((r) => r.some(Boolean)))
          // A blank stays a blank cell and not an empty text.
          const sheet = XLSX.utils.aoa_to_sheet(rows.map((r) => r.map((c) => (c === '' ? null : c))))
          const file = await read(written({ Data: sheet }, type))
          const told = file.sheets[0]!
          expect(told.problems).toEqual([])
          rows.forEach((row, r) => row.forEach((cell, c) => expect(told.rows[r]?.[c] ?? '').toBe(cell)))
        },
      ),
      { numRuns: 25 },
    )
  })
  it.each(['xlsx', 'xlsb', 'biff8', 'xlml'] as const)('shows what its format shows, in %s', async (type) => {
    const sheet = cells([
      { t: 'n', v: 0.25, z: '0%' },
      { t: 'n', v: 1500000, z: '"Rp"#,##0' },
      { t: 'n', v: 16666, z: 'dd mmmm yyyy' },
      { t: 'n', v: 7.5 / 24, z: 'h:mm' },
      { t: 'n', v: 2.5, z: '0.00' },
      { t: 'n', v: 123456, z: '00000000' },
      { t: 'e', v: 42, w: '#N/A' },
      { t: 'n', v: 198609262015052000 },
      { t: 'n', v: 0.1 + 0.2 },
    ])
    const { sheets } = await read(written({ A: sheet }, type), { dates: 'shown' })
    expect(sheets[0]!.rows[0]).toEqual(['25%', 'Rp1.500.000', '17 Agustus 1945', '07.30', '2,50', '00123456', '#N/A', '1,98609E+17', '0,3'])
    expect(sheets[0]!.problems.map((p) => [p.column, p.kind])).toEqual([
      [6, 'error'],
      [7, 'damaged'],
    ])
  })
  it('is named when it lies beyond the columns that are read', async () => {
    const wide = Array.from({ length: 230 }, (_, i) => `k${i}`)
    for (const bytes of [written({ A: XLSX.utils.aoa_to_sheet([wide]) }, 'xlsx'), Buffer.from(wide.join(';'))]) {
      const { sheets } = await read(bytes)
      expect(sheets[0]!.rows[0]).toHaveLength(200)
      expect(sheets[0]!.problems).toMatchObject([{ row: 0, kind: 'beyond', text: expect.stringContaining('k200') }])
    }
  })
  it('is missed aloud when the reader gives fewer cells than the file holds', async () => {
    const twice = changed(
      written(
        {
          A: XLSX.utils.aoa_to_sheet([
            ['a', 'b'],
            ['c', 'd'],
          ]),
        },
        'xlsx',
      ),
      'xl/worksheets/sheet1.xml',
      (xml) => xml.replace('</row>', `<c r="A1" t="str"><v>z</v></c></row>`),
    )
    expect((await read(twice)).sheets[0]!.problems).toMatchObject([{ kind: 'unread', text: '1' }])
  })
  it('stands in its own place although a shared string before it is an empty element', async () => {
    const bytes = readFileSync('tests/fixtures/roster/R17-excel-3.xlsx')
    const whole = (await read(bytes)).sheets[0]!.rows
    const bare = changed(bytes, 'xl/sharedStrings.xml', (xml) => xml.replace(/<si><t[^>]*>No<\/t><\/si>/, '<si/>'))
    expect((await read(bare)).sheets[0]!.rows).toEqual(whole.map((row, r) => (r === 0 ? ['', ...row.slice(1)] : row)))
  })
})

describe('raised, lowered and underlined text', () => {
  it('is told for pieces of a cell and for cells whose style says it', async () => {
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('A')
    sheet.addRow([
      {
        richText: [
          { text: 'H' },
          { text: '2', font: { vertAlign: 'subscript' } },
          { text: 'O & ' },
          { text: 'air', font: { underline: true } },
        ],
      },
      'semua',
      'biasa',
      'naik',
    ])
    sheet.getCell('B1').font = { underline: true }
    sheet.getCell('D1').font = { vertAlign: 'superscript' }
    const { sheets } = await read(Buffer.from(await book.xlsx.writeBuffer()), { dates: 'shown' })
    expect(sheets[0]!.rows).toEqual([['H2O & air', 'semua', 'biasa', 'naik']])
    expect([...sheets[0]!.runs]).toEqual([
      ['0:0', [{ text: 'H' }, { text: '2', mark: 'sub' }, { text: 'O & ' }, { text: 'air', mark: 'underline' }]],
      ['0:1', [{ text: 'semua', mark: 'underline' }]],
      ['0:3', [{ text: 'naik', mark: 'sup' }]],
    ])
  })
})

describe('sheets of a workbook', () => {
  it.each(['xlsx', 'xlsb', 'biff8', 'xlml'] as const)('are told with what is hidden, in %s', async (type) => {
    const { sheets } = await read(
      written({ Tampak: XLSX.utils.aoa_to_sheet([['a']]), Lama: XLSX.utils.aoa_to_sheet([['b']]) }, type, ['Lama']),
    )
    expect(sheets.map((s) => [s.name, s.hidden])).toEqual([
      ['Tampak', false],
      ['Lama', true],
    ])
  })
  it('are told with what is hidden in an .ods, where a style says it', async () => {
    const bytes = changed(
      written({ Tampak: XLSX.utils.aoa_to_sheet([['a']]), 'Lama & kosong': XLSX.utils.aoa_to_sheet([['b']]) }, 'ods'),
      'content.xml',
      (xml) =>
        xml
          .replace(
            '</office:automatic-styles>',
            '<style:style style:name="tersembunyi" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>',
          )
          .replace(/<table:table table:name="Lama[^>]*>/, '<table:table table:name="Lama &amp; kosong" table:style-name="tersembunyi">'),
    )
    expect((await read(bytes)).sheets.map((s) => [s.name, s.hidden])).toEqual([
      ['Tampak', false],
      ['Lama & kosong', true],
    ])
  })
})

describe('text files', () => {
  it.each([
    ['mixed ends', 'a;b\r\n1;2\n3;4\r5;6'],
    ['old ends', 'a;b\r1;2\r3;4\r5;6'],
    ['new ends', 'a;b\n1;2\n3;4\n5;6\n'],
  ])('with %s lose no row', async (_name, text) => {
    const { sheets } = await read(Buffer.from(text))
    expect(sheets[0]!.rows.filter((r) => r.some(Boolean))).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ])
  })
  it('are parted by the sign under which the columns are known, whatever stands in names', async () => {
    const known = (rows: string[][]) => Math.max(...rows.map((r) => r.filter((c) => /^(nama|npsn)$/i.test(c)).length))
    for (const sign of [';', '\t', '|', ','])
      expect((await read(Buffer.from(`Nama${sign}NPSN\n"A, B; C | D, E"${sign}1`), { columnsKnown: known })).sheets[0]!.rows[1]).toEqual([
        'A, B; C | D, E',
        '1',
      ])
  })
  it.each([
    ['UTF-16 with its mark', Buffer.from('\uFEFFNama;Kota\nMa’ruf;Metro', 'utf16le')],
    ['UTF-16 without', Buffer.from('Nama;Kota\nMa’ruf;Metro', 'utf16le')],
    ['UTF-16 the other way round', Buffer.from('\uFEFFNama;Kota\nMa’ruf;Metro', 'utf16le').swap16()],
    ['Windows letters', Buffer.from('Nama;Kota\nMa\x92ruf;Metro', 'latin1')],
    ['UTF-8', Buffer.from('\uFEFFNama;Kota\nMa’ruf;Metro')],
  ])('in %s are read', async (_name, bytes) => {
    expect((await read(bytes)).sheets[0]!.rows[1]).toEqual(['Ma’ruf', 'Metro'])
    expect(agrees('guru.csv', bytes)).toBe(true)
  })
  it('say it when a sign that was never closed swallowed the rows behind it', async () => {
    const { sheets } = await read(Buffer.from('Nama;NUPTK;Kota\nAni;1;Metro\n"Budi;2;Metro\nCici;3;Metro\nDedi";4;Metro'))
    expect(sheets[0]!.problems).toMatchObject([{ row: 2, column: 0, kind: 'quote' }])
  })
})

describe('tables in HTML and XML', () => {
  it('keep zeros, digits and letters as they stand there', async () => {
    const html =
      '<html><meta charset="utf-8"><table><tr><td>Nama</td><td>NUPTK</td></tr><tr><td>José &amp; Ani</td><td>0417755656300013</td></tr></table></html>'
    expect((await read(Buffer.from(html))).sheets[0]!.rows).toEqual([
      ['Nama', 'NUPTK'],
      ['José & Ani', '0417755656300013'],
    ])
    const xml = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="G"><Table><Row><Cell><Data ss:Type="String">José</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">0417755656300013</Data></Cell></Row></Table></Worksheet></Workbook>`
    expect((await read(Buffer.from(xml))).sheets[0]!.rows).toEqual([['José', '', '0417755656300013']])
    for (const name of ['guru.xls', 'guru.html', 'guru.xml']) expect(agrees(name, Buffer.from(html))).toBe(true)
  })
  it('that are none are refused', async () => {
    expect(await codeOf(Buffer.from('<html><body>Halo</body></html>'))).toBe('kind')
    expect(await codeOf(Buffer.from('<?xml version="1.0"?><quiz></quiz>'))).toBe('kind')
  })
})

describe('files that mean harm', () => {
  it('an .ods that repeats a cell a billion times is refused', async () => {
    const bytes = changed(written({ A: XLSX.utils.aoa_to_sheet([['a']]) }, 'ods'), 'content.xml', (xml) =>
      xml
        .replace('<table:table-row', '<table:table-row table:number-rows-repeated="1000000"')
        .replace('<table:table-cell', '<table:table-cell table:number-columns-repeated="1000"'),
    )
    expect(await codeOf(bytes)).toBe('huge')
  })
  it('a table whose row or column lies beyond every sheet is refused or cut, and not waited for', { timeout: 20_000 }, async () => {
    const xml = (row: string) =>
      Buffer.from(
        `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="G"><Table>${row}</Table></Worksheet></Workbook>`,
      )
    expect(await codeOf(xml('<Row ss:Index="900000000"><Cell><Data ss:Type="String">a</Data></Cell></Row>'))).toMatch(/huge|broken/)
    expect(
      await codeOf(
        xml('<Row><Cell><Data ss:Type="String">b</Data></Cell><Cell ss:Index="900000000"><Data ss:Type="String">a</Data></Cell></Row>'),
      ),
    ).toMatch(/read|huge|broken/)
    expect(await codeOf(Buffer.from(`<table><tr><td colspan="900000000">a</td><td>b</td></tr></table>`))).toMatch(/read|huge|broken/)
  })
  it('an .xls or .xlsb with two million cells and more is refused before anything is made of them', { timeout: 60_000 }, async () => {
    // One record of the old format stands for 250 blank cells of a row.
    const record = Buffer.alloc(4 + 506)
    record.writeUInt16LE(0xbe, 0)
    record.writeUInt16LE(506, 2)
    const old = XLSX.CFB.utils.cfb_new()
    XLSX.CFB.utils.cfb_add(old, '/Workbook', Buffer.concat(Array.from({ length: 8_500 }, () => record)))
    expect(await codeOf(XLSX.CFB.write(old, { type: 'buffer' }) as Buffer)).toBe('huge')
    const parts = unzipSync(new Uint8Array(written({ A: XLSX.utils.aoa_to_sheet([['a']]) }, 'xlsb')))
    parts['xl/worksheets/sheet1.bin'] = new Uint8Array(Buffer.alloc(21_000_000, Buffer.from([1, 8, 0, 0, 0, 0, 0, 0, 0, 0])))
    expect(await codeOf(Buffer.from(zipSync(parts)))).toBe('huge')
  })
})

describe('the same file', () => {
  const folder = 'tests/fixtures/roster'
  it('is read the same every time, in whichever order its writer packed it', { timeout: 900_000 }, async () => {
    const runs = Number(process.env['SHEET_RUNS'] ?? 12)
    for (const name of readdirSync(folder).filter((f) => /^(R17-\w+-30|R16-openpyxl-30|R13\w*-.*|own-template|R04.*)\.xlsx$/.test(f))) {
      const bytes = readFileSync(`${folder}/${name}`)
      // Sets and maps and all: hidden rows, raised letters, struck cells.
      const whole = async () =>
        JSON.stringify(await read(bytes), (_, held: unknown) => (held instanceof Set || held instanceof Map ? [...held] : held))
      const first = await whole()
      expect(first.length, name).toBeGreaterThan(200)
      for (let i = 1; i < runs; i++) expect((await whole()) === first, `${name}, run ${i}`).toBe(true)
    }
  })
})
