import { describe, expect, it } from 'vitest'
import { attendancePdf } from '@/lib/reports/attendance'
import { cardsPdf } from '@/lib/reports/cards'
import { minutesPdf } from '@/lib/reports/minutes'
import { certificatePdf } from '@/lib/reports/certificate'
import { dataCopyPdf } from '@/lib/reports/data-copy'
import { itemBookPdf } from '@/lib/reports/item-book'
import { LETTERS, runsIn } from '@/lib/reports/letters'
import { fontsOf, wordsOf } from './pdf-words'

const squeeze = (text: string) => text.replace(/\s/g, '')
const pages = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0

const where = { cycleName: 'Pemetaan Kompetensi 2025', sittingName: 'Sesi pagi', venueName: 'SMAN 5 Bandar Lampung', simulated: true }
const room = { ...where, roomName: 'Ruang 3', day: 'Sabtu, 18 Oktober 2025', hours: '07.30–12.00 WIB' }
const face = (i: number) => ({
  number: `PK25-${String(i).padStart(5, '0')}`,
  code: '7KQ2-M9XT-4HDA',
  name: `Siti Rahayu ${i}`,
  school: 'SMAN 1 Contoh',
  subject: i % 2 ? 'Matematika' : null,
  room: 'Ruang 3',
  seatNumber: i,
})
const cards = (n: number, change = {}) =>
  cardsPdf({
    ...where,
    when: 'Sabtu, 18 Oktober 2025, 07.30–12.00 WIB',
    loginUrl: 'https://petaguru.example',
    faces: Array.from({ length: n }, (_, i) => face(i + 1)),
    ...change,
  })

describe('participant cards', () => {
  it.each([
    [0, 1],
    [1, 1],
    [10, 1],
    [11, 2],
    [25, 3],
  ])('puts %i cards on %i sheets', async (n, sheets) => {
    const pdf = await cards(n)
    expect(pdf.subarray(0, 4).toString()).toBe('%PDF')
    expect(pages(pdf)).toBe(sheets)
  })
  it('says on every card whose it is, its seat, its number and its code, and that the code is secret', async () => {
    const words = wordsOf(await cards(2))
    for (const text of ['Siti Rahayu 1', 'SMAN 1 Contoh', 'Matematika', 'Ruang 3 · Kursi 2', 'PK25-00002', '7KQ2-M9XT-4HDA'])
      expect(words).toContain(squeeze(text))
    expect(words.match(/Pindai·rahasiakan/g)).toHaveLength(2)
    expect(words.match(/DATASIMULASI/g)).toHaveLength(2)
    expect(wordsOf(await cards(1, { simulated: false }))).not.toContain('DATASIMULASI')
  })
  it('keeps ten cards on one sheet when every word on them is too long', async () => {
    const long = 'Sri Wahyuningsih Kusumaningtyas Puspitasari Hadiningrat, S.Pd., M.Pd. '.repeat(3)
    const faces = Array.from({ length: 10 }, (_, i) => ({ ...face(i), name: long, school: long, subject: long, room: long }))
    expect(pages(await cards(0, { faces, cycleName: long, venueName: long, when: long }))).toBe(1)
  })
})

describe('attendance of a room', () => {
  const seat = (i: number, attendance: 'present' | 'absent' | 'unknown') => ({
    seatNumber: i,
    participantNumber: `PK25-${i}`,
    name: `Guru ${i}`,
    school: 'SMPN 2 Contoh',
    attendance,
  })
  it('lists who came, adds them up and leaves the signature to the proctor', async () => {
    const pdf = await attendancePdf({ ...room, seats: [seat(1, 'present'), seat(2, 'absent'), seat(3, 'unknown'), seat(4, 'present')] })
    const words = wordsOf(pdf)
    expect(pages(pdf)).toBe(1)
    for (const text of [
      'DAFTAR HADIR PESERTA',
      'Guru 3',
      'Tidak hadir',
      'Jumlah peserta 4: hadir 2, tidak hadir 1, belum dicatat 1.',
      'Pengawas ruang,',
      'DATA SIMULASI',
      'Halaman 1 dari 1',
    ])
      expect(words).toContain(squeeze(text))
  })
  it('repeats its heading on every page of a large room', async () => {
    const pdf = await attendancePdf({ ...room, seats: Array.from({ length: 60 }, (_, i) => seat(i + 1, 'unknown')) })
    expect(pages(pdf)).toBeGreaterThan(2)
    expect(wordsOf(pdf).match(/NO\.PESERTA/g)!.length).toBeGreaterThan(2)
  })
})

describe('minutes of a room', () => {
  const quiet = {
    ...room,
    registered: 20,
    present: 20,
    absent: [],
    unrecorded: 0,
    parts: [],
    happened: null,
    allowances: [],
    devices: [],
    incidents: [],
    printedAt: '18 Oktober 2025, 12.10 WIB',
    auditHead: '1234 · ab12 cd34',
  }
  it('tells what really happened', async () => {
    const words = wordsOf(
      await minutesPdf({
        ...quiet,
        present: 17,
        unrecorded: 1,
        absent: [
          { participantNumber: 'PK25-4', name: 'Budi Santoso' },
          { participantNumber: 'PK25-9', name: 'Ni Made Ayu' },
        ],
        happened: { day: 'Sabtu, 18 Oktober 2025', first: '07.41 WIB', last: '11.52 WIB', open: 1 },
        parts: [{ title: 'Profesional', started: 17, finished: 16, timedOut: 2, firstStart: '07.41', lastFinish: null }],
        allowances: [{ time: '08.10', words: 'Tambahan 10 menit untuk ruang: listrik padam' }],
        devices: [{ participant: 'PK25-7', words: 'Pedagogik dimulai luring dengan kode rilis pukul 08.00' }],
        incidents: [{ time: '08.05', kind: 'Listrik', note: 'Padam lima menit' }],
      }),
    )
    for (const text of [
      'BERITA ACARA PELAKSANAAN',
      'Pada hari Sabtu, 18 Oktober 2025 telah dilaksanakan',
      'yang dijadwalkan pada Sabtu, 18 Oktober 2025, pukul 07.30–12.00 WIB',
      'Peserta pertama mulai mengerjakan pukul 07.41 WIB dan pengerjaan terakhir selesai pukul 11.52 WIB. 1 pengerjaan belum selesai',
      'Budi Santoso',
      'Ni Made Ayu',
      'Kehadiran 1 peserta belum dicatat di sistem.',
      '07.41 WIB',
      '08.10 WIB',
      'Padam lima menit',
      'Pedagogik dimulai luring dengan kode rilis',
      'dicetak 18 Oktober 2025, 12.10 WIB',
      'kepala catatan akses 1234 · ab12 cd34',
    ])
      expect(words).toContain(squeeze(text))
  })
  it('says in words that nothing happened, rather than leave a table empty', async () => {
    const pdf = await minutesPdf(quiet)
    const words = wordsOf(pdf)
    expect(pages(pdf)).toBe(1)
    for (const text of [
      'Berita acara ini mengenai',
      'belum ada peserta yang mulai mengerjakan.',
      'Tidak ada peserta yang tercatat tidak hadir.',
      'Belum ada bagian yang dikerjakan.',
      'Tidak ada tambahan waktu atau jeda.',
      'Tidak ada peserta yang mulai luring atau berganti perangkat.',
      'Tidak ada kejadian yang dicatat.',
    ])
      expect(words).toContain(squeeze(text))
    expect(words).not.toContain('belumdicatatdisistem')
  })
})

/** One name for each way in which letters are put together. */
const NAMES = {
  'Latin with marks': 'Łukasiewicz Nūr Nguyễn Đặng Žižek Şükrü',
  'marks that no letter has of its own': 'm̃ari n̈āngo',
  Arabic: 'محمد علي',
  Chinese: '陳美玲 愛',
  Korean: '김민준',
  Javanese: 'ꦲꦏ꧀ꦱꦫꦗꦮ',
  Balinese: 'ᬩᬮᬶ',
  Sundanese: 'ᮞᮥᮔ᮪ᮓ',
  Devanagari: 'देव',
  Greek: 'Αθηνά',
  Cyrillic: 'Юрий',
  pictures: 'Ayu 🙂',
}
/** Letters of a text without order, since what is written from the right or joined is drawn in another one. */
const bag = (text: string) => [...new Set(text.normalize('NFC').replace(/[\s\u200c\u200d\ufe0f]/g, ''))].sort().join('')
const missing = (name: string, words: string) =>
  [...bag(name)].filter((c) => !words.normalize('NFC').includes(c) && !words.normalize('NFKC').includes(c))

const name = Object.values(NAMES).join(' ')
const doors: Record<string, () => Promise<Buffer>> = {
  cards: () =>
    cards(0, { faces: Object.values(NAMES).map((n, i) => ({ ...face(i + 1), name: n, school: n })), cycleName: 'Uji', venueName: '陳' }),
  attendance: () =>
    attendancePdf({
      ...room,
      roomName: `Ruang ${NAMES.Chinese}`,
      seats: [{ seatNumber: 1, participantNumber: 'PK25-1', name, school: name, attendance: 'present' }],
    }),
  minutes: () =>
    minutesPdf({
      ...room,
      registered: 1,
      present: 0,
      absent: [{ participantNumber: 'PK25-1', name }],
      unrecorded: 0,
      parts: [],
      happened: null,
      allowances: [],
      devices: [],
      incidents: [],
      printedAt: 'kini',
      auditHead: '1',
    }),
  certificate: () =>
    certificatePdf({
      name,
      school: 'SMAN 1 Contoh',
      side: 'tutor',
      areas: 'Aljabar',
      meetings: 3,
      minutes: 180,
      fromOn: '2026-01-05',
      toOn: '2026-02-05',
      code: 'ABCDEFGH',
      issuedAt: new Date('2026-02-06T00:00:00Z'),
      verifyAt: 'petaguru.example/periksa',
      simulated: false,
      span: null,
      lines: null,
    }),
  'certificate over all pairs': () =>
    certificatePdf({
      name,
      school: 'SMAN 1 Contoh',
      side: 'both',
      areas: 'Aljabar; Geometri',
      meetings: 3,
      minutes: 180,
      fromOn: '2026-01-05',
      toOn: '2026-02-05',
      code: 'ABCDEFGH',
      issuedAt: new Date('2026-02-06T00:00:00Z'),
      verifyAt: 'petaguru.example/periksa',
      simulated: false,
      span: '2026-1',
      lines: [
        { side: 'tutor', areas: 'Aljabar', meetings: 2, minutes: 120, fromOn: '2026-01-05', toOn: '2026-01-12' },
        { side: 'learner', areas: 'Geometri', meetings: 1, minutes: 60, fromOn: '2026-02-05', toOn: '2026-02-05' },
      ],
    }),
  'data copy': () =>
    dataCopyPdf(
      { name, school: 'SMAN 1 Contoh', sections: [{ table: 't', title: 'Identitas', rows: [{ Nama: name }] }], left: [] } as never,
      new Date('2026-02-06T00:00:00Z'),
      false,
    ),
  'item book': () =>
    itemBookPdf({
      title: 'Uji',
      scope: 'Semua butir',
      entries: [
        {
          code: 'X-1',
          content: {
            type: 'single',
            stem: [{ t: 'p', c: [{ t: 'text', v: name }] }],
            options: [
              { id: 'A', body: [{ t: 'text', v: NAMES.Chinese }] },
              { id: 'B', body: [{ t: 'text', v: 'x' }] },
            ],
          },
          scoring: { type: 'single', key: 'A' },
          about: { indicator: '1.1.1', domain: 'X', level: 'L1' },
          rationale: '',
          stimulus: null,
        } as never,
      ],
      media: new Map() as never,
      withKeys: false,
      printedAt: 'kini',
    }),
}

describe('names on paper', () => {
  it.each(Object.keys(doors))('are printed in any script, with letters that lie in the file: %s', { timeout: 60_000 }, async (door) => {
    const pdf = await doors[door]!()
    const fonts = fontsOf(pdf)
    expect(fonts.length).toBeGreaterThan(5)
    expect(fonts.filter((f) => !f.embedded)).toEqual([])
    const words = wordsOf(pdf)
    for (const [script, text] of Object.entries(NAMES)) expect(missing(text, words), script).toEqual([])
    expect(words).not.toContain('U+')
  })
  it('say the number of a letter that no font has, rather than a question mark', () => {
    expect(runsIn('\u{1F6CC}\u{E123}').at(-1)).toEqual({ text: '[U+E123]', family: LETTERS })
  })
})
