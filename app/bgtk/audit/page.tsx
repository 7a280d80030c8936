import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { FilterForm } from '@/components/map/filters'
import { Shell } from '@/components/shell'
import { Field, Select, buttonClass } from '@/components/ui/form'
import { Empty, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { auditKinds } from '@/lib/access/audit-model'
import { auditFilterNames, auditPage, headWords, requireActor, type AuditLine } from '@/lib/access/service'
import { formatClock, formatCount, formatDate } from '@/lib/platform/service'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Catatan akses' }

/** The teachers concerned: as many names as the line shows, and how many more. */
function Whom({ line }: { line: AuditLine }) {
  if (line.whom.length === 0) return <>–</>
  const more = (line.count ?? 0) - line.whom.length
  return (
    <>
      {line.whom.map((w) => w.name).join(', ')}
      {more > 0 && <span className="text-soft">, dan {formatCount(more)} guru lain</span>}
    </>
  )
}

export default async function AuditPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('audit:read')
  const { filter, lines, total, pages, head } = await auditPage(actor, await asked(searchParams, ...auditFilterNames))
  const address = (hal: number) => {
    const given = Object.entries({ ...filter, hal: hal > 1 ? String(hal) : null }).filter((e): e is [string, string] => Boolean(e[1]))
    return new URLSearchParams(given).toString()
  }
  return (
    <Shell actor={actor}>
      <PageHead
        title="Catatan akses"
        lead={`${formatCount(total)} baris sesuai saringan. Setiap pembukaan data bernama, setiap masuk dan keluar, dan setiap perubahan penting; catatan ini hanya bertambah.`}
      >
        <a href={`/api/exports/catatan-akses-xlsx?${address(1)}`} className={buttonClass('quiet')}>
          Unduh Excel (.xlsx)
        </a>
        <a href={`/api/exports/catatan-akses-csv?${address(1)}`} className={buttonClass('quiet')}>
          Unduh CSV
        </a>
      </PageHead>
      <FilterForm>
        <Field label="Siapa (nama)" name="siapa" type="search" defaultValue={filter.siapa} maxLength={80} />
        <Field label="Terhadap (nama)" name="terhadap" type="search" defaultValue={filter.terhadap} maxLength={80} />
        <Select label="Jenis" name="jenis" defaultValue={filter.jenis ?? ''}>
          <option value="">Semua</option>
          {Object.entries(auditKinds).map(([key, kind]) => (
            <option key={key} value={key}>
              {kind.name}
            </option>
          ))}
        </Select>
        <Field label="Dari tanggal" name="dari" type="date" defaultValue={filter.dari ?? ''} />
        <Field label="Sampai tanggal" name="sampai" type="date" defaultValue={filter.sampai ?? ''} />
      </FilterForm>
      <div className="mt-4">
        {lines.length === 0 ? (
          <Empty title="Tidak ada catatan yang cocok">Longgarkan saringan untuk melihat lebih banyak.</Empty>
        ) : (
          <Table
            caption="Catatan akses"
            rows={lines}
            rowKey={(l) => l.id}
            columns={[
              { key: 'a', head: 'Siapa', lead: true, cell: (l) => l.actorName },
              { key: 'r', head: 'Sebagai', cell: (l) => l.role },
              { key: 'w', head: 'Apa', cell: (l) => l.sentence },
              { key: 'u', head: 'Terhadap', cell: (l) => <Whom line={l} /> },
              { key: 't', head: 'Kapan', cell: (l) => `${formatDate(l.at)}, ${formatClock(l.at, true)}` },
            ]}
          />
        )}
      </div>
      <nav aria-label="Halaman" className="mt-4 flex items-center justify-between">
        {filter.hal > 1 ? (
          <Link href={`/bgtk/audit?${address(filter.hal - 1)}`} className={buttonClass('quiet')}>
            Sebelumnya
          </Link>
        ) : (
          <span />
        )}
        <span className="text-sm text-soft">
          Halaman {formatCount(filter.hal)} dari {formatCount(pages)}
        </span>
        {filter.hal < pages ? (
          <Link href={`/bgtk/audit?${address(filter.hal + 1)}`} className={buttonClass('quiet')}>
            Berikutnya
          </Link>
        ) : (
          <span />
        )}
      </nav>
      <p className="mt-4 max-w-prose break-words text-sm text-soft">
        Kepala rantai saat ini: <span className="tabular-nums">{headWords(head)}</span>. Kepala yang sama tercetak di berita acara dan di
        berkas unduhan; keutuhan seluruh catatan diperiksa dengan <code>npm run -s audit -- verify</code>.
      </p>
    </Shell>
  )
}
