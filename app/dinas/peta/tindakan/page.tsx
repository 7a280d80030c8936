import type { Metadata } from 'next'
import { NoResponse, ResponsePage, type ResponseLinks } from '@/components/map/response-page'
import { Shell } from '@/components/shell'
import { requireActor } from '@/lib/access/service'
import { mapFilterNames, parseMapFilter } from '@/lib/mapping/model'
import { asked, type Search } from '@/lib/platform/address-model'
import { ResponseFilter, responseFilterNames } from '@/lib/response/model'
import { whatCanBeDone } from '@/lib/response/service'

export const metadata: Metadata = { title: 'Apa yang dapat dilakukan' }

const links: ResponseLinks = {
  base: '/dinas/peta',
  schoolBase: '/dinas/sekolah',
  support: () => '/dinas/dukungan',
  classOf: null,
  moduleOf: null,
  tutors: null,
  sittingOf: null,
}

export default async function Page({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('map:read')
  const said = await asked(searchParams, ...mapFilterNames, ...responseFilterNames)
  const [filter, about] = [parseMapFilter(said), ResponseFilter.parse(said)]
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
