import { Link } from '@/components/ui/link'
import { AskForm } from '@/components/ui/ask-form'
import { Button, Field } from '@/components/ui/form'
import { Card, Empty } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { Pages } from '@/components/ui/tabs'
import { formatCount } from '@/lib/platform/format'
import { attendanceNames } from '@/lib/sittings/model'
import type { RoomSeat } from '@/lib/sittings/service'

/** The participants of a sitting, a page at a time; each leads to what can still be changed about it. */
export function Seats({
  sittingId,
  list,
  q,
  page,
  changeable,
}: {
  sittingId: string
  list: { rows: RoomSeat[]; found: number; pages: number }
  q: string
  page: number
  changeable: boolean
}) {
  const to = (more: Record<string, string>) => `/bgtk/sesi/${sittingId}?${new URLSearchParams({ tampilan: 'peserta', ...more })}`
  return (
    <Card title={`Peserta (${formatCount(list.found)})`}>
      <AskForm action={`/bgtk/sesi/${sittingId}`} label="Cari peserta" className="mb-4 flex flex-wrap items-end gap-3">
        <input type="hidden" name="tampilan" value="peserta" />
        <Field id="cari-peserta" label="Nama atau nomor peserta" name="cari" type="search" defaultValue={q} maxLength={80} />
        <Button look="quiet">Cari</Button>
      </AskForm>
      {list.rows.length === 0 ? (
        <Empty title={q ? 'Tidak ada peserta yang cocok' : 'Belum ada peserta'} />
      ) : (
        <Table
          caption="Peserta"
          rows={list.rows}
          rowKey={(s) => s.id}
          columns={[
            { key: 't', head: 'Nama', lead: true, cell: (s) => s.teacherName },
            { key: 'n', head: 'Nomor', cell: (s) => <span className="whitespace-nowrap">{s.participantNumber}</span> },
            { key: 's', head: 'Sekolah', more: true, cell: (s) => s.schoolName },
            { key: 'm', head: 'Mata pelajaran', more: true, cell: (s) => s.subjectName ?? '–' },
            { key: 'r', head: 'Ruang', cell: (s) => `${s.roomName ?? '–'}, kursi ${s.seatNumber}` },
            changeable
              ? {
                  key: 'u',
                  head: 'Ubah',
                  cell: (s) =>
                    s.attendance === 'absent' ? (
                      'Dikeluarkan'
                    ) : (
                      <Link
                        href={to({ peserta: s.id })}
                        aria-label={`Pindahkan atau keluarkan ${s.teacherName}`}
                        className="inline-flex min-h-8 items-center font-semibold text-leaf underline underline-offset-4"
                      >
                        Ubah
                      </Link>
                    ),
                }
              : { key: 'a', head: 'Kehadiran', cell: (s) => attendanceNames[s.attendance as keyof typeof attendanceNames] },
          ]}
        />
      )}
      <Pages
        label="Halaman daftar peserta"
        page={page}
        pages={list.pages}
        to={(hal) => to({ ...(q ? { cari: q } : {}), hal: String(hal) })}
      />
    </Card>
  )
}
