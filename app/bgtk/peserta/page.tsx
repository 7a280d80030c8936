import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { z } from 'zod'
import { FilterForm } from '@/components/map/filters'
import { Shell } from '@/components/shell'
import { Field, Select, buttonClass } from '@/components/ui/form'
import { Empty, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { regions, roster, subjects } from '@/lib/roster/service'
import { formatCount } from '@/lib/platform/service'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Guru' }

const Query = z.object({
  q: z.string().max(80).catch(''),
  wilayah: z.uuid().nullable().catch(null),
  mapel: z.uuid().nullable().catch(null),
  hal: z.coerce.number().int().min(1).max(10_000).catch(1),
})

export default async function RosterPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('roster:read')
  const query = Query.parse(await asked(searchParams, 'q', 'wilayah', 'mapel', 'hal'))
  const [page, areas, allSubjects] = await Promise.all([
    roster(actor, { q: query.q.trim(), regionId: query.wilayah, subjectId: query.mapel, page: query.hal }),
    regions(),
    subjects(),
  ])
  const to = (hal: number) =>
    `/bgtk/peserta?${new URLSearchParams({ q: query.q, wilayah: query.wilayah ?? '', mapel: query.mapel ?? '', hal: String(hal) })}`
  return (
    <Shell actor={actor}>
      <PageHead title="Guru" lead={`${formatCount(page.total)} guru sesuai saringan`}>
        <Link href="/bgtk/peserta/impor" className={buttonClass()}>
          Impor dari berkas
        </Link>
      </PageHead>
      <FilterForm>
        <Field label="Cari nama, sekolah, NUPTK, atau NIP" name="q" defaultValue={query.q} type="search" />
        <Select label="Kabupaten/kota" name="wilayah" defaultValue={query.wilayah ?? ''}>
          <option value="">Semua</option>
          {areas.map((r) => (
            <option key={r.id} value={r.id}>
              {r.shortName}
            </option>
          ))}
        </Select>
        <Select label="Mata pelajaran" name="mapel" defaultValue={query.mapel ?? ''}>
          <option value="">Semua</option>
          {allSubjects.map((s) => (
            <option key={s.id} value={s.id}>
              {s.name}
            </option>
          ))}
        </Select>
      </FilterForm>
      <div className="mt-4">
        {page.rows.length === 0 ? (
          <Empty title="Tidak ada guru yang cocok">Longgarkan saringan, atau impor daftar guru dari berkas Dapodik.</Empty>
        ) : (
          <Table
            caption="Guru"
            rows={page.rows}
            rowKey={(t) => t.id}
            columns={[
              {
                key: 'n',
                head: 'Nama',
                lead: true,
                cell: (t) => (
                  <Link href={`/data-guru/${t.id}`} className="font-semibold text-leaf underline underline-offset-4">
                    {t.name}
                  </Link>
                ),
              },
              { key: 'k', head: 'NUPTK', cell: (t) => t.nuptk ?? '–' },
              { key: 's', head: 'Sekolah', cell: (t) => `${t.schoolName} (${t.levelCode})` },
              { key: 'r', head: 'Kabupaten/kota', cell: (t) => t.regionName },
              { key: 'm', head: 'Mata pelajaran', cell: (t) => t.subjectName ?? 'belum diisi' },
              { key: 'st', head: 'Status', cell: (t) => t.status ?? '–' },
            ]}
          />
        )}
      </div>
      <nav aria-label="Halaman" className="mt-4 flex items-center justify-between">
        {query.hal > 1 ? (
          <Link href={to(query.hal - 1)} className={buttonClass('quiet')}>
            Sebelumnya
          </Link>
        ) : (
          <span />
        )}
        <span className="text-sm text-soft">
          Halaman {query.hal} dari {formatCount(page.pages)}
        </span>
        {query.hal < page.pages ? (
          <Link href={to(query.hal + 1)} className={buttonClass('quiet')}>
            Berikutnya
          </Link>
        ) : (
          <span />
        )}
      </nav>
    </Shell>
  )
}
