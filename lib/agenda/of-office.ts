import type { Actor } from '@/lib/access/model'
import { may } from '@/lib/access/service'
import { waitingByCycle } from '@/lib/delivery/inside'
import { formatCount } from '@/lib/platform/format'
import { analysisList } from '@/lib/scoring/service'
import * as office from './office'
import * as store from './store'
import { ahead, type Waiting } from './model'
import { remembered } from './recent'

/** What waits for whoever runs the tests: sittings, items, support, publications. */

/** Flags change with a calibration, not with a minute. */
const SLOW_MS = 2 * 60_000

export async function ofTests(actor: Actor, now: Date): Promise<Waiting[]> {
  if (!may(actor, 'cycle:manage')) return []
  const [sittings, codes, late] = await Promise.all([
    store.sittingsAhead(now, ahead(now, 14)),
    store.earlyCodes(actor.userId, now),
    may(actor, 'result:release') ? waitingByCycle() : [],
  ])
  return [
    ...sittings.map((s) => office.sittingEntry(s, now)),
    ...codes.map((c): Waiting => ({
      id: `kode:${c.id}`,
      urgency: 'now',
      title: `${c.by} meminta kode rilis ${c.sitting} sebelum waktunya`,
      why: `Alasannya: ${c.reason}. Kode hanya tampil bila orang kedua menyetujui.`,
      since: c.at,
      due: null,
      action: { label: 'Periksa permintaan', href: `/bgtk/sesi/${c.sittingId}?tampilan=paket` },
      place: '/bgtk/siklus',
      n: 1,
    })),
    ...late.map((l): Waiting => ({
      id: `susulan:${l.cycleId}`,
      urgency: 'soon',
      title: `${formatCount(l.waiting)} jawaban yang datang terlambat menunggu keputusan`,
      why: 'Jawabannya tersimpan, tetapi belum dihitung: hasil sudah dibaca atau waktunya tidak dapat dipastikan.',
      since: null,
      due: null,
      action: { label: 'Putuskan satu per satu', href: `/bgtk/siklus/${l.cycleId}/susulan` },
      place: '/bgtk/siklus',
      n: l.waiting,
    })),
  ]
}

export async function ofItems(actor: Actor, now: Date): Promise<Waiting[]> {
  if (!may(actor, 'calibration:run')) return []
  const [runs, links, keys, essays, analyses] = await Promise.all([
    store.draftRuns(),
    store.closedLinks(),
    store.oldKeys(),
    store.essays(),
    remembered(`items:${actor.userId}`, SLOW_MS, now, () => analysisList(actor)),
  ])
  const stops = analyses.filter((a) => a.stops > 0)
  const items = stops.reduce((sum, a) => sum + a.stops, 0)
  return [
    ...office.draftEntries(runs),
    ...office.linkEntries(links),
    ...(keys.length
      ? [
          {
            id: 'kunci',
            urgency: 'soon',
            title: `${formatCount(keys.length)} butir sudah dikoreksi kuncinya, skornya belum`,
            why: `${office.listed(keys.map((k) => k.code))}: skor yang berlaku masih memakai kunci lama sampai rilis ulang.`,
            since: keys.reduce((a, k) => (k.at < a ? k.at : a), keys[0]!.at),
            due: null,
            action: { label: 'Hitung dan rilis ulang', href: '/bgtk/kalibrasi' },
            place: '/bgtk/kalibrasi',
            n: keys.length,
          } satisfies Waiting,
        ]
      : []),
    ...(items
      ? [
          {
            id: 'butir',
            urgency: 'open',
            title: `${formatCount(items)} butir perlu keputusan`,
            why: `Analisis bertanya tentang kunci atau kerjanya, di ${formatCount(stops.length)} instrumen: ${office.listed(stops.slice(0, 3).map((a) => a.title))}${stops.length > 3 ? ', dan lainnya' : ''}.`,
            since: null,
            due: null,
            action: { label: 'Lihat butirnya', href: stops.length === 1 ? `/bgtk/analisis/${stops[0]!.code}` : '/bgtk/analisis' },
            place: '/bgtk/analisis',
            n: items,
          } satisfies Waiting,
        ]
      : []),
    ...(essays.n
      ? [
          {
            id: 'uraian',
            urgency: 'open',
            title: `${formatCount(essays.n)} jawaban uraian belum selesai dinilai`,
            why: essays.raters
              ? `${formatCount(essays.raters)} penilai ditunjuk${essays.disputed ? `; ${formatCount(essays.disputed)} menunggu penilai ketiga` : ''}. Skor bagiannya belum memuat uraian.`
              : 'Belum ada penilai yang ditunjuk. Skor bagiannya belum memuat uraian.',
            since: essays.since,
            due: null,
            action: { label: essays.raters ? 'Lihat kemajuan penilaian' : 'Tunjuk penilai', href: '/bgtk/instrumen' },
            place: '/bgtk/instrumen',
            n: 1,
          } satisfies Waiting,
        ]
      : []),
  ]
}

export async function ofSupport(actor: Actor, now: Date): Promise<Waiting[]> {
  if (!may(actor, 'support:manage')) return []
  const [pairs, objections, classes] = await Promise.all([
    store.pairs(ahead(now, -21), ahead(now, -31)),
    store.objections(),
    store.undatedClasses(),
  ])
  return [
    ...office.clocked(now, objections, {
      id: 'keberatan',
      title: `${formatCount(objections.n)} keberatan guru menunggu jawaban`,
      why: 'Setiap keberatan dijawab seorang petugas dalam sepuluh hari kerja.',
      action: { label: 'Baca dan jawab', href: '/bgtk/dukungan/keberatan' },
      place: '/bgtk/dukungan/keberatan',
    }),
    ...office.pairEntries(pairs),
    ...office.clocked(now, classes, {
      id: 'kelas',
      urgency: 'open',
      title: `${formatCount(classes.n)} kelas belum bertanggal`,
      why: 'Pesertanya sudah ditempatkan dan menunggu tanggal mulai.',
      action: { label: 'Beri tanggal', href: '/bgtk/dukungan/kelas' },
      place: '/bgtk/dukungan',
    }),
  ]
}

export async function ofPublication(actor: Actor): Promise<Waiting[]> {
  if (!may(actor, 'publication:manage')) return []
  const [drafts, inForce] = await Promise.all([store.snapshotsAhead(), store.inForce()])
  const older = inForce.find((s) => s.newer)
  return [
    ...office.snapshotEntries(drafts, actor.userId),
    ...(older && !drafts.some((d) => d.series === older.series)
      ? [
          {
            id: 'terbitan-lama',
            urgency: 'open',
            title: `Skor baru dirilis sejak terbitan ${older.series} nomor ${older.number}`,
            why: 'Peta dan laporan masih menunjukkan terbitan itu, sampai terbitan baru disusun dan disetujui dua orang.',
            since: older.newer,
            due: null,
            action: { label: 'Susun terbitan baru', href: '/bgtk/terbitan' },
            place: '/bgtk/terbitan',
            n: 1,
          } satisfies Waiting,
        ]
      : []),
  ]
}
