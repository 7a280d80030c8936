import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as clean from '@/lib/roster/clean'
import { readSheets } from '@/lib/platform/sheet'
import { numberText } from '@/lib/platform/sheet-cell'
import { columnsKnown, findHeader } from '@/lib/roster/header'
import ExcelJS from 'exceljs'

describe('an identifier', () => {
  const nip = (raw: string) => clean.cleanNip(raw)
  it('loses text marks, dots and spaces, and says so', () => {
    expect(nip("'19860926 201505 2 001")).toMatchObject({ value: '198609262015052001', repaired: expect.stringContaining('dibuang') })
    expect(nip('198609262015052001')).toEqual({ value: '198609262015052001' })
  })
  it('gets lost leading zeros back, but not more than two', () => {
    expect(clean.cleanNuptk('123456789012345')).toMatchObject({
      value: '0123456789012345',
      repaired: expect.stringContaining('nol'),
    })
    expect(clean.cleanNuptk('1234567890123')).toMatchObject({ value: null, error: expect.stringContaining('13 angka') })
  })
  it.each(['1,98609E+17', '1.98609E+17', '1.98609e+17'])('broken by Excel as %s is refused with the way out', (raw) => {
    expect(nip(raw).error).toMatch(/dirusak Excel.*Teks/)
  })
  it.each(['', '-', ' ', 'null', '0'])('written as %j counts as absent', (raw) => expect(nip(raw)).toEqual({ value: null }))
  it('survives whatever spaces and invisible marks stand between its digits', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(' ', '\u00A0', '\u200B', '.', "'"), { maxLength: 20 }), (noise) => {
        const digits = '198609262015052001'
        const dirty = [...digits].map((d, i) => d + (noise[i] ?? '')).join('')
        expect(nip(dirty).value).toBe(digits)
      }),
    )
  })
})

describe('a birth date', () => {
  it.each([
    ['1986-09-26', '1986-09-26'],
    ['26/09/1986', '1986-09-26'],
    ['26-9-1986', '1986-09-26'],
    ['26 September 1986', '1986-09-26'],
    ['1986-09-26T00:00:00', '1986-09-26'],
    ["'26/09/1986", '1986-09-26'],
  ])('written %s is read %s', (raw, iso) => expect(clean.cleanDate(raw, null).value).toBe(iso))
  it('written month first is recognised when the day is impossible, or when the NIP says so', () => {
    expect(clean.cleanDate('09/26/1986', null)).toMatchObject({ value: '1986-09-26', repaired: expect.stringContaining('bulan/hari') })
    expect(clean.cleanDate('03/04/1986', '198603042015052001')).toMatchObject({
      value: '1986-03-04',
      repaired: expect.stringContaining('NIP'),
    })
    expect(clean.cleanDate('03/04/1986', '198604032015052001')).toEqual({ value: '1986-04-03' })
  })
  it('left as a day number by Excel becomes a date again', () =>
    expect(clean.cleanDate('31681', null)).toMatchObject({ value: '1986-09-26', repaired: expect.any(String) }))
  it.each(['31/02/1980', 'kemarin', '01/01/1800'])('that cannot be (%s) is emptied with a warning', (raw) =>
    expect(clean.cleanDate(raw, null)).toMatchObject({ value: null, warning: expect.any(String) }),
  )
})

describe('other cells', () => {
  it('names lose degrees and hidden spaces', () => {
    expect(clean.cleanName('  Siti\u00A0 Rahayu, S.Pd., M.Pd. ')).toMatchObject({ value: 'Siti Rahayu', title: 'S.Pd., M.Pd.' })
    expect(clean.cleanName('Drs. Budi Santoso')).toMatchObject({ value: 'Budi Santoso', title: 'Drs.' })
    expect(clean.cleanName('Wayan Sudarma')).toEqual({ value: 'Wayan Sudarma', title: null })
    expect(clean.cleanName('')).toMatchObject({ error: expect.any(String) })
  })
  it.each([
    ['PNS', 'PNS'],
    ['PPPK Paruh Waktu', 'PPPK Paruh Waktu'],
    ['PPPK', 'PPPK'],
    ['GTY/PTY', 'GTY'],
    ['Honor Daerah TK.I Provinsi', 'Honor'],
    ['Guru Honor Sekolah', 'Honor'],
    ['Non ASN', 'Honor'],
    ['Non-ASN', 'Honor'],
    ['Bukan PNS', 'Honor'],
  ])('status %s is reported as %s', (raw, group) => expect(clean.cleanStatus(raw).value).toBe(group))
  it('phones are written 08…', () =>
    expect(['+62 812-3456-7890', '81234567890', '081234567890'].map((p) => clean.cleanPhone(p).value)).toEqual([
      '081234567890',
      '081234567890',
      '081234567890',
    ]))
  it('NPSN stays text', () => {
    expect(clean.cleanNpsn('P9908765')).toEqual({ value: 'P9908765' })
    expect(clean.cleanNpsn('0807070')).toMatchObject({ value: '00807070' })
    expect(clean.cleanNpsn('123')).toMatchObject({ error: expect.any(String) })
  })
  it('a number beyond fifteen digits shows as the broken power that Excel left', () => {
    const shown = (value: number, format = 'General') => numberText(value, format, 'iso', false)
    expect(shown(198609262015052000)).toEqual({ text: '1,98609E+17', problem: 'damaged' })
    expect(shown(1234567890123450)).toMatchObject({ text: expect.stringMatching(/E\+15$/), problem: 'damaged' })
    expect(shown(1234567890123456)).toEqual({ text: '1234567890123456' })
    expect(shown(81234567890)).toEqual({ text: '81234567890' })
    expect(shown(81234567890, '0.00E+00')).toEqual({ text: '81234567890' })
  })
})

describe('a file', () => {
  const read = async (bytes: Buffer) => {
    const file = await readSheets(bytes, { dates: 'iso', columnsKnown })
    return file.ok ? file.value.sheets : file.code
  }
  const refusal = async (bytes: Buffer) => {
    const found = await read(bytes)
    return typeof found === 'string' ? found : null
  }
  const rowsOf = async (bytes: Buffer) => {
    const found = await read(bytes)
    if (typeof found === 'string') throw new Error(found)
    return found.map((s) => s.rows)
  }
  it('that is locked, broken, a PDF, empty or huge is refused in words', async () => {
    expect(await refusal(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]))).toBe('broken')
    expect(await refusal(Buffer.from('PK\u0003\u0004 rusak'))).toBe('broken')
    expect(await refusal(Buffer.from('%PDF-1.7'))).toBe('kind')
    expect(await refusal(Buffer.alloc(0))).toBe('empty')
    expect(await refusal(Buffer.alloc(21 * 1024 * 1024, 'a'))).toBe('huge')
    expect(await refusal(Buffer.from([1, 2, 0, 3, 0, 0]))).toBe('kind')
  })
  it('with macros, or a zip that unpacks into a bomb, is refused before anything is inflated', async () => {
    const { zipSync, strToU8 } = await import('fflate')
    expect(await refusal(Buffer.from(zipSync({ 'xl/workbook.xml': strToU8('<x/>'), 'xl/vbaProject.bin': strToU8('x') })))).toBe('macro')
    // Half a gigabyte by its own table of contents; making it for real takes longer than the whole file of tests.
    const bomb = Buffer.from(zipSync({ 'xl/workbook.xml': strToU8('<x/>'), 'xl/worksheets/sheet1.xml': strToU8('<y/>') }))
    const entry = bomb.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'))
    bomb.writeUInt32LE(450 * 1024 * 1024, entry + 24)
    expect(await refusal(bomb)).toMatch(/huge/)
    expect(await refusal(Buffer.from(zipSync({ 'word/document.xml': strToU8('<x/>') })))).toBe('kind')
  })
  it('as CSV is read with any delimiter, a BOM, or Windows letters', async () => {
    for (const text of ['\uFEFFNama;NUPTK\nSiti;1', 'Nama,NUPTK\nSiti,1', 'Nama\tNUPTK\nSiti\t1', 'Nama|NUPTK\nSiti|1'])
      expect(await rowsOf(Buffer.from(text))).toEqual([
        [
          ['Nama', 'NUPTK'],
          ['Siti', '1'],
        ],
      ])
    const windows = Buffer.concat([Buffer.from('Nama;NUPTK\nJos'), Buffer.from([0xe9, 0x92]), Buffer.from(';1')])
    expect((await rowsOf(windows))[0]![1]).toEqual(['José’', '1'])
  })
  it('as a workbook is read sheet by sheet, dates and rich text included', async () => {
    const book = new ExcelJS.Workbook()
    book.addWorksheet('Kosong')
    book.addWorksheet('Isi').addRows([
      ['Nama', 'NUPTK', 'Tanggal Lahir'],
      [{ richText: [{ text: 'Si' }, { text: 'ti' }] }, '0123456789012345', new Date('1986-09-26')],
    ])
    expect((await rowsOf(Buffer.from(await book.xlsx.writeBuffer())))[1]![1]).toEqual(['Siti', '0123456789012345', '1986-09-26'])
  })
  it('has its header found below title rows, with headers matched loosely', () => {
    const found = findHeader([
      ['Daftar Guru'],
      ['SMAN 1 Liwa'],
      [],
      ['No', 'NAMA LENGKAP ', 'N U P T K', 'Jenis Kelamin', 'Tgl. Lahir', 'Nama Ibu Kandung'],
    ])
    expect(found).toMatchObject({ row: 3, dapodik: true, dropped: ['Nama Ibu Kandung'] })
    expect([...found!.columns.keys()]).toEqual(['name', 'nuptk', 'sex', 'birthDate'])
    expect(
      findHeader([
        ['Nilai', 'Kelas'],
        ['80', 'X'],
      ]),
    ).toBeNull()
  })
})
