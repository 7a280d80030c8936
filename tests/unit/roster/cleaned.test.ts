import * as XLSX from '@e965/xlsx'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cleanedRows } from '@/lib/roster/import-service'
import { cleanedWorkbook } from '@/lib/roster/template'
import { previewOf } from './read-roster'

/** Opens a workbook and saves it, as a spreadsheet program does. */
const savedAgain = (bytes: Buffer, bookType: XLSX.BookType) =>
  XLSX.write(XLSX.read(bytes, { type: 'buffer', cellNF: true, cellStyles: true }), { type: 'buffer', bookType }) as Buffer

async function cleanedOf(bytes: Buffer) {
  const found = await previewOf(bytes)
  if (!found.ok) throw new Error(found.message)
  return { preview: found.value, file: await cleanedWorkbook(cleanedRows(found.value)) }
}

describe('the cleaned roster file', () => {
  const roster = readFileSync('tests/fixtures/roster/cleaned-export.csv')
  it('keeps Jenjang, Kabupaten/Kota and what was refused, each in its own cell', async () => {
    const { preview } = await cleanedOf(roster)
    const rows = cleanedRows(preview)
    expect(rows.map((r) => [r[0], r[10], r[11]])).toEqual([
      ['Nurlela Wibisana', 'SMA', 'Kota Bandar Lampung'],
      ['-Gatot Pramudya', 'SMA', 'Kota Bandar Lampung'],
      ['=Sari Melati', 'SMA', 'Kota Bandar Lampung'],
    ])
    const refused = rows.find((r) => r[0] === '=Sari Melati')!
    expect([refused[2], refused[8]]).toEqual(['19880123201505200', '108'])
    expect(refused.at(-1)).toMatch(/17 angka.*delapan karakter/)
  })
  it.each(['xlsx', 'ods', 'biff8'] as const)('says the same after one save as %s in a spreadsheet program', async (type) => {
    const { preview, file } = await cleanedOf(roster)
    const first = await previewOf(file)
    const again = await previewOf(savedAgain(file, type))
    if (!first.ok || !again.ok) throw new Error('not read')
    expect(again.value.rows).toEqual(first.value.rows)
    expect(first.value.rows.map((r) => [r.verdict, r.data.nuptk, r.data.nip, r.data.npsn, r.data.level, r.data.region])).toEqual(
      preview.rows.map((r) => [r.verdict, r.data.nuptk, r.data.nip, r.data.npsn, r.data.level, r.data.region]),
    )
  })
})
