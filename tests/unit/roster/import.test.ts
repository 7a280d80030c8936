import { describe, expect, it } from 'vitest'
import { planImport, type Known } from '@/lib/roster/import'
import type { KnownTeacher } from '@/lib/roster/people'
import { sheetOf } from './read-roster'

const blank = { nuptk: null, nip: null, sex: null, birthDate: null, status: null, role: null, email: null, phone: null, subjectCode: null }
const teacher = (t: Partial<KnownTeacher>): KnownTeacher => ({ id: 't1', schoolId: 's1', name: 'Siti Rahayu', ...blank, ...t })
const known = (teachers: KnownTeacher[] = []): Known => ({
  subjects: [
    { code: 'MTK', name: 'Matematika', aliases: [] },
    { code: 'BK', name: 'Bimbingan dan Konseling', aliases: ['BP/BK'] },
  ],
  regions: [{ id: 'r4', name: 'Kabupaten Lampung Barat', shortName: 'Lampung Barat', aliases: ['Lambar'] }],
  levels: ['SMA', 'SMK', 'SLB'],
  schools: [{ id: 's1', npsn: '10800001', name: 'SMAN 1 Liwa', regionId: 'r4' }],
  teachers,
})
const header = ['Nama', 'NUPTK', 'NIP', 'JK', 'Tanggal Lahir', 'Mata Pelajaran', 'NPSN']
const plan = (rows: string[][], k = known(), npsn: string | null = null) => {
  const result = planImport('f', { sheets: [sheetOf(rows)], date1904: false }, k, { npsn })
  if (!result.ok) throw new Error(result.message)
  return result.value
}
const row = (name: string, nuptk = '', nip = '', npsn = '10800001', subject = 'Matematika') => [
  name,
  nuptk,
  nip,
  'P',
  '1986-09-26',
  subject,
  npsn,
]

describe('planning an import', () => {
  it('finds people by NUPTK, then NIP, then name, school and birth date', () => {
    const people = [
      teacher({ id: 'a', nuptk: '1111111111111111' }),
      teacher({ id: 'b', name: 'Budi', nip: '198609262015052001' }),
      teacher({ id: 'c', name: 'Tanpa Nomor', birthDate: '1986-09-26' }),
    ]
    const { preview } = plan(
      [header, row('Siti Rahayu', '1111111111111111'), row('Budi', '', '198609262015052001'), row('TANPA NOMOR')],
      known(people),
    )
    expect(preview.rows.map((r) => r.teacherId)).toEqual(['a', 'b', 'c'])
  })
  it('rejects a row whose NUPTK and NIP belong to two people, and the second of two equal rows', () => {
    const people = [teacher({ id: 'a', nuptk: '1111111111111111' }), teacher({ id: 'b', name: 'Budi', nip: '198609262015052001' })]
    const { preview } = plan(
      [header, row('Siti', '1111111111111111', '198609262015052001'), row('Ani', '2222222222222222'), row('Ani', '2222222222222222')],
      known(people),
    )
    expect(preview.rows.map((r) => r.verdict)).toEqual(['rejected', 'new', 'rejected'])
    expect(preview.notes.filter((n) => n.kind === 'error').map((n) => [n.row, n.column])).toEqual([
      [2, 'NIP'],
      [4, 'NUPTK'],
    ])
    expect(preview.notes.find((n) => n.row === 4)!.message).toContain('baris 3')
  })
  it('reads the school of a Dapodik export from its title rows, and makes one that is new from its name and kabupaten', () => {
    const title = (name: string) => [
      ['Daftar Guru'],
      [name],
      ['Kecamatan Kec. Balik Bukit, Kabupaten Kab. Lampung Barat, Provinsi Prov. Lampung'],
      ['No', 'Nama', 'NUPTK', 'JK', 'Nama Ibu Kandung'],
      ['', 'Siti Rahayu', '1111111111111111', 'P', 'rahasia'],
    ]
    expect(plan(title('SMAN 1 LIWA')).preview.rows[0]).toMatchObject({ verdict: 'new', schoolId: 's1' })
    const made = plan(title('SMKN 3 Suoh'))
    expect(made.newSchools).toMatchObject([{ name: 'SMKN 3 Suoh', levelCode: 'SMK', regionId: 'r4', npsn: null }])
    expect(JSON.stringify(made)).not.toContain('rahasia')
  })
  it('keeps what the file leaves blank and reports only true differences', () => {
    const people = [teacher({ nuptk: '1111111111111111', phone: '0812000000', subjectCode: 'MTK', sex: 'P', birthDate: '1986-09-26' })]
    expect(plan([header, row('Siti Rahayu', '1111111111111111', '', '10800001', '')], known(people)).preview.counts).toMatchObject({
      unchanged: 1,
    })
    expect(plan([header, row('Siti R. Lestari', '1111111111111111')], known(people)).preview.rows[0]!.changes).toEqual([
      { field: 'Nama', from: 'Siti Rahayu', to: 'Siti R. Lestari' },
    ])
  })
  it('warns of an NIP that contradicts the row without refusing it, and accepts the contract numbers of PPPK', () => {
    const { preview } = plan([
      header,
      ['Siti', '', '199009132025242014', 'P', '1990-09-13', 'Matematika', '10800001'],
      ['Ani', '', '199009132025241015', 'P', '1991-01-01', 'Matematika', '10800001'],
    ])
    expect(preview.counts).toMatchObject({ new: 2, rejected: 0 })
    expect(preview.notes.filter((n) => n.kind === 'warning').map((n) => n.row)).toEqual([3, 3])
  })
  it('says which school is unknown and what to add', () => {
    const { preview } = plan([header, row('Siti', '1111111111111111', '', '99999999')])
    expect(preview.notes[0]!.message).toMatch(/NPSN 99999999 belum terdaftar.*Jenjang/)
  })
  it('passes over the example row that somebody left in the template', () => {
    const { preview } = plan([header, row('Siti Rahayu', '1234567890123456'), row('Ani', '2222222222222222')])
    expect(preview.rows.map((r) => r.data.name)).toEqual(['Ani'])
  })
  it('ignores empty rows and an empty "No", and takes the NPSN chosen on the page when the file names none', () => {
    const { preview } = plan(
      [
        ['No', 'Nama', 'NUPTK', 'JK'],
        ['', 'Siti', '1111111111111111', 'P'],
        ['', '', '', ''],
        [' ', 'Ani', '2222222222222222', 'P'],
      ],
      known(),
      '10800001',
    )
    expect(preview.counts).toMatchObject({ rows: 2, new: 2 })
  })
})
