import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/form'
import type { Remeasured } from '@/lib/growth/service'

/** Choosing a re-measurement on the map shows other people than before; pairs of the same people stand on the growth page. */
export function OtherPeople({ remeasured, growthBase, part }: { remeasured: Remeasured; growthBase: string; part: string }) {
  return (
    <div className="my-4">
      <Notice tone="info">
        {remeasured.name} hanya menguji sebagian guru dari {remeasured.baseName}. Angka peta ini jangan dibandingkan dengan angka siklus
        sebelumnya: orangnya berbeda, jadi selisihnya bukan kenaikan atau penurunan.{' '}
        <Link
          className="underline underline-offset-4"
          href={`${growthBase}?${new URLSearchParams({ ulang: remeasured.code, bagian: part })}`}
        >
          Bandingkan guru yang sama di halaman Perubahan
        </Link>
        .
      </Notice>
    </div>
  )
}
