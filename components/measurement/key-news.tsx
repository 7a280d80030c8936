import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/form'
import type { KeyNews } from '@/lib/calibration/key-model'
import { formatDate } from '@/lib/platform/format'

/** "Siklus A dan Siklus B". */
const named = (cycles: readonly string[]) => (cycles.length ? cycles.join(', ') : 'yang sudah dihitung')

/**
 * That an item's key was corrected, by which key the scores of which cycles stand, and by which the figures of this page were found
 * (`calculatedAt`). The same words on the page of the analysis and on that of the bank.
 */
export function KeyCorrected({
  news,
  cycles,
  calculatedAt,
  release,
  other,
}: {
  news: KeyNews | null
  cycles: readonly string[]
  calculatedAt?: Date | null
  release: boolean
  other: { href: string; label: string } | null
}) {
  if (!news) return null
  const link = 'font-semibold underline underline-offset-4'
  return (
    <Notice
      tone={news.releasedAt ? 'info' : 'care'}
      title={`Kunci dikoreksi menjadi ${news.key} pada ${formatDate(news.at)}${news.releasedAt ? '' : ', rilis ulang menunggu'}`}
    >
      {news.releasedAt
        ? `Skor siklus ${named(cycles)} memakai kunci baru sejak ${formatDate(news.releasedAt)}.`
        : `Skor siklus ${named(cycles)} masih memakai kunci lama sampai dihitung dan dirilis ulang.`}{' '}
      {calculatedAt && calculatedAt < news.at && 'Angka di halaman ini dihitung sebelum koreksi, jadi memakai kunci lama. '}
      Alasan: {news.reason}{' '}
      {!news.releasedAt && release && (
        <Link href="/bgtk/kalibrasi" className={link}>
          Hitung dan rilis ulang
        </Link>
      )}{' '}
      {other && (
        <Link href={other.href} className={link}>
          {other.label}
        </Link>
      )}
    </Notice>
  )
}
