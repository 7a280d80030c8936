import { formatCount, formatDay, formatTime } from '@/lib/platform/format'
import type { SittingAhead, SnapshotAhead } from './store'
import type { Urgency, Waiting } from './model'

/** Facts of the office as entries: what is wrong, why it matters, and the one step. */

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** "a, b, dan c". */
export function listed(parts: string[]): string {
  return parts.length < 3 ? parts.join(' dan ') : `${parts.slice(0, -1).join(', ')}, dan ${parts.at(-1)}`
}

const whenWords = (opensAt: Date, now: Date): string =>
  opensAt <= now ? 'sedang berlangsung' : `${formatDay(opensAt)}, pukul ${formatTime(opensAt)}`

/** What a sitting still lacks, in words; empty when it lacks nothing that can be counted. */
export function lacksOf(s: SittingAhead): string[] {
  return [
    s.seats === 0 && 'belum ada peserta',
    s.noRoom > 0 && `${formatCount(s.noRoom)} peserta belum punya ruang`,
    s.overfull > 0 && `${formatCount(s.overfull)} ruang melebihi kapasitasnya`,
    s.noForm > 0 && `${formatCount(s.noForm)} peserta belum mendapat formulir`,
    s.rooms > 0 && s.noProctor > 0 && `${formatCount(s.noProctor)} dari ${formatCount(s.rooms)} ruang belum ada pengawas`,
    s.rooms === 0 && 'belum ada ruang',
    s.seats > 0 && !s.prepared && 'paket soal belum disiapkan',
  ].filter((w): w is string => Boolean(w))
}

export function sittingEntry(s: SittingAhead, now: Date): Waiting {
  const running = s.opensAt <= now
  const lacks = lacksOf(s)
  const ready = `${formatCount(s.seats - s.notReady)} dari ${formatCount(s.seats)} peserta sudah siap di ponselnya`
  return {
    id: `sesi:${s.id}`,
    urgency: running || s.opensAt.getTime() - now.getTime() < 2 * DAY_MS ? 'now' : lacks.length ? 'soon' : 'open',
    title: `${s.name}, ${s.venue}: ${whenWords(s.opensAt, now)}`,
    why: running
      ? `${formatCount(s.seats)} peserta di ${formatCount(s.rooms)} ruang. Peserta tetap dapat mengerjakan walau jaringan terputus.`
      : `${lacks.length ? `Masih kurang: ${listed(lacks)}. ` : 'Peserta, ruang, pengawas, dan paket lengkap. '}${ready}.`,
    since: null,
    due: running ? null : s.opensAt,
    action: running
      ? { label: 'Buka layar sesi', href: `/pengawas/sesi/${s.id}` }
      : { label: lacks.length ? 'Lengkapi sesi' : 'Lihat kesiapan', href: `/bgtk/sesi/${s.id}` },
    place: '/bgtk/siklus',
    n: running || lacks.length ? 1 : 0,
  }
}

/** An entry with a clock: urgent when it has run out or has two days left. */
export function clocked(
  now: Date,
  fact: { n: number; since: Date | null; due: Date | null },
  entry: Omit<Waiting, 'urgency' | 'since' | 'due' | 'n'> & { urgency?: Urgency; n?: number },
): Waiting[] {
  if (!fact.n) return []
  const left = fact.due ? fact.due.getTime() - now.getTime() : Infinity
  return [{ urgency: left < 2 * DAY_MS ? 'now' : 'soon', n: fact.n, ...entry, since: fact.since, due: fact.due }]
}

export function draftEntries(runs: { code: string; title: string; at: Date; link: 'open' | 'closed' | null }[]): Waiting[] {
  if (!runs.length) return []
  const closed = runs.filter((r) => r.link === 'closed')
  return [
    {
      id: 'skor',
      urgency: 'soon',
      title: `${formatCount(runs.length)} instrumen punya skor yang belum dirilis`,
      why: `${listed(runs.map((r) => r.title))}. Guru dan peta masih memakai skor sebelumnya.${
        closed.length ? ` Rilis ${listed(closed.map((r) => r.title))} memerlukan alasan, karena tautannya belum cukup pasti.` : ''
      }`,
      since: runs.reduce((a, r) => (r.at < a ? r.at : a), runs[0]!.at),
      due: null,
      action: { label: 'Lihat siapa yang bergeser, lalu rilis', href: '/bgtk/kalibrasi' },
      place: '/bgtk/kalibrasi',
      n: runs.length,
    },
  ]
}

export function linkEntries(links: { title: string; at: Date }[]): Waiting[] {
  if (!links.length) return []
  return [
    {
      id: 'tautan',
      urgency: 'open',
      title: `Perubahan ${links.length === 1 ? links[0]!.title : `${formatCount(links.length)} mata pelajaran`} belum dapat diumumkan`,
      why: `Tautan kedua siklusnya belum cukup pasti: galatnya melebihi batas. Angkanya ditahan, tanpa pengganti.${links.length > 1 ? ` ${listed(links.map((l) => l.title))}.` : ''}`,
      since: links.reduce((a, l) => (l.at < a ? l.at : a), links[0]!.at),
      due: null,
      action: { label: 'Lihat butir jangkar yang dibutuhkan', href: '/bgtk/kalibrasi' },
      place: '/bgtk/kalibrasi',
      n: 1,
    },
  ]
}

export function pairEntries(p: { never: number; quiet: number; tutor: number; learner: number; since: Date | null }): Waiting[] {
  const causes = [
    p.never > 0 && `${formatCount(p.never)} belum pernah bertemu`,
    p.quiet > 0 && `${formatCount(p.quiet)} tidak bertemu lagi lebih dari sebulan`,
    p.tutor > 0 && `${formatCount(p.tutor)} menunggu jawaban tutor`,
    p.learner > 0 && `${formatCount(p.learner)} menunggu jawaban guru`,
  ].filter((w): w is string => Boolean(w))
  if (!causes.length) return []
  const n = p.never + p.quiet + p.tutor + p.learner
  return [
    {
      id: 'pasangan',
      urgency: 'open',
      title: `${formatCount(n)} pasangan Tutor Sebaya tidak berjalan`,
      why: `Sebabnya: ${listed(causes)}.`,
      since: p.since,
      due: null,
      action: { label: 'Buka jejaring tutor', href: '/bgtk/dukungan/tutor' },
      place: '/bgtk/dukungan/tutor',
      n: 1,
    },
  ]
}

/** Snapshots under way: a second person publishes what somebody else proposed. */
export function snapshotEntries(list: SnapshotAhead[], userId: string | null): Waiting[] {
  return list.map((s) => {
    const mine = s.proposedBy === userId
    const words: Record<string, [string, string, string]> = {
      draft: ['siap diperiksa', 'Bandingkan dengan terbitan yang berlaku, lalu usulkan agar orang kedua menerbitkannya.', 'Periksa draf'],
      proposed: mine
        ? ['menunggu orang kedua', 'Anda yang mengusulkan; orang lain yang menerbitkan.', 'Lihat usulan']
        : [
            'menunggu persetujuan Anda',
            `Diusulkan ${s.proposedName ?? ''}. Pejabat membaca angkanya begitu diterbitkan.`,
            'Periksa dan terbitkan',
          ],
      failed: ['gagal disusun', 'Terbitan yang berlaku tidak berubah.', 'Lihat sebabnya'],
    }
    const [state, why, label] = words[s.state]!
    return {
      id: `terbitan:${s.id}`,
      urgency: s.state === 'proposed' && !mine ? 'soon' : 'open',
      title: `Terbitan ${s.series} nomor ${s.number} ${state}`,
      why,
      since: s.proposedAt ?? s.madeAt,
      due: null,
      action: { label, href: `/bgtk/terbitan/${s.id}` },
      place: '/bgtk/terbitan',
      n: s.state === 'proposed' && mine ? 0 : 1,
    } satisfies Waiting
  })
}

export function untestedEntry(fact: { schools: number; untested: number; teachers: number }, who: string): Waiting[] {
  if (!fact.untested) return []
  return [
    {
      id: 'belum-dites',
      urgency: 'open',
      title: `${formatCount(fact.untested)} dari ${formatCount(fact.schools)} satuan pendidikan belum pernah dites`,
      why: `${formatCount(fact.teachers)} guru ${who} mengajar di sana. Apa yang mereka perlukan belum diketahui, dan rata-rata wilayah tidak berbicara tentang mereka.`,
      since: null,
      due: null,
      action: { label: 'Lihat menurut kabupaten/kota', href: '/peta' },
      place: '/peta',
      n: 0,
    },
  ]
}

/** A sitting ahead as it concerns an office or a head, who prepare nothing of it. */
export const visitEntry = (
  s: { id: string; name: string; venue: string; opensAt: Date; teachers: number },
  whose: string,
  action: Waiting['action'],
  now: Date,
): Waiting => ({
  id: `sesi:${s.id}`,
  urgency: s.opensAt.getTime() - now.getTime() < 36 * HOUR_MS ? 'soon' : 'open',
  title: `${s.name}, ${s.venue}: ${whenWords(s.opensAt, now)}`,
  why: `${formatCount(s.teachers)} guru ${whose} mengikutinya. Pastikan mereka bebas tugas dan membawa kartu serta ponsel.`,
  since: null,
  due: s.opensAt,
  action,
  place: '',
  n: 0,
})
