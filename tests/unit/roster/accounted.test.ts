import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planImport } from '@/lib/roster/import'
import { reference, sheetOf } from './read-roster'

/** Rows as they stand in real files: teachers, totals, signatures, remarks, numbers, nothing, and words that are none of these. */
const header = ['No', 'Nama', 'NUPTK', 'NIP', 'JK', 'Tanggal Lahir', 'Agama', 'NPSN', '']
const digits = (n: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${n - 1}}$`))
const teacher = fc.tuple(
  fc.constantFrom('Ani Lestari', 'Budi Utomo', 'H. Cici, S.Pd'),
  digits(16),
  fc.constantFrom('', '198801232015052003', '123', '-'),
  fc.constantFrom('L', 'P', '?', ''),
)
const row = fc.oneof(
  teacher.map(([name, nuptk, nip, sex]) => ['1', name, nuptk, nip, sex, '1988-01-23', 'Islam', '10899001', 'x']),
  fc.constantFrom(
    ['', 'Jumlah', '12'],
    ['', 'Mengetahui,'],
    ['', '', '', '', '', 'Metro, 12 Agustus 2025'],
    ['', 'Kepala Sekolah'],
    ['', 'Dra. Sulastri'],
    ['1', '2', '3', '4', '5', '6'],
    ['', '', ''],
    header,
    ['', 'Guru PNS'],
    ['17'],
  ),
  fc.array(fc.constantFrom('', 'kata', '12', 'Total', 'NIP. 123', '4417755656300013', 'Ani'), { maxLength: 9 }),
)

describe('every cell of a roster', () => {
  it('is in a row that is told, in a column that is named as not read, in a row that is named as no teacher, or in a problem that is named', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), fc.array(row, { minLength: 1, maxLength: 25 }), (above, below) => {
        const rows = [...above.filter((r) => !(r[1] === 'Nama')), header, ...below]
        const planned = planImport('f', { sheets: [sheetOf(rows)], date1904: false }, reference())
        if (!planned.ok) return planned.code === 'empty' || planned.code === 'header'
        const { preview } = planned.value
        const head = rows[preview.headerRow - 1]!
        const told = new Set(preview.rows.map((r) => r.row))
        const skipped = new Map(preview.skipped.map((s) => [s.row, s.text]))
        rows.forEach((cells, r) =>
          cells.forEach((cell, c) => {
            if (!cell.trim()) return
            const where = `${r + 1}:${c} ${cell}`
            if (!told.has(r + 1)) return expect(skipped.get(r + 1) ?? '', where).toContain(cell.trim())
            const read = preview.used.includes(head[c] ?? '') || head[c] === 'No'
            const named =
              preview.dropped.includes(head[c] ?? '-') || preview.dropped.some((d) => d.startsWith(`kolom ${String.fromCharCode(65 + c)} `))
            expect(read || named, where).toBe(true)
          }),
        )
        const { counts } = preview
        expect(counts.new + counts.changed + counts.unchanged + counts.asked + counts.rejected + counts.second).toBe(counts.rows)
        expect(preview.rows).toHaveLength(counts.rows)
        // What was not taken says why.
        for (const r of preview.rows.filter((x) => x.verdict === 'rejected' || x.verdict === 'asked'))
          expect(
            preview.notes.some((n) => n.row === r.row && (n.kind === 'error' || n.kind === 'asked')),
            `row ${r.row}`,
          ).toBe(true)
        return true
      }),
      { numRuns: 300 },
    )
  })
})
