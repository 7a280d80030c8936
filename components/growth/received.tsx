import { Notice } from '@/components/ui/form'
import { Card, Empty } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import type { LotteryGrowth, SupportGrowth, ToldDifference } from '@/lib/growth/service'
import { formatCount, formatNumber, formatSigned } from '@/lib/platform/format'
import { ChangeRanges } from './change-ranges'
import { Lots } from './lots'
import { peopleWords, rangeWords } from './words'

const differenceWords = { more: 'lebih besar', less: 'lebih kecil', unclear: 'tidak terbedakan', unjudged: 'belum dapat dinilai' } as const

/** A difference with its range, or why it is not judged. */
const told = (d: ToldDifference): string =>
  d.difference
    ? `${formatSigned(d.difference.value)}; rentang ${rangeWords(d.difference)}; ${differenceWords[d.word]}`
    : `${differenceWords[d.word]}: hanya di ${formatCount(d.schools)} sekolah, atau terlalu sedikit sekolah pembanding`

type Shown = { support: SupportGrowth; hideBelow: number }

function Tiers({ support: s, hideBelow }: Shown) {
  return (
    <Card title="Menurut tingkat dukungan" className="mb-6">
      <p className="mb-3 max-w-prose text-sm">
        Guru pada tingkat intensif dipilih karena skornya rendah, dan sebagian skor rendah hanyalah hari yang kurang baik: skor mereka akan
        naik pada tes berikutnya meskipun tidak terjadi apa-apa. Karena itu bacalah kolom <strong>terkoreksi</strong>.
      </p>
      <p className="mb-3 max-w-prose text-sm">
        Kata “naik” atau “turun” tidak dipakai di sini: bila yang berskor rendah lebih sering tidak datang lagi, kata itu terlalu sering
        keliru.
      </p>
      <Table
        caption="Perubahan menurut tingkat dukungan"
        rows={s.tiers}
        rowKey={(t) => t.code}
        columns={[
          { key: 'n', head: 'Tingkat dukungan', lead: true, cell: (t) => t.name },
          { key: 'g', head: 'Guru', numeric: true, cell: (t) => (t.change ? peopleWords(t.n, hideBelow) : 'disembunyikan') },
          { key: 'r', head: 'Teramati', numeric: true, cell: (t) => (t.change ? formatSigned(t.change.raw.value) : '–') },
          { key: 'e', head: 'Karena galat saja', numeric: true, cell: (t) => (t.change ? formatSigned(t.change.byErrorAlone) : '–') },
          { key: 'c', head: 'Terkoreksi', numeric: true, cell: (t) => (t.change ? formatSigned(t.change.corrected.value) : '–') },
          { key: 'i', head: 'Rentang 95 persen', cell: (t) => (t.change ? rangeWords(t.change.corrected) : '–') },
        ]}
      />
    </Card>
  )
}

function Dose({ support: s, hideBelow }: Shown) {
  return (
    <Card title="Menurut jam yang benar-benar diterima" className="mb-6">
      <Table
        caption="Perubahan menurut jam pelajaran yang diterima"
        rows={s.dose}
        rowKey={(d) => d.code}
        columns={[
          { key: 'n', head: 'Diterima', lead: true, cell: (d) => d.name },
          { key: 'g', head: 'Guru', numeric: true, cell: (d) => (d.change ? peopleWords(d.n, hideBelow) : 'disembunyikan') },
          { key: 'p', head: 'Direncanakan (JP)', numeric: true, cell: (d) => (d.change ? formatNumber(d.planned) : '–') },
          { key: 'h', head: 'Diterima (JP)', numeric: true, cell: (d) => (d.change ? formatNumber(d.received) : '–') },
          { key: 'c', head: 'Perubahan terkoreksi', numeric: true, cell: (d) => (d.change ? formatSigned(d.change.corrected.value) : '–') },
          {
            key: 'd',
            head: 'Dibanding tanpa jam, skor awal setara',
            cell: (d) => (d.difference ? told(d.difference) : d.code === '0' ? 'pembanding' : '–'),
          },
        ]}
      />
      <p className="mt-2 text-sm text-soft">
        JP = jam pelajaran 45 menit, dari catatan kehadiran sebelum ukur ulang, untuk kompetensi ini saja.
      </p>
    </Card>
  )
}

function Modules({ support: s }: { support: SupportGrowth }) {
  if (s.modules.length === 0) return null
  const judged = s.modules.flatMap((m) => (m.difference ? [{ ...m, difference: m.difference }] : []))
  const clear = judged.filter((m) => m.word !== 'unclear')
  const others = s.modules.filter((m) => !m.difference)
  return (
    <Card title="Menurut modul yang diselesaikan" className="mb-6">
      <p className="mb-3 max-w-prose text-sm">
        Peserta setiap modul dibandingkan dengan guru berskor awal setara yang tidak mengikutinya, semua modul sekaligus dalam satu
        perhitungan.{' '}
        {judged.length === 0
          ? 'Belum ada modul yang diikuti dari cukup banyak sekolah untuk dinilai.'
          : clear.length === 0
            ? 'Pada data ini tidak satu modul pun dapat dibedakan dari yang lain.'
            : `Dapat dibedakan (q < 0,05): ${clear.map((m) => `${m.title} (${differenceWords[m.word]})`).join('; ')}.`}{' '}
        Yang lain tidak terbedakan; itu tidak berarti tidak berguna.
      </p>
      {judged.length > 0 && (
        <>
          <ChangeRanges
            label="Selisih perubahan peserta modul dengan rentang untuk semua modul bersama"
            caption="Selisih dari guru yang tidak mengikuti"
            rows={judged.map((m) => ({ name: m.title, ...m.difference, n: m.n }))}
          />
          <p className="mt-2 text-sm text-soft">
            Rentang memperhitungkan bahwa {formatCount(judged.length)} modul dinilai sekaligus: rentang yang tidak memuat nol dan kata
            “lebih besar” atau “lebih kecil” selalu sama.
          </p>
        </>
      )}
      {others.length > 0 && (
        <p className="mt-3 max-w-prose text-sm">
          Belum dapat dinilai, karena diikuti atau tidak diikuti dari kurang dari 20 sekolah:{' '}
          {others.map((m) => `${m.title} (${formatCount(m.schools)} sekolah)`).join('; ')}.
        </p>
      )}
    </Card>
  )
}

/** Growth read against what was received. Differences, never effects, but for seats that were given by lot. */
export function Received({ support, lots, hideBelow }: { support: SupportGrowth | null; lots: LotteryGrowth | null; hideBelow: number }) {
  if (!support) return <Empty title="Belum cukup guru dengan kedua tes" />
  return (
    <>
      {lots && <Lots lots={lots} hideBelow={hideBelow} />}
      <div className="mb-6">
        <Notice tone="care" title="Selisih, bukan sebab">
          Guru memilih dan dipilih untuk kegiatan: yang rajin, yang didukung kepala sekolah, yang dekat tempat pelatihan. Selisih di bawah
          ini tidak menyatakan bahwa kegiatan menyebabkan perubahan.{' '}
          {lots
            ? 'Yang menyatakan sebab hanya undian di atas.'
            : 'Yang dapat menyatakannya: undian kursi bila kuota terbatas, dengan kelompok kedua yang mendapat giliran pada semester berikutnya. BGTK mengumumkannya di halaman Dukungan, bagian Undian.'}
        </Notice>
      </div>
      <Tiers support={support} hideBelow={hideBelow} />
      <Dose support={support} hideBelow={hideBelow} />
      <Modules support={support} />
      <Card title="Tutor Sebaya">
        {support.tutor ? (
          <p className="max-w-prose">
            {support.tutor.n === null ? 'Sebagian' : formatCount(support.tutor.n)} guru bertemu tutornya dua jam atau lebih, dihitung dari
            pertemuan yang dikonfirmasi kedua pihak. Dibanding guru lain dengan skor awal dan jam modul yang setara, perubahan mereka:{' '}
            {told(support.tutor)}.
          </p>
        ) : (
          <p>
            Guru yang bertemu tutornya menurut konfirmasi kedua pihak
            {support.withTutor !== null && ` (${formatCount(support.withTutor)} orang)`} terlalu sedikit untuk dibandingkan.
          </p>
        )}
        <p className="mt-2 text-sm text-soft">
          Perubahan menurut tutor tidak ditampilkan: satu tutor mendampingi tiga sampai lima orang, dan kelompok sekecil itu disembunyikan.
        </p>
      </Card>
    </>
  )
}
