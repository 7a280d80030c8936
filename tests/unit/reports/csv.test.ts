import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { reportCsv } from '@/lib/reports/csv'
import { HIDDEN, reportData } from './data'

const text = reportCsv(reportData())
const rows = parse(text, { delimiter: ';', bom: true, columns: true }) as Record<string, string>[]
const find = (want: Record<string, string>) => rows.find((r) => Object.entries(want).every(([k, v]) => r[k] === v))

describe('the CSV of a report', () => {
  it('begins with a BOM and the names of its columns', () => {
    expect(text.split('\r\n')[0]).toBe('\ufeffbagian;tingkat;kode;nama;mapel;indikator;n;rata_rata;galat_baku;jumlah_guru;keadaan')
  })
  it('has one line for every figure: province, kabupaten, subjects and indicators of each part', () => {
    const count = (tingkat: string) => rows.filter((r) => r['tingkat'] === tingkat).length
    expect([count('provinsi'), count('kabupaten'), count('mapel×kabupaten'), count('indikator')]).toEqual([2, 6, 16, 8])
  })
  it('writes a decimal comma and no thousand point', () => {
    expect(find({ bagian: 'Pedagogik', tingkat: 'kabupaten', kode: '18.01' })).toMatchObject({
      n: '120',
      rata_rata: '54,77',
      galat_baku: '1,23',
      jumlah_guru: '400',
      keadaan: 'ditampilkan',
    })
    expect(find({ tingkat: 'provinsi' })).toMatchObject({ n: '1480', jumlah_guru: '1600', kode: '18' })
  })
  it('lets no text become a formula', () => {
    expect(rows.some((r) => r['mapel'] === "'=cmd|calc")).toBe(true)
    expect(text).not.toMatch(/(^|;)=/m)
  })
  it('gives of a hidden group its name and roster, and nothing else', () => {
    const own = find({ tingkat: 'kabupaten', kode: '18.10' })
    expect(own).toMatchObject({ nama: 'Pringsewu', n: '', rata_rata: '', galat_baku: '', jumlah_guru: '343', keadaan: 'disembunyikan' })
    for (const r of rows.filter((x) => x['keadaan'] === 'disembunyikan'))
      expect([r['n'], r['rata_rata'], r['galat_baku']]).toEqual(['', '', ''])
    expect(text).not.toContain('41,37')
    expect(text).not.toContain(`;${HIDDEN.n};`)
  })
  it('tells few, none and hidden apart', () => {
    expect(find({ tingkat: 'mapel×kabupaten', kode: '18.01' })!['keadaan']).toBe('jumlah kecil')
    expect(find({ tingkat: 'kabupaten', kode: '18.71' })).toMatchObject({ n: '0', rata_rata: '', keadaan: 'belum ada data' })
    expect(find({ tingkat: 'mapel×kabupaten', kode: '18', mapel: "'=cmd|calc" })!['keadaan']).toBe('disembunyikan')
  })
})
