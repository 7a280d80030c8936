import type { ReactNode } from 'react'
import { Card, Empty, PageHead } from '@/components/ui/page'
import { Notice } from '@/components/ui/form'
import { Table } from '@/components/ui/table'
import type { SchoolView } from '@/lib/mapping/service'
import type { Cell } from '@/lib/mapping/model'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { formatCount, formatNumber } from '@/lib/platform/format'

const mean = (c: Cell) =>
  c.mean === null
    ? c.state === 'hidden'
      ? 'disembunyikan'
      : '–'
    : `${formatNumber(c.mean)}${c.margin === null ? '' : ` ± ${formatNumber(c.margin)}`}`

type Part = SchoolView['teachers'][number]['parts'][string] | undefined

/** A person's figure as a range; a raw percent says that it is one. */
function partWords(part: Part): string {
  if (!part) return '–'
  if (part.few) return 'terlalu sedikit jawaban'
  if (part.low === null || part.high === null) return `${formatNumber(part.percent, 0)} mentah`
  return `${formatNumber(part.low, 0)}–${formatNumber(part.high, 0)}`
}

/** One school: against kabupaten and province, then its teachers by name, in alphabetical order. */
export function SchoolPage({
  view,
  back,
  children,
}: {
  view: SchoolView
  back?: { href: string; label: string }
  /** What the head reads between the school's figures and the names. */
  children?: ReactNode
}) {
  const { school, teachers, parts } = view
  return (
    <>
      <PageHead title={school.name} lead={`${school.level} · ${school.region}${school.npsn ? ` · NPSN ${school.npsn}` : ''}`} back={back} />
      <Notice tone="info" title="Hasil bernama">
        Hasil ini hanya untuk merancang pendampingan, bukan untuk menilai atau membandingkan orang. Setiap pembukaan halaman ini dicatat.
      </Notice>
      <div className="my-4">
        <Card title="Sekolah, kabupaten/kota, provinsi">
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
              Ada angka yang disembunyikan: kelompoknya terlalu kecil, atau selisihnya dengan angka lain akan membuka kelompok kecil. Tidak
              ada hasil yang hilang; angka itu tampil setelah cukup banyak guru dites.
            </p>
          )}
        </Card>
      </div>
      {children}
      {teachers.length === 0 ? (
        <Empty title="Belum ada guru sekolah ini yang selesai dites">
          Hasil muncul setelah sebuah bagian tes diserahkan; hasil sesi yang ditahan muncul setelah dirilis BGTK.
        </Empty>
      ) : (
        <Card title={`Guru (${formatCount(teachers.length)}), menurut abjad`}>
          <Table
            caption="Hasil guru"
            rowKey={(t) => t.teacherId}
            rows={teachers}
            columns={[
              { key: 'n', head: 'Nama', lead: true, cell: (t) => `${t.name}${t.title ? `, ${t.title}` : ''}` },
              { key: 'm', head: 'Mata pelajaran', cell: (t) => t.subjectName ?? '–' },
              ...competencyOrder.map((c) => ({
                key: c,
                head: competencyNames[c]!,
                numeric: true,
                cell: (t: (typeof teachers)[number]) => partWords(t.parts[c]),
              })),
            ]}
          />
        </Card>
      )}
      <p className="mt-4 max-w-prose text-sm text-soft">
        Angka “42–67” adalah rentang persentase penguasaan: kemampuan sebenarnya berada di dalamnya pada delapan dari sepuluh orang. Angka
        bertanda “mentah” belum dikalibrasi dan tidak mempunyai rentang. Empat kompetensi dibaca terpisah. Hasil sesi yang masih ditahan
        belum tampak di sini bagi siapa pun.
      </p>
    </>
  )
}
