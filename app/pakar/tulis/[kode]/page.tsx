import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { PageHead } from '@/components/ui/page'
import { WritingDesk } from '@/components/workshop/writing-desk'
import { orForbidden, requireActor } from '@/lib/access/service'
import { editor } from '@/lib/instruments/service'
import { asked, codesIn, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Tulis butir' }

export default async function ExpertWritePage({ params, searchParams }: { params: Promise<{ kode: string }>; searchParams: Search }) {
  const actor = await requireActor('item:review')
  const [{ kode }, { butir }] = [await codesIn(params, 'kode'), await asked(searchParams, 'butir')]
  const desk = await orForbidden(editor(actor, kode, butir || null))
  if (!desk) notFound()
  return (
    <Shell actor={actor}>
      <PageHead
        title={butir ? `Ubah ${butir}` : 'Butir baru'}
        lead={desk.instrument.title}
        back={{ href: butir ? `/pakar/butir/${butir}` : '/pakar', label: butir || 'Tugas' }}
      />
      <WritingDesk desk={desk} base="pakar" code={butir} />
    </Shell>
  )
}
