import type { Metadata } from 'next'
import { PublicDeskPage } from '@/components/public/desk'
import { Shell } from '@/components/shell'
import { requireActor } from '@/lib/access/service'
import { PublicAsked, publicNames } from '@/lib/mapping/public-model'
import { boundaries, publicPreview } from '@/lib/mapping/service'
import { asked, type Search } from '@/lib/platform/address-model'
import { publicDesk } from '@/lib/publication/service'

export const metadata: Metadata = { title: 'Halaman publik' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('publication:public')
  const said = PublicAsked.parse(await asked(searchParams, ...publicNames))
  const [desk, page, drawn] = await Promise.all([publicDesk(actor), publicPreview(actor, said.rangkaian), boundaries()])
  return (
    <Shell actor={actor}>
      <PublicDeskPage desk={desk} page={page} asked={said} boundaries={drawn} />
    </Shell>
  )
}
