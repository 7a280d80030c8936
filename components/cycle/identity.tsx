import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { duplicateCycle, renameCycle } from '@/lib/sittings/setup-actions'

/** A series is chosen from those that stand or written anew; none is filled in by itself. */
export function SeriesField({ id, known, value }: { id: string; known: string[]; value?: string }) {
  return (
    <>
      <Field
        id={id}
        label="Seri"
        name="series"
        required
        defaultValue={value}
        list={`${id}-ada`}
        autoComplete="off"
        hint="Siklus dengan seri yang sama dibaca bersama di peta. Tulis seri baru untuk pemetaan baru."
      />
      <datalist id={`${id}-ada`}>
        {known.map((s) => (
          <option key={s} value={s} />
        ))}
      </datalist>
    </>
  )
}

/** Name and series of a cycle, while no test of it was begun; and a copy of its structure. */
export function CycleIdentity({
  cycle,
  known,
  begun,
}: {
  cycle: { id: string; name: string; series: string; practice: boolean }
  known: string[]
  begun: boolean
}) {
  return (
    <div className="mb-6 grid items-start gap-4 md:grid-cols-2">
      <Card title="Nama dan seri">
        {begun ? (
          <Notice title={`${cycle.name} · seri ${cycle.series}`}>
            Tesnya sudah dikerjakan, jadi nama dan serinya tetap: angka yang sudah dibaca orang memakainya.
          </Notice>
        ) : (
          <ActionForm action={renameCycle} label="Nama dan seri" className="space-y-4" stays>
            <input type="hidden" name="cycleId" value={cycle.id} />
            <Field id="nama-siklus" label="Nama" name="name" required minLength={5} defaultValue={cycle.name} />
            <SeriesField id="seri-siklus" known={known} value={cycle.series} />
            <Button look="quiet">Simpan nama dan seri</Button>
          </ActionForm>
        )}
      </Card>
      {!cycle.practice && (
        <Card title="Salin siklus ini">
          <p className="mb-3 text-sm text-soft">
            Bagian, sesi, tempat, jam, dan ruang disalin ke tanggal baru; peserta dan pengawas tidak. Formulir juga tidak disalin, karena
            soalnya sudah pernah dilihat.
          </p>
          <ActionForm action={duplicateCycle} label="Salin siklus" className="grid gap-4 sm:grid-cols-2">
            <input type="hidden" name="cycleId" value={cycle.id} />
            <Field id="salinan-nama" label="Nama siklus baru" name="name" required minLength={5} />
            <Field id="salinan-kode" label="Kode" name="code" required pattern="[A-Za-z0-9]{2,10}" hint="Menjadi awal nomor peserta." />
            <SeriesField id="salinan-seri" known={known} />
            <Field id="salinan-mulai" label="Tanggal mulai" name="startsOn" type="date" required />
            <Button look="quiet" className="sm:col-span-2 sm:justify-self-start">
              Salin siklus
            </Button>
          </ActionForm>
        </Card>
      )}
    </div>
  )
}
