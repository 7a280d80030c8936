import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/form'
import type { blueprintPage } from '@/lib/assembly/service'
import { formatMoment } from '@/lib/platform/format'

type Page = NonNullable<Awaited<ReturnType<typeof blueprintPage>>>

/** What a blueprint as a whole can give, what that leaves open, and how the last assembly by it ended. */
export function CarriedNotice({ page, at }: { page: Page; at: string }) {
  const { carried, tried } = page
  if (!carried) return null
  return (
    <div className="mb-6 space-y-3">
      <Notice
        tone={carried.forms ? 'info' : 'bad'}
        title={
          carried.forms
            ? carried.lacks.length
              ? `Seluruh kisi-kisi: paling banyak ${carried.forms} formulir tanpa butir yang sama`
              : `Seluruh kisi-kisi: cukup butir untuk dicoba sampai ${carried.forms} formulir`
            : 'Kisi-kisi ini belum dapat menjadi satu formulir pun'
        }
      >
        {carried.lacks.length > 0 && `${carried.forms ? `Untuk ${carried.forms + 1} formulir: ` : ''}${carried.lacks.join(' ')} `}
        Ini batas atas dari butir yang juga dipakai perakit; keluarga dan pasangan yang bermusuhan dihitung satu kali setiap formulir.
        Waktu, letak kunci, dan kelompok wacana baru diuji saat dirakit, jadi hasilnya dapat lebih sedikit.
      </Notice>
      {tried && (
        <p className="text-sm">
          Perakitan terakhir menurut versi ini,{' '}
          <Link href={`${at}/rakit/${tried.id}`} className="text-leaf underline underline-offset-4">
            {formatMoment(tried.at)}
          </Link>
          : {tried.forms} formulir {tried.failed ? `tidak dapat dirakit. ${tried.words}` : 'berhasil dirakit.'}
        </p>
      )}
    </div>
  )
}
