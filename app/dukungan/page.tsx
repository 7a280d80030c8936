import { CutGround } from '@/components/measurement/cut-ground'
import type { Metadata } from 'next'
import { Shell } from '@/components/shell'
import { Progress } from '@/components/support/progress'
import { Card, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { progress } from '@/lib/plans/service'

export const metadata: Metadata = { title: 'Dukungan' }

export default async function SupportProgressPage() {
  const actor = await requireActor('support:read')
  const view = await progress(actor)
  return (
    <Shell actor={actor}>
      <PageHead title="Kemajuan dukungan" lead="Rencana belajar guru dalam jangkauan Anda: diusulkan, disepakati, dijalani." />
      <CutGround />
      <Card>
        {view.total.plans === 0 ? (
          <Empty title="Belum ada rencana belajar">
            Rencana disusun BGTK setelah hasil tes dirilis, lalu disepakati setiap guru. Kemajuannya muncul di sini.
          </Empty>
        ) : (
          <Progress view={view} />
        )}
      </Card>
      <p className="mt-4 max-w-prose text-sm text-soft">
        Angka adalah banyaknya rencana, langkah, dan jam pelajaran (JP, 45 menit) yang tercatat hadir. Kemajuan menunjukkan dukungan yang
        sampai kepada guru, bukan mutu guru atau daerah.
      </p>
    </Shell>
  )
}
