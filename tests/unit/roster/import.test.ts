import { describe, expect, it } from 'vitest'
import { cleanNip } from '@/lib/roster/clean'
import { fieldOf } from '@/lib/roster/columns'
import { planImport, type Known, type PlanOptions } from '@/lib/roster/import'
import { schoolForm } from '@/lib/roster/schools'
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

const read = (sheets: ReturnType<typeof sheetOf>[], options: PlanOptions = {}, k = known()) =>
  planImport('f', { sheets, date1904: false }, k, options)
const told = (...args: Parameters<typeof read>) => {
  const result = read(...args)
  if (!result.ok) throw new Error(result.message)
  return result.value
}

describe('which sheet is read', () => {
  const list = (name: string, more: Parameters<typeof sheetOf>[1] = {}) =>
    sheetOf([header, row(`Guru ${name}`, `${1000000000000000 + name.length}`)], { name, ...more })
  it('is never a hidden one, and a file whose only list is hidden says so', () => {
    expect(told([list('Lama', { hidden: true }), list('Sekarang')]).preview.rows.map((r) => r.data.name)).toEqual(['Guru Sekarang'])
    expect(read([list('Lama', { hidden: true })])).toMatchObject({ ok: false, code: 'hidden', message: expect.stringContaining('Lama') })
  })
  it('is chosen by the office where several are lists, and all that were chosen are read, rows named with their sheet', () => {
    const sheets = [list('SMA'), list('Petunjuk', { rows: [['Petunjuk'], ['Isi lembar']] }), list('SMKN')]
    expect(told(sheets).preview).toMatchObject({ open: 'sheets', counts: { rows: 1 } })
    const both = told(sheets, { choices: { sheets: ['SMA', 'SMKN'] } })
    expect(both.preview).toMatchObject({ open: null, counts: { rows: 2, new: 2 } })
    expect(both.preview.rows.map((r) => r.sheet)).toEqual(['SMA', 'SMKN'])
  })
})

describe('headers that nobody knows', () => {
  const rows = [
    ['Sebutan', 'Nomor Unik', 'Kode'],
    ['Ani', '2222222222222222', '10800001'],
  ]
  it('are shown for mapping by hand, and a mapping is remembered', () => {
    expect(told([sheetOf(rows)]).preview).toMatchObject({ open: 'columns', counts: { rows: 0 } })
    const columns = { sebutan: 'name', nomorunik: 'nuptk', kode: 'npsn' }
    expect(told([sheetOf(rows)], { choices: { columns } }).preview).toMatchObject({ open: null, counts: { new: 1 } })
    const remembered = Object.entries(columns).map(([key, value]) => ({ kind: 'header' as const, key, value }))
    expect(told([sheetOf(rows)], {}, { ...known(), remembered }).preview.counts).toMatchObject({ new: 1 })
  })
  it.each([
    ['Nama Guru/PTK', 'name'],
    ['Nama Lengkap (Gelar)', 'name'],
    ['NAMA LENGKAP DENGAN GELAR', 'name'],
    ['Nama Ibu Kandung', null],
    ['Nama Kepala Sekolah', null],
    ['NIP Suami/Istri', null],
    ['NIP/NIK', 'nip'],
    ['L/P', 'sex'],
    ['Tempat, Tanggal Lahir', 'birthDate'],
    ['Tempat Lahir', null],
    ['Tanggal CPNS', null],
    ['Satuan Pendidikan', 'school'],
    ['Kab./Kota', 'region'],
  ])('%s is read as %s', (text, field) => expect(fieldOf(text)).toBe(field))
})

describe('rows that are no teachers', () => {
  it('are named: groups over parts of a list, totals, legends, and whoever signs', () => {
    const head = ['No', 'Nama', 'NUPTK', 'JK']
    const { preview } = told(
      [
        sheetOf([
          head,
          ['A', 'GURU PNS'],
          ['1', 'Ani', '2222222222222222', 'P'],
          ['', 'Guru Honorer'],
          ['2', 'Budi', '', 'L'],
          ['', 'JUMLAH GURU', '2'],
          ['', 'L = 1, P = 1'],
          ['', '', '', 'Liwa, 1 Juli 2025'],
          ['', '', '', 'Kepala SMAN 1'],
          ['', '', '', 'Drs. Ahmad'],
        ]),
      ],
      { npsn: '10800001' },
    )
    expect(preview.rows.map((r) => r.data.name)).toEqual(['Ani', 'Budi'])
    expect(preview.skipped.map((x) => [x.row, x.kind])).toEqual([
      [1, 'header'],
      [2, 'note'],
      [4, 'note'],
      [6, 'total'],
      [7, 'total'],
      [8, 'signature'],
      [9, 'signature'],
      [10, 'signature'],
    ])
  })
  it('a head of school without numbers is a teacher all the same', () => {
    const { preview } = told([
      sheetOf([
        ['Nama', 'NUPTK', 'JK', 'Tanggal Lahir', 'Jenis PTK', 'NPSN'],
        ['Ani', '', 'P', '1980-01-01', 'Kepala Sekolah', '10800001'],
      ]),
    ])
    expect(preview.counts).toMatchObject({ new: 1 })
  })
})

describe('one person or two', () => {
  const born = (name: string, nuptk: string, date: string, npsn = '10800001') => [name, nuptk, '', 'P', date, 'Matematika', npsn]
  const two = { ...known(), schools: [...known().schools, { id: 's2', npsn: '10800002', name: 'SMAN 2 Liwa', regionId: 'r4' }] }
  it('a teacher of ours at two schools stays at hers, in whichever order the file lists the two', () => {
    const people = [
      teacher({
        id: 'a',
        nuptk: '1111111111111111',
        schoolId: 's1',
        name: 'Siti Rahayu',
        birthDate: '1986-09-26',
        sex: 'P',
        subjectCode: 'MTK',
      }),
    ]
    const here = row('Siti Rahayu', '1111111111111111')
    const other = row('Siti Rahayu', '1111111111111111', '', '10800002')
    for (const rows of [
      [here, other],
      [other, here],
    ]) {
      const { preview } = plan([header, ...rows], { ...two, teachers: people })
      const verdicts = rows.map((r, i) => [r === here ? 'here' : 'other', preview.rows[i]!.verdict, preview.rows[i]!.schoolId])
      expect(preview.counts).toMatchObject({ unchanged: 1, second: 1, changed: 0 })
      expect(verdicts.filter(([, v]) => v === 'unchanged').map(([, , s]) => s)).toEqual(['s1'])
      expect(preview.notes.filter((n) => n.message.includes('sekolah kedua')).map((n) => [rows[n.row - 2], n.message])).toEqual([
        [other, expect.stringMatching(/di sekolah kedua: SMAN 2.*sekolah induknya.*SMAN 1/)],
      ])
    }
  })
  it('one NUPTK at two schools is one teacher, and the second school is told', () => {
    const { preview } = told(
      [sheetOf([header, born('Ani', '2222222222222222', ''), born('Ani', '2222222222222222', '', '10800002')])],
      {},
      two,
    )
    expect(preview.rows.map((r) => r.verdict)).toEqual(['new', 'second'])
    expect(preview.notes.find((n) => n.row === 3)!.message).toMatch(/baris 2, di sekolah kedua: SMAN 2 Liwa.*SMAN 1 Liwa/)
  })
  it('somebody of the same name, school and birth date is asked about, and the answer is kept without her name', () => {
    const k = known([teacher({ name: 'Ani', nuptk: '2222222222222222', birthDate: '1990-01-01' })])
    const sheets = [sheetOf([header, born('ANI', '', '1990-01-01')])]
    const [ask] = told(sheets, {}, k).preview.asks
    expect(ask).toMatchObject({ kind: 'person', key: expect.stringMatching(/^orang\|[0-9a-f]{32}$/) })
    expect(told(sheets, { choices: { answers: { [ask!.key]: 't1' } } }, k).preview.rows[0]).toMatchObject({ teacherId: 't1' })
    expect(told(sheets, { choices: { answers: { [ask!.key]: 'new' } } }, k).preview.rows[0]).toMatchObject({
      verdict: 'new',
      teacherId: null,
    })
  })
  it('two of one name with numbers of their own are two', () => {
    const { preview } = told([sheetOf([header, born('Ani', '2222222222222222', ''), born('Ani', '3333333333333333', '1991-01-01')])])
    expect(preview.counts).toMatchObject({ new: 2, asked: 0 })
  })
  it('a NUPTK that holds the birth date as a NIK does is not kept', () => {
    const { preview } = told([sheetOf([header, born('Ani', '1804014107900003', '1990-07-01')])])
    expect(preview.rows[0]!.data.nuptk).toBeNull()
    expect(JSON.stringify(preview)).not.toContain('1804014107900003')
  })
})

describe('schools', () => {
  const balam = { id: 'r71', name: 'Kota Bandar Lampung', shortName: 'Bandar Lampung', aliases: ['Bandarlampung'] }
  const forms = (name: string) => schoolForm(name, ['Bandar Lampung', 'Bandarlampung'])
  it.each([
    'SMAN 9 Bandar Lampung',
    'SMA Negeri 9',
    'SMA NEGERI 9 BANDAR LAMPUNG',
    'SMA N 9 Bandarlampung',
    'SMA Neg. 09 Bandar Lampung',
    'SMAN IX',
    'SMAN9',
    'Sekolah Menengah Atas Negeri 9 Kota Bandar Lampung',
    'UPTD SMAN 9 Bandar Lampung',
    'S.M.A.N. 9',
  ])('%s is one form of the same name', (name) => expect(forms(name)).toBe('sman 9'))
  it.each(['SMAN 10 Bandar Lampung', 'SMKN 9 Bandar Lampung', 'SMA 9 Bandar Lampung', 'SMAN 9 Metro'])('%s is not', (name) =>
    expect(forms(name)).not.toBe('sman 9'),
  )
  it('a number and a name that belong to two schools are asked about', () => {
    const k = { ...known(), regions: [...known().regions, balam] }
    const wide = [...header, 'Nama Sekolah']
    const { preview } = told([sheetOf([wide, [...row('Ani', '2222222222222222'), 'SMKN 5 Sekincau']])], {}, k)
    expect(preview.asks).toMatchObject([{ kind: 'school', choices: [{ value: 's1' }] }])
    expect(told([sheetOf([wide, [...row('Ani', '2222222222222222'), 'SMA Negeri 1 LIWA']])], {}, k).preview.asks).toEqual([])
  })
  it('that are new are listed before anything is written', () => {
    const wide = ['Nama', 'NUPTK', 'Nama Sekolah', 'Kabupaten/Kota']
    const { preview } = told([
      sheetOf([
        wide,
        ['Ani', '2222222222222222', 'SMKN 3 Suoh', 'Lampung Barat'],
        ['Budi', '3333333333333333', 'SMK Negeri 3 Suoh', 'Lambar'],
      ]),
    ])
    expect(preview.newSchools).toEqual([{ name: 'SMKN 3 Suoh', npsn: null, level: 'SMK', region: 'Kabupaten Lampung Barat', rows: 1 }])
    expect(preview.asks).toMatchObject([{ kind: 'school', firstRow: 3 }])
  })
})

describe('a NIP', () => {
  it.each([
    ['198801232015052003', '198801232015052003'],
    ['NIP. 19880123 201505 2 003', '198801232015052003'],
    ['198801232015052003/PNS', '198801232015052003'],
    ['１９８８０１２３２０１５０５２００３', '198801232015052003'],
    ['Belum punya', null],
    ['dalam proses', null],
    ['tidak ada NIP', null],
  ])('written %s is %s', (text, value) => expect(cleanNip(text)).toMatchObject({ value }))
  it.each(['19880123201505200', '1988012320150520033', '19880123O015052003', '198813232015052003', '1,98801E+17'])(
    'written %s is refused',
    (text) => expect(cleanNip(text).error).toBeTruthy(),
  )
  it('of eighteen digits that end in 000 is doubted: the teacher comes in by NUPTK, and without one not at all', () => {
    expect(cleanNip('198801232015052000')).toMatchObject({ value: null, doubt: expect.stringContaining('Excel') })
    const rows = [header, row('Ani', '2222222222222222', '198801232015052000'), row('Budi', '', '198801232015052000')]
    const { preview } = told([sheetOf(rows)])
    expect(preview.rows.map((r) => [r.verdict, r.data.nip])).toEqual([
      ['new', null],
      ['rejected', null],
    ])
  })
})
