import { describe, expect, it } from 'vitest'
import { ageWords, inOrder, leftWords, type Waiting } from '@/lib/agenda/model'
import { expertEntries } from '@/lib/agenda/of-expert'
import { lacksOf, listed, pairEntries, sittingEntry, snapshotEntries } from '@/lib/agenda/office'
import { atOnce, remembered } from '@/lib/agenda/recent'

const now = new Date('2026-04-17T02:00:00Z')
const day = 86_400_000
const at = (days: number) => new Date(now.getTime() + days * day)

const ready = {
  id: 'a',
  name: 'Sesi 1',
  venue: 'SMKN 4',
  opensAt: at(1),
  closesAt: at(1.2),
  prepared: true,
  seats: 88,
  noRoom: 0,
  noForm: 0,
  notReady: 0,
  rooms: 3,
  noProctor: 0,
  overfull: 0,
}

describe('what waits for an office', () => {
  it('says of a sitting tomorrow what it lacks, and leads to where that is mended', () => {
    const entry = sittingEntry({ ...ready, noRoom: 48, noProctor: 1, prepared: false, notReady: 20 }, now)
    expect(entry.urgency).toBe('now')
    expect(entry.why).toBe(
      'Masih kurang: 48 peserta belum punya ruang, 1 dari 3 ruang belum ada pengawas, dan paket soal belum disiapkan. 68 dari 88 peserta sudah siap di ponselnya.',
    )
    expect(entry.action).toEqual({ label: 'Lengkapi sesi', href: '/bgtk/sesi/a' })
    expect(entry.n).toBe(1)
  })

  it('counts a sitting that lacks nothing as no work, and leads to its readiness', () => {
    expect(lacksOf(ready)).toEqual([])
    expect(sittingEntry({ ...ready, opensAt: at(9) }, now)).toMatchObject({ urgency: 'open', n: 0, action: { label: 'Lihat kesiapan' } })
  })

  it('says 88 people into 40 seats before the day', () => {
    expect(lacksOf({ ...ready, overfull: 1 })).toEqual(['1 ruang melebihi kapasitasnya'])
  })

  it('leads from a running sitting to its screen, without a clock that has run out', () => {
    expect(sittingEntry({ ...ready, opensAt: at(-0.01) }, now)).toMatchObject({ due: null, action: { href: '/pengawas/sesi/a' } })
  })

  it('tells pairs that do not meet once, by cause', () => {
    expect(pairEntries({ never: 0, quiet: 0, tutor: 0, learner: 0, since: null })).toEqual([])
    const [entry, ...others] = pairEntries({ never: 40, quiet: 2, tutor: 0, learner: 1, since: at(-30) })
    expect(others).toEqual([])
    expect(entry).toMatchObject({
      n: 1,
      why: 'Sebabnya: 40 belum pernah bertemu, 2 tidak bertemu lagi lebih dari sebulan, dan 1 menunggu jawaban guru.',
    })
  })

  it('asks the second person to publish, and never the one who proposed', () => {
    const proposed = {
      id: 's',
      series: 'Pemetaan 2025',
      number: 2,
      state: 'proposed',
      madeAt: at(-2),
      proposedBy: 'ani',
      proposedName: 'Ani',
      proposedAt: at(-1),
    }
    expect(snapshotEntries([proposed], 'budi')[0]).toMatchObject({ n: 1, action: { label: 'Periksa dan terbitkan' } })
    expect(snapshotEntries([proposed], 'ani')[0]).toMatchObject({ n: 0, action: { label: 'Lihat usulan' } })
  })

  it('puts what is urgent first, then what ends first, then what waits longest', () => {
    const w = (id: string, urgency: Waiting['urgency'], since: Date | null, due: Date | null): Waiting => ({
      id,
      urgency,
      title: id,
      why: '',
      since,
      due,
      action: { label: '', href: '' },
      place: '',
      n: 1,
    })
    const list = [
      w('d', 'open', at(-1), null),
      w('c', 'open', at(-9), null),
      w('b', 'soon', null, at(5)),
      w('a', 'soon', null, at(2)),
      w('0', 'now', null, null),
    ]
    expect(inOrder(list).map((x) => x.id)).toEqual(['0', 'a', 'b', 'c', 'd'])
  })

  it('says ages and limits in words', () => {
    expect([at(-0.2), at(-3), at(-95)].map((d) => ageWords(d, now))).toEqual(['sejak hari ini', 'sejak 3 hari', 'sejak 3 bulan'])
    expect([at(-3.5), at(-0.5), at(0.5), at(5.1)].map((d) => leftWords(d, now))).toEqual([
      'lewat 3 hari',
      'baru saja lewat',
      'kurang dari sehari lagi',
      '5 hari lagi',
    ])
    expect([['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['a', 'a dan b', 'a, b, dan c'])
  })
})

describe('what a process remembers', () => {
  it('makes a fact again when it is too old, and not before', async () => {
    let made = 0
    const make = () => Promise.resolve(++made)
    expect(await remembered('uji-1', 1_000, now, make)).toBe(1)
    expect(await remembered('uji-1', 1_000, new Date(now.getTime() + 999), make)).toBe(1)
    expect(await remembered('uji-1', 1_000, new Date(now.getTime() + 1_000), make)).toBe(2)
  })

  it('hands an old count over at once and has the new one for the next look', async () => {
    let made = 0
    const make = () => Promise.resolve(++made)
    const later = new Date(now.getTime() + 5_000)
    expect(await atOnce('uji-2', 1_000, now, make)).toBe(1)
    expect(await atOnce('uji-2', 1_000, later, make)).toBe(1)
    expect(await atOnce('uji-2', 1_000, later, make)).toBe(2)
  })

  it('forgets what failed', async () => {
    await expect(remembered('uji-3', 1_000, now, () => Promise.reject(new Error('putus')))).rejects.toThrow('putus')
    expect(await remembered('uji-3', 1_000, now, () => Promise.resolve('baik'))).toBe('baik')
  })
})

describe('what waits for an expert', () => {
  const panel = { id: 'p', title: 'Panel Matematika', instrumentTitle: 'Matematika', total: 30 }
  const task = {
    id: 't',
    instrumentCode: 'MTK',
    instrumentTitle: 'Matematika',
    itemCode: null,
    note: 'Aljabar saja.',
    createdAt: at(-3),
    doneAt: null,
  }
  const nothing = { panels: [], tasks: [], queue: [], reviews: [] }
  const titles = (of: Partial<Parameters<typeof expertEntries>[0]>) =>
    expertEntries({ ...nothing, ...of }).map((w) => [w.title, w.action.href])

  it('is a round of a panel until every item is judged, and a second round until the first look', () => {
    const rounds = [
      { ...panel, round: 1, done: 29 },
      { ...panel, round: 1, done: 30 },
      { ...panel, round: 2, done: 0 },
      { ...panel, round: 2, done: 3 },
      { ...panel, round: null, done: 0 },
    ] as const
    expect(titles({ panels: [...rounds] })).toEqual([
      ['Panel Matematika, putaran 1', '/pakar/batas/p'],
      ['Panel Matematika, putaran 2', '/pakar/batas/p'],
    ])
  })

  it('is a task that is not done, in the words of whoever gave it, and never one that is', () => {
    const tasks = [
      { ...task, kind: 'write', count: 5, written: 2 },
      { ...task, kind: 'write', count: 5, written: 5 },
      { ...task, kind: 'review', itemCode: 'MTK-001', count: 1, written: 0 },
      { ...task, kind: 'review', itemCode: 'MTK-002', count: 1, written: 0, doneAt: at(-1) },
    ]
    expect(titles({ tasks })).toEqual([
      ['Menulis butir Matematika', '/pakar/tulis/MTK'],
      ['Menelaah butir MTK-001', '/pakar/butir/MTK-001'],
    ])
    expect(expertEntries({ ...nothing, tasks })[0]).toMatchObject({ why: '2 dari 5 sudah ditulis. Aljabar saja.', since: at(-3), n: 1 })
  })

  it('is a response that waits for a rating and an instrument whose items are not all judged', () => {
    const queue = [
      { itemCode: 'PED-053', instrumentTitle: 'Pedagogik', waiting: 2, given: 1 },
      { itemCode: 'PED-054', instrumentTitle: 'Pedagogik', waiting: 0, given: 9 },
    ]
    const reviews = [
      { code: 'MTK', title: 'Matematika', items: 40, rated: 12 },
      { code: 'IPA', title: 'IPA', items: 40, rated: 40 },
    ]
    expect(titles({ queue, reviews })).toEqual([
      ['2 jawaban uraian menunggu dinilai', '/pakar/uraian/PED-053'],
      ['Relevansi butir Matematika', '/pakar/validitas/MTK'],
    ])
  })
})
