import { Link } from '@/components/ui/link'
import { Badge, Card, Empty } from '@/components/ui/page'
import { Table, type Column } from '@/components/ui/table'
import { Pages } from '@/components/ui/tabs'
import { formatClock, formatCount, formatDay, formatMoment, formatTime } from '@/lib/platform/format'
import type { StepKey } from '@/lib/sittings/path-model'
import type { SittingFacts } from '@/lib/sittings/service'

const A_PAGE = 25
type Cell = Column<SittingFacts>
/** The part of a sitting's page that a step is about. */
const parts: Partial<Record<StepKey, string>> = { peserta: 'peserta', jadwal: 'ruang', kartu: 'ruang', kesiapan: 'paket' }

const venue: Cell = { key: 'v', head: 'Tempat', cell: (s) => s.venue }
const people: Cell = { key: 'p', head: 'Peserta', numeric: true, cell: (s) => formatCount(s.seats) }
const when = (open: boolean): Cell => ({
  key: 'w',
  head: 'Waktu',
  cell: (s) => (open ? 'Terbuka' : `${formatDay(s.opensAt)}, ${formatClock(s.opensAt)}–${formatTime(s.closesAt)}`),
})
const cells: Partial<Record<StepKey, Cell[]>> = {
  lokasi: [
    venue,
    { key: 'c', head: 'Daya tampung', numeric: true, cell: (s) => (s.capacity === null ? 'belum diisi' : formatCount(s.capacity)) },
    { key: 'a', head: 'Orang pada jam itu', numeric: true, cell: (s) => formatCount(s.atVenue) },
    { key: 'r', head: 'Ruang', numeric: true, cell: (s) => formatCount(s.rooms) },
  ],
  peserta: [venue, people, { key: 'r', head: 'Belum punya ruang', numeric: true, cell: (s) => formatCount(s.noRoom) }],
  jadwal: [
    { key: 'n', head: 'Ruang tanpa pengawas', numeric: true, cell: (s) => `${formatCount(s.noProctor)} dari ${formatCount(s.rooms)}` },
  ],
  kartu: [
    people,
    { key: 'k', head: 'Kartu terakhir diunduh', cell: (s) => (s.cardsAt ? formatMoment(s.cardsAt) : 'belum') },
    { key: 's', head: 'Ditambahkan sesudahnya', numeric: true, cell: (s) => (s.cardsAt ? formatCount(s.sinceCards) : '–') },
  ],
  kesiapan: [
    { key: 'f', head: 'Paket soal', cell: (s) => (s.prepared ? 'tersegel' : 'belum disiapkan') },
    { key: 'm', head: 'Tanpa formulir lengkap', numeric: true, cell: (s) => formatCount(s.noForm) },
    { key: 'r', head: 'Ponsel siap', numeric: true, cell: (s) => `${formatCount(s.seats - s.notReady)} dari ${formatCount(s.seats)}` },
  ],
  terbit: [
    { key: 'b', head: 'Mulai tes', numeric: true, cell: (s) => `${formatCount(s.begun)} dari ${formatCount(s.seats)}` },
    {
      key: 'h',
      head: 'Hasil untuk peserta',
      cell: (s) =>
        s.releaseRule !== 'held' ? (
          'terbuka sejak selesai'
        ) : s.releasedAt ? (
          `dirilis ${formatMoment(s.releasedAt)}`
        ) : (
          <Badge tone="care">ditahan</Badge>
        ),
    },
  ],
}

/** The sittings of a cycle as one step asks for them, a page at a time. */
export function Sittings({
  cycleId,
  step,
  sittings,
  open,
  page,
}: {
  cycleId: string
  step: StepKey
  sittings: SittingFacts[]
  /** Whether the cycle is open without a day, as practice is. */
  open: boolean
  page: number
}) {
  return (
    <Card title={`Sesi (${formatCount(sittings.length)})`} className="mb-6">
      {sittings.length === 0 ? (
        <Empty title="Belum ada sesi">
          {step === 'lokasi' ? 'Tambahkan sesi di bawah: satu tempat, satu jendela waktu.' : 'Sesi dibuat pada langkah Lokasi dan ruang.'}
        </Empty>
      ) : (
        <>
          <Table
            caption="Sesi"
            rows={sittings.slice((page - 1) * A_PAGE, page * A_PAGE)}
            rowKey={(s) => s.id}
            columns={[
              {
                key: 'n',
                head: 'Sesi',
                lead: true,
                cell: (s) => (
                  <Link
                    href={`/bgtk/sesi/${s.id}${parts[step] ? `?tampilan=${parts[step]}` : ''}`}
                    className="text-leaf underline underline-offset-4"
                  >
                    {s.name}
                  </Link>
                ),
              },
              when(open),
              ...(cells[step] ?? [venue, people]),
            ]}
          />
          <Pages
            label="Halaman daftar sesi"
            page={page}
            pages={Math.ceil(sittings.length / A_PAGE)}
            to={(hal) => `/bgtk/siklus/${cycleId}?langkah=${step}&hal=${hal}`}
          />
        </>
      )}
    </Card>
  )
}
