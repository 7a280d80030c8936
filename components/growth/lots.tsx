import { Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import type { LotteryGrowth } from '@/lib/growth/service'
import { formatCount, formatDate, formatNumber, formatSigned } from '@/lib/platform/format'
import { ChangeRanges } from './change-ranges'
import { rangeWords } from './words'

type Effect = LotteryGrowth['effects'][number]

/** What may be said of one lottery: a cause where range and attendance allow it, and for whom. */
function verdict(e: Effect, hideBelow: number): string {
  switch (e.word) {
    case 'few':
      return `belum dapat dinilai: satu kelompok berisi kurang dari ${hideBelow} guru dengan kedua tes`
    case 'attendance':
      return 'tidak disebut akibat: yang datang lagi berbeda di antara kedua kelompok'
    case 'unclear':
      return `akibatnya belum dapat dipastikan; undian sebesar ini menemukan beda ${formatNumber(e.detectable!, 0)} poin atau lebih dalam 80 dari 100 undian`
    case 'more':
      return 'kenaikan ini akibat tawarannya'
    case 'less':
      return 'penurunan ini akibat tawarannya'
  }
}

const share = (arm: Effect['drawn']): string => `${formatCount(arm.present)} dari ${formatCount(arm.n)}`

/** Seats given by lot: the one place of the page that speaks of causes. */
export function Lots({ lots, hideBelow }: { lots: LotteryGrowth; hideBelow: number }) {
  const judged = lots.effects.flatMap((e) => (e.difference ? [{ ...e, difference: e.difference }] : []))
  return (
    <Card title="Yang diundi: sebab, bukan sekadar selisih" className="mb-6">
      <p className="mb-3 max-w-prose text-sm">
        Kursi atau tutor kurang, jadi undian menentukan siapa yang lebih dahulu di antara guru yang setara. Kedua kelompok hanya berbeda
        karena undian; karena itu selisihnya adalah <strong>akibat dari tawarannya</strong>, bagi guru di dekat batas itu. Bagi guru yang
        jauh dari batas, undian ini tidak mengatakan apa-apa.
      </p>
      <ul className="mb-4 space-y-2">
        {lots.effects.map((e) => (
          <li key={e.key}>
            <strong>{e.title}</strong>
            {e.drawnAt && ` (diundi ${formatDate(new Date(e.drawnAt))})`}:{' '}
            {e.difference && e.word !== 'attendance' && `${formatSigned(e.difference.value)} poin, rentang ${rangeWords(e.difference)}; `}
            {verdict(e, hideBelow)}.
          </li>
        ))}
      </ul>
      {lots.overtaken.length > 0 && (
        <div className="mb-4">
          <Notice tone="care" title="Tidak dapat dibaca">
            {lots.overtaken.join('; ')}: kelompok kedua sudah mendapat giliran sebelum ukur ulang, jadi kedua kelompok tidak berbeda lagi.
          </Notice>
        </div>
      )}
      {judged.length > 0 && (
        <>
          <ChangeRanges
            label="Akibat tawaran dengan rentang untuk semua undian bersama"
            caption="Kelompok pertama dikurangi kelompok kedua"
            rows={judged.map((e) => ({ name: e.title, ...e.difference, n: e.drawn.present + e.waiting.present }))}
          />
          <Table
            caption="Siapa yang datang lagi"
            rows={judged}
            rowKey={(e) => e.key}
            columns={[
              { key: 't', head: 'Undian', lead: true, cell: (e) => e.title },
              { key: 'd', head: 'Kelompok pertama, dengan kedua tes', cell: (e) => share(e.drawn) },
              { key: 'w', head: 'Kelompok kedua, dengan kedua tes', cell: (e) => share(e.waiting) },
              {
                key: 'p',
                head: 'Apakah kehadirannya berbeda',
                cell: (e) => `${e.attendanceP < 0.05 ? 'ya' : 'tidak terbedakan'} (p = ${formatNumber(e.attendanceP, 2)})`,
              },
              { key: 'h', head: 'JP diterima, pertama', numeric: true, cell: (e) => formatNumber(e.drawn.hours, 1) },
              { key: 'g', head: 'JP diterima, kedua', numeric: true, cell: (e) => formatNumber(e.waiting.hours, 1) },
            ]}
          />
        </>
      )}
      <p className="mt-3 max-w-prose text-sm text-soft">
        Semua yang diundi dihitung menurut undiannya, juga yang akhirnya tidak datang ke kelas atau tutornya.{' '}
        {judged.length > 0 && 'Yang tidak datang ke ukur ulang tidak mempunyai selisih; jumlahnya ada di tabel. '}
        Skor awal dipersamakan, guru satu sekolah dihitung sebagai satu kelompok.{' '}
        {lots.claims > 1 && `Pada ukur ulang ini ${formatCount(lots.claims)} angka dinilai bersama. `}
        Bila semuanya tidak berguna, paling banyak 5 dari 100 ukur ulang menyebut satu saja sebagai akibat. Kelompok kedua kelas mendapat
        gilirannya sesudah ukur ulang.
      </p>
    </Card>
  )
}
