import { heldBack, type OwnLot } from '@/lib/plans/lottery-model'
import { formatCount, formatDay, toDateInput } from '@/lib/platform/service'
import { Evidence } from './lottery-card'

const dayOf = (text: string) => new Date(`${text}T00:00:00+07:00`)

/** What the teacher reads: whether a lot decides, what it decided, and when the turn comes. */
function words(lot: OwnLot, today: Date): string {
  const second = formatDay(dayOf(lot.secondOn))
  const equal = `${formatCount(lot.left)} kursi untuk ${formatCount(lot.near)} guru yang hasil tesnya setara`
  if (lot.place === 'certain') return 'Anda mendapat kursi pada kelompok pertama, tanpa undian.'
  if (lot.place === 'behind') return `Kursi terbatas: giliran Anda pada kelompok kedua, mulai ${second}. Tempat Anda sudah dicatat.`
  if (lot.state === 'announced')
    return `Kursi terbatas, jadi gilirannya diundi pada ${formatDay(dayOf(lot.drawOn))}: ${equal}. Nomor Anda ${lot.ticket}. Kelompok kedua mendapat giliran mulai ${second}.`
  if (lot.place === 'drawn')
    return `Diundi karena kursi terbatas (${equal}): nomor Anda, ${lot.ticket}, mendapat kursi pada kelompok pertama. Kelompok kedua mendapat giliran mulai ${second}.`
  return heldBack(lot, toDateInput(today))
    ? `Diundi karena kursi terbatas (${equal}): nomor Anda, ${lot.ticket}, ada pada kelompok kedua. Giliran Anda mulai ${second}; tempat Anda sudah dicatat, Anda tidak perlu mendaftar lagi.`
    : `Giliran kelompok kedua sudah mulai. Nomor Anda, ${lot.ticket}, didahulukan saat kelas dibentuk.`
}

/** The lottery of one step, told to the teacher whom it concerns. */
export function OwnLotNote({ lot, today }: { lot: OwnLot; today: Date }) {
  const byLot = lot.ticket !== null
  return (
    <div className="mt-3 rounded-lg border border-line bg-leaf-pale p-3 text-sm">
      <p className="font-semibold">{byLot ? 'Undian kursi' : 'Giliran kelas'}</p>
      <p className="mt-1">{words(lot, today)}</p>
      {byLot && (
        <>
          <p className="mt-1">
            Undian tidak menilai Anda. Pada ukur ulang, rata-rata kedua kelompok dibandingkan tanpa nama untuk mengetahui apakah kelas ini
            menolong. Bila tidak setuju, Anda dapat{' '}
            <a href="/guru/hasil#banding" className="font-semibold text-leaf underline underline-offset-4">
              mengajukan keberatan
            </a>
            .
          </p>
          <Evidence commitment={lot.commitment} seed={lot.seed} word={lot.word} near={lot.near} left={lot.left} />
        </>
      )}
    </div>
  )
}
