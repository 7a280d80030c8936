import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Select } from '@/components/ui/form'
import { planSitting } from '@/lib/delivery/seat-actions'
import { formatClock, toDateInput } from '@/lib/platform/format'
import { releaseRules } from '@/lib/sittings/model'

/** Name, day, hours and rule of release of a sitting, as long as they may change. */
export function SittingPlan({ sitting }: { sitting: { id: string; name: string; opensAt: Date; closesAt: Date; releaseRule: string } }) {
  const clock = (at: Date) => formatClock(at).replace('.', ':')
  return (
    <details className="mb-6 rounded-xl border border-line bg-card p-4">
      <summary className="min-h-11 cursor-pointer content-center font-semibold text-leaf">Ubah nama, hari, atau jam</summary>
      <ActionForm action={planSitting} label="Ubah sesi" className="space-y-4 py-2" stays>
        <input type="hidden" name="sittingId" value={sitting.id} />
        <p className="max-w-prose text-sm">
          Dapat diubah sampai kode mulai dapat dibaca pengawas. Ponsel yang sudah siap perlu membuka meja peserta sekali lagi, sebab ia
          masih menyimpan jam yang lama.
        </p>
        <Field label="Nama sesi" name="name" required minLength={3} defaultValue={sitting.name} />
        <div className="grid gap-3 sm:grid-cols-3">
          <Field label="Tanggal" name="day" type="date" required defaultValue={toDateInput(sitting.opensAt)} />
          <Field label="Buka (WIB)" name="opens" type="time" required defaultValue={clock(sitting.opensAt)} />
          <Field label="Tutup (WIB)" name="closes" type="time" required defaultValue={clock(sitting.closesAt)} />
        </div>
        <Select label="Hasil untuk peserta" name="releaseRule" defaultValue={sitting.releaseRule}>
          {Object.entries(releaseRules).map(([k, v]) => (
            <option key={k} value={k}>
              {v}
            </option>
          ))}
        </Select>
        <Button>Simpan jadwal</Button>
      </ActionForm>
    </details>
  )
}
