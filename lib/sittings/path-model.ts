import { formatCount, formatDay } from '@/lib/platform/format'

/** The way of a cycle from its name to its published result, read from facts alone: nothing of it is kept, so it can be left and resumed anywhere. */

export const pathSteps = {
  siklus: 'Siklus',
  formulir: 'Bentuk tes',
  lokasi: 'Lokasi dan ruang',
  peserta: 'Peserta',
  jadwal: 'Jadwal dan pengawas',
  kartu: 'Kartu',
  kesiapan: 'Kesiapan',
  'uji-coba': 'Uji coba internal',
  terbit: 'Hasil dan terbitan',
} as const
export type StepKey = keyof typeof pathSteps

/** `done` · `lacks` something that can be done now · `waits` for another step or for time. */
export type StepState = 'done' | 'lacks' | 'waits'
export const stepStates: Record<StepState, string> = { done: 'Selesai', lacks: 'Kurang', waits: 'Menunggu' }

export type Step = { key: StepKey; state: StepState; words: string[]; action: { label: string; href: string } | null }

export type SittingFacts = {
  id: string
  name: string
  venueId: string
  venue: string
  capacity: number | null
  /** People at the venue in the same hours, this sitting's own among them. */
  atVenue: number
  opensAt: Date
  closesAt: Date
  prepared: boolean
  releaseRule: string
  releasedAt: Date | null
  seats: number
  /** Seats without a room, without a form for every part, without a phone that was ready, and with a test begun. */
  noRoom: number
  noForm: number
  notReady: number
  begun: number
  rooms: number
  noProctor: number
  overfull: number
  /** When cards of it were last taken home, and how many seats were added since. */
  cardsAt: Date | null
  sinceCards: number
}

export type CycleFacts = {
  id: string
  series: string
  /** Other cycles of the same series that count. */
  sameSeries: number
  practice: boolean
  parts: { code: string; minutes: number }[]
  /** Parts and subjects that people of the cycle need and no form serves, with how many people. */
  noFormFor: { title: string; seats: number }[]
  sittings: SittingFacts[]
  trial: { id: string; people: number; begun: number; finished: number } | null
  /** Snapshots of its series that are published and hold a result of it. */
  published: boolean
}

const sum = (list: readonly SittingFacts[], of: (s: SittingFacts) => number): number => list.reduce((n, s) => n + of(s), 0)
const n = formatCount

/** What a sitting still lacks before its day, in words, each with the part of its page where it is mended; empty when nothing can be counted. */
export function lacksOfSitting(s: SittingFacts, minutes: number): { words: string; at: 'peserta' | 'ruang' | 'paket' }[] {
  const window = Math.round((s.closesAt.getTime() - s.opensAt.getTime()) / 60_000)
  const lacks: [boolean, string, 'peserta' | 'ruang' | 'paket'][] = [
    [s.seats === 0, 'belum ada peserta', 'peserta'],
    [s.capacity !== null && s.atVenue > s.capacity, `${n(s.atVenue)} orang di tempat dengan ${n(s.capacity ?? 0)} kursi`, 'peserta'],
    [s.noRoom > 0, `${n(s.noRoom)} peserta belum punya ruang`, 'peserta'],
    [s.overfull > 0, `${n(s.overfull)} ruang melebihi kapasitasnya`, 'ruang'],
    [s.noProctor > 0, `${n(s.noProctor)} dari ${n(s.rooms)} ruang belum ada pengawas`, 'ruang'],
    [window < minutes, `jendela waktunya ${n(window)} menit, padahal bagian-bagiannya ${n(minutes)} menit`, 'ruang'],
    [s.seats > 0 && !s.prepared, 'paket soal belum disiapkan', 'paket'],
    [s.prepared && s.noForm > 0, `${n(s.noForm)} peserta belum memegang formulir untuk semua bagian`, 'paket'],
  ]
  return lacks.filter(([is]) => is).map(([, words, at]) => ({ words, at }))
}

const at = (id: string, step: StepKey) => `/bgtk/siklus/${id}?langkah=${step}`
const sittingAt = (id: string, part: string) => `/bgtk/sesi/${id}?tampilan=${part}`
const state = (missing: unknown[], waits = false): StepState => (waits ? 'waits' : missing.length ? 'lacks' : 'done')
const named = (list: SittingFacts[], words: (s: SittingFacts) => string): string[] => list.map((s) => `${s.name}: ${words(s)}`)

/** The first sitting of a kind leads to its page, none to the step itself. */
const into = (list: SittingFacts[], part: string, label: string, otherwise: Step['action']): Step['action'] =>
  list[0] ? { label: `${label}: ${list[0].name}`, href: sittingAt(list[0].id, part) } : otherwise

function placeSteps(c: CycleFacts): Step[] {
  const { sittings: all } = c
  const crowded = all.filter((s) => s.capacity !== null && s.atVenue > s.capacity)
  const unsaid = all.filter((s) => s.capacity === null)
  const overfull = all.filter((s) => s.overfull > 0)
  const empty = all.filter((s) => s.seats === 0)
  const homeless = all.filter((s) => s.noRoom > 0)
  const lokasi = [
    ...(all.length ? [] : ['Belum ada sesi: satu tempat, satu jendela waktu.']),
    ...named(crowded, (s) => `${n(s.atVenue)} orang di tempat dengan ${n(s.capacity!)} kursi.`),
    ...named(unsaid, (s) => `daya tampung ${s.venue} belum diisi, jadi tidak dapat diperiksa.`),
    ...named(overfull, (s) => `${n(s.overfull)} ruang melebihi kapasitasnya.`),
  ]
  const peserta = [...named(empty, () => 'belum ada peserta.'), ...named(homeless, (s) => `${n(s.noRoom)} peserta belum punya ruang.`)]
  return [
    {
      key: 'lokasi',
      state: state(lokasi),
      words: lokasi.length ? lokasi : [`${n(all.length)} sesi, ${n(sum(all, (s) => s.rooms))} ruang.`],
      action: { label: all.length ? 'Lihat sesi dan tempat' : 'Buat sesi pertama', href: at(c.id, 'lokasi') },
    },
    {
      key: 'peserta',
      state: state(peserta, !all.length),
      words: !all.length ? ['Setelah ada sesi.'] : [`${n(sum(all, (s) => s.seats))} peserta di ${n(all.length)} sesi.`, ...peserta],
      action: all.length ? into(empty, 'peserta', 'Tambah peserta', { label: 'Lihat peserta', href: at(c.id, 'peserta') }) : null,
    },
  ]
}

function daySteps(c: CycleFacts, now: Date): Step[] {
  const seated = c.sittings.filter((s) => s.seats > 0)
  const ahead = seated.filter((s) => s.closesAt > now)
  const minutes = c.parts.reduce((m, p) => m + p.minutes, 0)
  const short = c.practice ? [] : ahead.filter((s) => s.closesAt.getTime() - s.opensAt.getTime() < minutes * 60_000)
  const unwatched = ahead.filter((s) => s.noProctor > 0)
  const jadwal = [
    ...named(short, () => `jendela waktunya lebih pendek daripada ${n(minutes)} menit yang diperlukan.`),
    ...named(unwatched, (s) => `${n(s.noProctor)} dari ${n(s.rooms)} ruang belum ada pengawas.`),
  ]
  const uncarded = ahead.filter((s) => !s.cardsAt)
  const later = ahead.filter((s) => s.cardsAt && s.sinceCards > 0)
  const kartu = [
    ...named(uncarded, () => 'kartu belum diunduh.'),
    ...named(later, (s) => `${n(s.sinceCards)} peserta ditambahkan sesudah kartu diunduh.`),
  ]
  const unsealed = ahead.filter((s) => !s.prepared)
  const formless = ahead.filter((s) => s.prepared && s.noForm > 0)
  const kesiapan = [
    ...named(unsealed, () => 'paket soal belum disiapkan.'),
    ...named(formless, (s) => `${n(s.noForm)} peserta belum memegang formulir untuk semua bagian.`),
    ...named(
      ahead.filter((s) => s.prepared && s.notReady > 0),
      (s) => `${n(s.notReady)} dari ${n(s.seats)} ponsel belum menyatakan siap.`,
    ),
  ]
  const nobody = seated.length === 0
  const done = !nobody && ahead.length === 0
  const past = ['Semua sesi sudah berakhir.']
  const words = (missing: string[], fine: string) => (nobody ? ['Setelah ada peserta.'] : done ? past : missing.length ? missing : [fine])
  const none = nobody || done
  return [
    {
      key: 'jadwal',
      state: state(jadwal, nobody),
      words: words(jadwal, `${n(ahead.length)} sesi berjadwal dan berpengawas; yang pertama ${formatDay(first(seated).opensAt)}.`),
      action: none ? null : into(unwatched, 'ruang', 'Tugaskan pengawas', { label: 'Lihat jadwal', href: at(c.id, 'jadwal') }),
    },
    {
      key: 'kartu',
      state: state(kartu, nobody),
      words: words(kartu, 'Kartu semua sesi sudah diunduh.'),
      action: none ? null : into([...uncarded, ...later], 'ruang', 'Cetak kartu', null),
    },
    {
      key: 'kesiapan',
      state: state(kesiapan, nobody),
      words: words(kesiapan, 'Paket soal tersegel dan semua ponsel menyatakan siap.'),
      action: none ? null : into([...unsealed, ...formless], 'paket', 'Siapkan paket soal', into(ahead, 'paket', 'Lihat kesiapan', null)),
    },
  ]
}

const first = (list: SittingFacts[]): { opensAt: Date } =>
  list.reduce((a: { opensAt: Date }, s) => (s.opensAt < a.opensAt ? s : a), list[0] ?? { opensAt: new Date(0) })

function trialStep(c: CycleFacts): Step {
  const go = { label: c.trial ? 'Baca laporan uji coba' : 'Siapkan uji coba', href: at(c.id, 'uji-coba') }
  const begun = c.sittings.some((s) => s.begun > 0)
  if (!c.trial)
    return {
      key: 'uji-coba',
      state: begun ? 'waits' : 'lacks',
      words: [
        begun ? 'Tidak dilakukan sebelum tes pertama dimulai.' : 'Belum dilakukan: orang dalam mengerjakan formulirnya sebelum peserta.',
      ],
      action: begun ? null : go,
    }
  const { people, begun: started, finished } = c.trial
  return {
    key: 'uji-coba',
    state: finished > 0 ? 'done' : 'lacks',
    words: [`${n(started)} dari ${n(people)} orang sudah mulai, ${n(finished)} menyelesaikan semua bagian.`],
    action: go,
  }
}

function endStep(c: CycleFacts, now: Date): Step {
  const seated = c.sittings.filter((s) => s.seats > 0)
  const held = seated.filter((s) => s.releaseRule === 'held' && !s.releasedAt)
  const running = seated.filter((s) => s.closesAt > now)
  if (!seated.length || running.length)
    return {
      key: 'terbit',
      state: 'waits',
      words: [seated.length ? `${n(running.length)} sesi belum berakhir.` : 'Setelah tes selesai.'],
      action: null,
    }
  const words = [
    ...named(held, () => 'hasilnya masih ditahan dari peserta.'),
    c.published ? 'Terbitan yang berlaku memuat siklus ini.' : 'Belum ada terbitan yang memuat siklus ini.',
  ]
  return {
    key: 'terbit',
    state: held.length || !c.published ? 'lacks' : 'done',
    words,
    action: c.published ? into(held, 'ringkasan', 'Rilis hasil', null) : { label: 'Susun terbitan', href: '/bgtk/terbitan' },
  }
}

/** The steps of a cycle in their order, each with its state, what is missing and one thing to do. Practice ends with its readiness. */
export function pathOf(c: CycleFacts, now: Date): Step[] {
  const minutes = c.parts.reduce((m, p) => m + p.minutes, 0)
  const missing = c.noFormFor.map((f) => `Belum ada formulir untuk ${f.title}${f.seats ? ` (${n(f.seats)} peserta)` : ''}.`)
  const head: Step[] = [
    {
      key: 'siklus',
      state: 'done',
      words: [
        `${n(c.parts.length)} bagian, ${n(minutes)} menit. ${c.sameSeries ? `Seri ${c.series} dibaca bersama ${n(c.sameSeries)} siklus lain.` : `Seri ${c.series}, belum dipakai siklus lain.`}`,
      ],
      action: { label: 'Periksa nama dan seri', href: at(c.id, 'siklus') },
    },
    {
      key: 'formulir',
      state: state(missing),
      words: missing.length ? missing : ['Setiap bagian dan mata pelajaran peserta mempunyai formulir.'],
      action: { label: 'Pilih formulir', href: at(c.id, 'formulir') },
    },
  ]
  const steps = [...head, ...placeSteps(c), ...daySteps(c, now)]
  return c.practice ? steps : [...steps, trialStep(c), endStep(c, now)]
}

/** The first step that lacks something: where to go on. */
export const nextStep = (steps: readonly Step[]): Step | null => steps.find((s) => s.state === 'lacks' && s.action) ?? null
