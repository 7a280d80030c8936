import { DayMap } from '@/components/day/day-map'
import { Badge, Card, Empty } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { FEWEST_OF_A_PLACE, type DayEvent, type GuestPage } from '@/lib/console/day-model'
import type { Boundaries } from '@/lib/mapping/service'
import { formatClock, formatCount, formatDay, formatTime } from '@/lib/platform/format'

const eventWords: Record<DayEvent['kind'], string> = {
  jaringan: 'Gangguan jaringan',
  listrik: 'Gangguan listrik',
  perangkat: 'Gangguan perangkat',
  jeda: 'Tes dijeda',
}

/** "Tes dijeda sampai 09.12" */
const told = (e: DayEvent): string =>
  e.kind === 'jeda' ? `${eventWords.jeda}${e.until ? ` sampai ${formatClock(e.until)}` : ', masih berlangsung'}` : eventWords[e.kind]

/** One large figure: read from across a room, and in one line on a phone. */
function Large({ label, value, note }: { label: string; value: number; note?: string }) {
  return (
    <div className="rounded-xl border border-line bg-card px-4 py-3 xl:px-6 xl:py-4">
      <dt className="font-semibold xl:text-2xl">{label}</dt>
      <dd className="text-4xl font-bold tabular-nums xl:text-7xl">{formatCount(value)}</dd>
      {note && <dd className="text-sm text-soft xl:text-lg">{note}</dd>}
    </div>
  )
}

function Safe({ page }: { page: GuestPage }) {
  return (
    <Card title="Jawaban" className="xl:text-xl">
      <p>
        <strong className="tabular-nums">{formatCount(page.kept)}</strong> catatan jawaban tersimpan di server.
      </p>
      <p className="mt-1">
        {page.missing > 0
          ? `${formatCount(page.missing)} catatan dari bagian yang selesai masih di ponsel peserta: tersimpan di sana, dan dikirim begitu ada jaringan.`
          : 'Dari bagian yang sudah selesai, tidak ada catatan yang masih tertinggal di ponsel.'}
      </p>
      <p className="mt-1 text-soft">
        Setiap jawaban disimpan di ponsel sebelum tampak terpilih, jadi tes berlanjut walaupun jaringan atau server terputus.
      </p>
    </Card>
  )
}

function Happened({ page }: { page: GuestPage }) {
  return (
    <Card title="Kejadian hari ini" className="xl:text-xl">
      {page.events.length === 0 ? (
        <p>Belum ada gangguan tempat yang dicatat pengawas.</p>
      ) : (
        <ul className="space-y-1">
          {page.events.slice(0, 12).map((e, i) => (
            <li key={i}>
              <span className="tabular-nums">{formatClock(e.at)}</span> · {told(e)} · {e.venue}
            </li>
          ))}
          {page.events.length > 12 && <li className="text-soft">dan {formatCount(page.events.length - 12)} kejadian sebelumnya</li>}
        </ul>
      )}
      {page.others > 0 && (
        <p className="mt-2 text-soft">{formatCount(page.others)} catatan lain menyangkut peserta dan tidak ditampilkan.</p>
      )}
    </Card>
  )
}

/** A test day for its guests: how many are here, at work and done, where, and what happened. Nobody's name, nobody's score. */
export function DayView({ page, geometry }: { page: GuestPage; geometry: Boundaries | null }) {
  const { total } = page
  if (page.places.length === 0)
    return (
      <Empty title="Hari ini tidak ada tes">
        Yang tampil di sini pada hari tes: berapa guru yang hadir, mengerjakan, dan selesai di setiap tempat, tanpa nama.
      </Empty>
    )
  return (
    <>
      <p className="xl:text-2xl">
        {formatDay(page.day)}, {formatClock(page.from!)}–{formatTime(page.until!)} · {page.places.length} tempat di {page.regions.length}{' '}
        kabupaten/kota {page.simulated && <Badge tone="care">Data simulasi</Badge>}
      </p>
      <dl className="my-4 grid grid-cols-2 gap-3 lg:grid-cols-4 xl:gap-5">
        <Large label="Hadir" value={total.here} note={total.seats ? `dari ${formatCount(total.seats)} peserta` : 'belum ada peserta'} />
        <Large
          label="Mengerjakan"
          value={total.working + total.silent}
          note={total.silent ? `${formatCount(total.silent)} ponsel sedang tanpa kabar` : undefined}
        />
        <Large label="Di antara dua bagian" value={total.between} />
        <Large label="Selesai semua" value={total.finished} />
      </dl>
      <div className="grid gap-4 lg:grid-cols-2 xl:gap-6">
        <div className="space-y-4 xl:space-y-6">
          <Safe page={page} />
          <Happened page={page} />
        </div>
        <Card title="Tempat tes hari ini">
          <DayMap regions={page.regions} geometry={geometry} />
          <p className="text-sm text-soft">
            Wilayah hijau: ada tes hari ini; angkanya guru yang hadir, – bila pesertanya kurang dari {FEWEST_OF_A_PLACE}.
          </p>
        </Card>
      </div>
      <section className="mt-6" aria-labelledby="tempat">
        <h2 id="tempat" className="mb-2">
          Menurut tempat
        </h2>
        <Table
          caption="Peserta menurut tempat, menurut abjad"
          rows={page.places}
          rowKey={(p) => p.id}
          columns={[
            { key: 'v', head: 'Tempat', lead: true, cell: (p) => p.name },
            { key: 'r', head: 'Kabupaten/kota', cell: (p) => p.region, more: true },
            { key: 'o', head: 'Mulai', cell: (p) => p.opens, more: true },
            { key: 's', head: 'Peserta', numeric: true, cell: (p) => formatCount(p.seats), more: true },
            {
              key: 'h',
              head: 'Hadir',
              numeric: true,
              cell: (p) => (p.counts ? `${formatCount(p.counts.here)} dari ${formatCount(p.seats)}` : '–'),
            },
            {
              key: 'w',
              head: 'Mengerjakan',
              numeric: true,
              cell: (p) => (p.counts ? formatCount(p.counts.working + p.counts.silent) : '–'),
            },
            { key: 'f', head: 'Selesai', numeric: true, cell: (p) => (p.counts ? formatCount(p.counts.finished) : '–') },
          ]}
        />
        <p className="mt-2 text-sm text-soft">
          Menurut abjad. Tempat dengan kurang dari {FEWEST_OF_A_PLACE} peserta tidak dirinci. Halaman ini tidak memuat nama, jawaban, atau
          nilai siapa pun.
        </p>
      </section>
    </>
  )
}
