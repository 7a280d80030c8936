import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, Select, buttonClass } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { prepare } from '@/lib/delivery/preparation-actions'
import type { Preparation } from '@/lib/delivery/service'
import { setColumns, setExtraTime } from '@/lib/sittings/form-actions'
import { competencyNames } from '@/lib/sittings/model'
import { formatCount, formatMoment, formatNumber } from '@/lib/platform/service'

/** Packets, forms by seat and readiness of phones: what the office does before the day. */
export function SittingPreparation({
  sittingId,
  view,
  rooms,
}: {
  sittingId: string
  view: Preparation
  rooms: { id: string; name: string; columns: number }[]
}) {
  const incomplete = view.seats - view.seatsWithAll
  return (
    <div className="mb-6 grid items-start gap-4 md:grid-cols-2">
      <Card title="Paket soal">
        {view.frozenAt ? (
          <Notice tone={incomplete ? 'care' : 'good'} title={`${view.packets} paket tersegel, ${formatNumber(view.bytes / 1024, 0)} KB`}>
            Disiapkan {formatMoment(view.frozenAt)}. {formatCount(view.readySeats)} dari {formatCount(view.seats)} peserta memiliki ponsel
            yang siap.
            {incomplete ? ` ${formatCount(incomplete)} peserta belum memegang formulir untuk semua bagian; siapkan sekali lagi.` : ''}
          </Notice>
        ) : (
          <Notice tone="care" title="Belum disiapkan">
            Sesudah disiapkan, peserta menyimpan soal tersegel di ponsel. Bila terlupa, sistem menyiapkannya sendiri sehari sebelum tes.
          </Notice>
        )}
        <ActionForm action={prepare} label="Siapkan paket soal" className="my-4 flex flex-wrap gap-2">
          <input type="hidden" name="sittingId" value={sittingId} />
          <Button look={view.frozenAt && !incomplete ? 'quiet' : 'primary'}>
            {view.frozenAt ? 'Siapkan sekali lagi' : 'Siapkan paket soal'}
          </Button>
          <a href={`/pengawas/sesi/${sittingId}`} className={buttonClass('quiet')}>
            Konsol dan kode rilis
          </a>
        </ActionForm>
        {view.forms.length > 0 && (
          <ul className="space-y-1 text-sm">
            {view.forms.map((f) => (
              <li key={`${f.part}${f.code}`} className="flex justify-between gap-3">
                <span>
                  {competencyNames[f.part]}
                  {f.part === '4' ? ` ${f.title}` : ''} · {f.code}
                </span>
                <span className="shrink-0 tabular-nums text-soft">
                  {formatCount(f.seats)} kursi{f.parallel > 1 ? `, satu dari ${f.parallel} formulir setara` : ''}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title="Denah dan tambahan waktu">
        <p className="mb-3 text-sm text-soft">
          Kursi bernomor baris demi baris dari kiri depan. Formulir setara dibagi menurut kursi, sehingga yang bersebelahan tidak memegang
          formulir yang sama. Bila hanya ada satu formulir, urutan butir dan pilihan tetap diacak untuk setiap peserta.
        </p>
        {view.fetchedSeats > 0 && (
          <p className="mb-3 text-sm">
            {formatCount(view.fetchedSeats)} kursi sudah diambil paketnya oleh ponsel. Formulirnya tetap, walau denah atau pilihan formulir
            diubah; kursi lain dibagi ulang dalam satu menit.
          </p>
        )}
        {rooms.length > 0 && (
          <ActionForm action={setColumns} label="Kursi sebaris" className="grid sm:grid-cols-[1fr_6rem_auto] items-end gap-2">
            <input type="hidden" name="sittingId" value={sittingId} />
            <Select label="Ruang" name="roomId">
              {rooms.map((r) => (
                <option key={r.id} value={r.id}>
                  {r.name} ({r.columns} sebaris)
                </option>
              ))}
            </Select>
            <Field label="Kursi sebaris" name="columns" type="number" min={1} max={20} defaultValue={4} required />
            <Button look="quiet">Simpan</Button>
          </ActionForm>
        )}
        <ActionForm action={setExtraTime} label="Tambahan waktu peserta" className="mt-5 grid sm:grid-cols-[1fr_6rem_auto] items-end gap-2">
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
