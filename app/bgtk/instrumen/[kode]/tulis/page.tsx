import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { PageHead } from '@/components/ui/page'
import { WritingDesk } from '@/components/workshop/writing-desk'
import { requireActor } from '@/lib/access/service'
import { editor } from '@/lib/instruments/service'
import { asked, codesIn, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Tulis butir' }

export default async function WritePage({ params, searchParams }: { params: Promise<{ kode: string }>; searchParams: Search }) {
  const actor = await requireActor('bank:manage')
  const [{ kode }, { butir }] = [await codesIn(params, 'kode'), await asked(searchParams, 'butir')]
  const desk = await editor(actor, kode, butir || null)
  if (!desk) notFound()
  return (
    <Shell actor={actor}>
      <PageHead
        title={butir ? `Ubah ${butir}` : 'Butir baru'}
        lead={desk.instrument.title}
        back={{ href: butir ? `/bgtk/instrumen/${kode}/butir/${butir}` : `/bgtk/instrumen/${kode}`, label: butir || desk.instrument.title }}
      />
      <WritingDesk desk={desk} base="bgtk" code={butir} />
    </Shell>
  )
}
