import { Card } from '@/components/ui/page'
import type { Practice } from '@/lib/growth/service'
import { formatCount, formatNumber, formatSigned } from '@/lib/platform/format'
import { rangeWords } from './words'

/** How much of a change there is without any first test, and what first-timers cannot tell. */
function verdict(p: Practice, hideBelow: number): string {
  switch (p.word) {
    case 'few':
      return `Belum dapat dinilai: salah satu kelompok berisi kurang dari ${hideBelow} guru yang terukur pada ukur ulang.`
    case 'attendance':
      return 'Yang datang ke ukur ulang berbeda di antara kedua kelompok, jadi selisihnya tidak disebut akibat.'
    case 'unclear':
      return `Pengaruh pernah dites belum dapat dipastikan (rentang ${rangeWords(p.difference)} poin); kelompok sebesar ini menemukan beda ${formatNumber(p.detectable, 0)} poin atau lebih dalam 80 dari 100 pengukuran.`
    default:
      return `Yang pernah dites ${p.word === 'more' ? 'unggul' : 'tertinggal'} ${formatNumber(Math.abs(p.difference.value), 0)} poin (rentang ${rangeWords(p.difference)}).`
  }
}

/** First-timers beside those who were tested before, both as they were drawn. */
export function PracticeCard({ practice: p, hideBelow }: { practice: Practice; hideBelow: number }) {
  return (
    <Card title="Pernah dites dan pertama kali dites" className="mb-6">
      <p className="max-w-prose">{verdict(p, hideBelow)}</p>
      {p.without && p.word !== 'attendance' && (
        <p className="mt-2 max-w-prose">
          Perubahan tanpa tes pertama, dari yang baru dites sekarang dibanding yang dites dahulu: {formatSigned(p.without.value)} poin,
          rentang {rangeWords(p.without)}.
        </p>
      )}
      <p className="mt-2 max-w-prose text-sm">
        Sebelum tes pertama, undian menentukan siapa yang baru dites pada ukur ulang. Terukur pada ukur ulang:{' '}
        {formatCount(p.before.present)} dari {formatCount(p.before.n)} guru yang diundi untuk dites dua kali, {formatCount(p.first.present)}{' '}
        dari {formatCount(p.first.n)} yang diundi untuk dites sekali ({p.attendanceP < 0.05 ? 'berbeda' : 'tidak terbedakan'}, p ={' '}
        {formatNumber(p.attendanceP, 2)}).
      </p>
      <p className="mt-2 max-w-prose text-sm text-soft">
        Selisih ini memuat kebiasaan dengan bentuk tes dan segala yang menyusul tes pertama: hasil yang dibaca, rencana belajar, dan bantuan
        (rata-rata {formatNumber(p.before.hours, 1)} JP dibanding {formatNumber(p.first.hours, 1)} JP).{' '}
        {p.before.hours < 1
          ? 'Karena hampir tidak ada bantuan di antaranya, selisih ini terutama kebiasaan.'
          : 'Kebiasaan dan bantuan tidak dapat dipisahkan satu dari yang lain; kebiasaan saja paling banyak sebesar selisih ini selama bantuan tidak merugikan.'}
      </p>
    </Card>
  )
}
