import { Link } from '@/components/ui/link'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Select, buttonClass } from '@/components/ui/form'
import { Card, Empty } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { Pages } from '@/components/ui/tabs'
import { formatCount } from '@/lib/platform/format'
import { assignProctor } from '@/lib/sittings/actions'
import { setColumns, setExtraTime } from '@/lib/sittings/form-actions'
import { ROOMS_A_PAGE } from '@/lib/sittings/model'
import type { proctors } from '@/lib/sittings/service'

type Room = { id: string; name: string; capacity: number; columns: number; _count: { seats: number } }
type Watch = Awaited<ReturnType<typeof proctors>>

/** The rooms of a sitting with their proctors and cards, a page at a time. */
export function Rooms({ sittingId, rooms, watch, page }: { sittingId: string; rooms: Room[]; watch: Watch; page: number }) {
  const pages = Math.max(1, Math.ceil(rooms.length / ROOMS_A_PAGE))
  return (
    <Card title={`Ruang (${formatCount(rooms.length)})`} className="mb-6">
      {rooms.length === 0 ? (
        <Empty title="Belum ada ruang">Ruang dibuat sendiri saat peserta ditambahkan.</Empty>
      ) : (
        <>
          <a href={`/api/exports/kartu?sesi=${sittingId}`} className={`${buttonClass()} mb-3`}>
            Cetak semua kartu (PDF)
          </a>
          <Table
            caption="Ruang"
            rows={rooms.slice((page - 1) * ROOMS_A_PAGE, page * ROOMS_A_PAGE)}
            rowKey={(r) => r.id}
            columns={[
              {
                key: 'n',
                head: 'Ruang',
                lead: true,
                cell: (r) => (
                  <Link href={`/pengawas/ruang/${r.id}`} className="text-leaf underline underline-offset-4">
                    {r.name}
                  </Link>
                ),
              },
              { key: 'p', head: 'Peserta', numeric: true, cell: (r) => `${formatCount(r._count.seats)} dari ${formatCount(r.capacity)}` },
              { key: 'c', head: 'Kursi sebaris', numeric: true, more: true, cell: (r) => formatCount(r.columns) },
              {
                key: 'w',
                head: 'Pengawas',
                cell: (r) =>
                  watch.assigned
                    .filter((p) => p.roomId === r.id)
                    .map((p) => p.name)
                    .join(', ') || 'belum ada pengawas',
              },
              {
                key: 'k',
                head: 'Kartu',
                cell: (r) => (
                  <a
                    href={`/api/exports/kartu?sesi=${sittingId}&ruang=${r.id}`}
                    aria-label={`Cetak kartu ${r.name}`}
                    className="inline-flex min-h-8 items-center text-leaf underline underline-offset-4"
                  >
                    cetak
                  </a>
                ),
              },
            ]}
          />
          <Pages label="Halaman daftar ruang" page={page} pages={pages} to={(hal) => `/bgtk/sesi/${sittingId}?tampilan=ruang&hal=${hal}`} />
        </>
      )}
    </Card>
  )
}

const RoomChoice = ({ rooms, all }: { rooms: Room[]; all?: string }) => (
  <>
    {all && <option value="">{all}</option>}
    {rooms.map((r) => (
      <option key={r.id} value={r.id}>
        {all ? r.name : `${r.name} (${r.columns} sebaris)`}
      </option>
    ))}
  </>
)

/** Who watches, how the rooms stand, and who has more time: before the sitting ends. */
export function RoomChanges({ sittingId, rooms, watch, fetched }: { sittingId: string; rooms: Room[]; watch: Watch; fetched: number }) {
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      <Card title="Tugaskan pengawas">
        <ActionForm action={assignProctor} label="Tugaskan pengawas" className="space-y-4">
          <input type="hidden" name="sittingId" value={sittingId} />
          <Select label="Pengawas" name="userId" required>
            <option value="">Pilih pengawas</option>
            {watch.candidates.map((u) => (
              <option key={u.id} value={u.id}>
                {u.name}
              </option>
            ))}
          </Select>
          <Select id="ruang-pengawas" label="Ruang" name="roomId">
            <RoomChoice rooms={rooms} all="Semua ruang sesi ini" />
          </Select>
          <Button look="quiet">Tugaskan</Button>
        </ActionForm>
      </Card>
      <Card title="Denah dan tambahan waktu">
        <p className="mb-3 text-sm text-soft">
          Kursi bernomor baris demi baris dari kiri depan. Formulir setara dibagi menurut kursi, sehingga yang bersebelahan tidak memegang
          formulir yang sama. Bila hanya ada satu formulir, urutan butir dan pilihan tetap diacak untuk setiap peserta.
        </p>
        {fetched > 0 && (
          <p className="mb-3 text-sm">
            {formatCount(fetched)} kursi sudah diambil paketnya oleh ponsel. Formulirnya tetap, walau denah atau pilihan formulir diubah;
            kursi lain dibagi ulang dalam satu menit.
          </p>
        )}
        <ActionForm action={setColumns} label="Kursi sebaris" className="grid items-end gap-2 sm:grid-cols-[1fr_6rem_auto]">
          <input type="hidden" name="sittingId" value={sittingId} />
          <Select label="Ruang" name="roomId">
            <RoomChoice rooms={rooms} />
          </Select>
          <Field label="Kursi sebaris" name="columns" type="number" min={1} max={20} defaultValue={4} required />
          <Button look="quiet">Simpan</Button>
        </ActionForm>
        <ActionForm action={setExtraTime} label="Tambahan waktu peserta" className="mt-5 grid items-end gap-2 sm:grid-cols-[1fr_6rem_auto]">
          <input type="hidden" name="sittingId" value={sittingId} />
          <Field id="nomor-tambahan" label="Nomor peserta" name="number" required placeholder="2510-00001" />
          <Field id="menit-tambahan" label="Menit" name="minutes" type="number" min={0} max={180} defaultValue={15} required />
          <Button look="quiet">Simpan</Button>
        </ActionForm>
        <p className="mt-2 text-sm text-soft">Tambahan waktu karena kebutuhan khusus, berlaku untuk setiap bagian. Isi 0 untuk mencabut.</p>
      </Card>
    </div>
  )
}
