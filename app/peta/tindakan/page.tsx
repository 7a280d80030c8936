import type { Metadata } from 'next'
import { NoResponse, ResponsePage, type ResponseLinks } from '@/components/map/response-page'
import { Shell } from '@/components/shell'
import type { Actor } from '@/lib/access/model'
import { may, requireActor } from '@/lib/access/service'
import { mapFilterNames, parseMapFilter } from '@/lib/mapping/model'
import { asked, type Search } from '@/lib/platform/address-model'
import { ResponseFilter, responseFilterNames } from '@/lib/response/model'
import { whatCanBeDone } from '@/lib/response/service'

export const metadata: Metadata = { title: 'Apa yang dapat dilakukan' }

/** Where each thing can be taken up: whoever may only read of support is led to how far it is. */
const linksFor = (actor: Actor): ResponseLinks => {
  const manages = may(actor, 'support:manage')
  return {
    base: '/peta',
    schoolBase: '/sekolah',
    support: ({ bagian }) => (manages ? `/bgtk/dukungan?${new URLSearchParams({ kompetensi: bagian })}` : '/dukungan'),
    classOf: manages ? (code) => `/bgtk/dukungan/kelas?${new URLSearchParams({ modul: code })}` : null,
    moduleOf: manages ? (code) => `/bgtk/dukungan/katalog?${new URLSearchParams({ area: code })}#${code}` : null,
    tutors: manages ? ({ mapel }, wilayah) => `/bgtk/dukungan/tutor?${new URLSearchParams({ mapel, wilayah })}` : null,
    sittingOf: may(actor, 'cycle:manage') ? (id) => `/bgtk/sesi/${id}` : null,
  }
}

export default async function Page({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('map:read')
  const said = await asked(searchParams, ...mapFilterNames, ...responseFilterNames)
  const [filter, about] = [parseMapFilter(said), ResponseFilter.parse(said)]
  const links = linksFor(actor)
  const response = await whatCanBeDone(actor, filter, about, new Date())
  return (
    <Shell actor={actor}>
      {response ? (
        <ResponsePage response={response} filter={filter} region={response.kind === 'region' ? about.wilayah : ''} links={links} />
      ) : (
        <NoResponse base={links.base} filter={filter} />
      )}
    </Shell>
  )
}
