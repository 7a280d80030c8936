import type { ReactNode } from 'react'
import { Card, PageHead } from '@/components/ui/page'
import { Notice } from '@/components/ui/form'
import { Table } from '@/components/ui/table'
import type { SchoolView } from '@/lib/mapping/service'
import type { Cell } from '@/lib/mapping/model'
import { formatCount, formatNumber } from '@/lib/platform/format'

const mean = (c: Cell) =>
  c.mean === null
    ? c.state === 'hidden'
      ? 'disembunyikan'
      : '–'
    : `${formatNumber(c.mean)}${c.margin === null ? '' : ` ± ${formatNumber(c.margin)}`}`

export function SchoolHead({ view, back, children }: { view: SchoolView; back?: { href: string; label: string }; children?: ReactNode }) {
  const { school } = view
  return (
    <PageHead title={school.name} lead={`${school.level} · ${school.region}${school.npsn ? ` · NPSN ${school.npsn}` : ''}`} back={back}>
      {children}
    </PageHead>
  )
}

/** What everybody who reads names is told first. */
export function NamedNotice() {
  return (
    <Notice tone="info" title="Hasil bernama">
      Hasil ini hanya untuk merancang pendampingan, bukan untuk menilai atau membandingkan orang. Setiap pembukaan halaman ini dicatat.
    </Notice>
  )
}

/** One school beside its kabupaten and the province. */
export function SchoolFigures({ parts }: { parts: SchoolView['parts'] }) {
  return (
    <Card title="Sekolah, kabupaten/kota, provinsi" className="my-4">
      <Table
        caption="Rata-rata sekolah dibandingkan"
        rowKey={(p) => p.part}
        rows={parts}
        columns={[
          { key: 't', head: 'Kompetensi', lead: true, cell: (p) => p.title },
          {
            key: 's',
            head: 'Sekolah',
            numeric: true,
            cell: (p) => `${mean(p.school)}${p.school.n ? ` (n ${formatCount(p.school.n)})` : ''}`,
          },
          { key: 'r', head: 'Kabupaten/kota', numeric: true, cell: (p) => mean(p.region) },
          { key: 'p', head: 'Provinsi', numeric: true, cell: (p) => mean(p.province) },
        ]}
      />
      {parts.some((p) => [p.school, p.region, p.province].some((c) => c.state === 'hidden')) && (
        <p className="mt-2 max-w-prose text-sm text-soft">
          Ada angka yang disembunyikan: kelompoknya terlalu kecil, atau selisihnya dengan angka lain akan membuka kelompok kecil. Tidak ada
          hasil yang hilang; angka itu tampil setelah cukup banyak guru dites.
        </p>
      )}
    </Card>
  )
}
