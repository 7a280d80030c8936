import { ActionForm } from '@/components/ui/action-form'
import { Button, Select } from '@/components/ui/form'
import { askExpert, endAsk } from '@/lib/instruments/workshop-actions'

type Kind = 'rate' | 'validate'

/** Asks one more expert for standing work on an instrument. */
export function AskExpert({
  kind,
  instrument,
  free,
  label,
}: {
  kind: Kind
  instrument: string
  free: { id: string; name: string }[]
  label: string
}) {
  if (!free.length)
    return <p className="mt-4 text-sm text-soft">Semua pakar yang aktif sudah diminta. Administrator membuat akun pakar di Pengguna.</p>
  return (
    <ActionForm action={askExpert} label={label} className="mt-4 flex flex-wrap items-end gap-3">
      <input type="hidden" name="instrument" value={instrument} />
      <input type="hidden" name="kind" value={kind} />
      <Select label="Pakar" name="userId">
        {free.map((e) => (
          <option key={e.id} value={e.id}>
            {e.name}
          </option>
        ))}
      </Select>
      <Button look="quiet">{label}</Button>
    </ActionForm>
  )
}

/** Ends an expert's standing work. */
export function EndAsk({ instrument, task, name }: { instrument: string; task: string; name: string }) {
  return (
    <ActionForm
      action={endAsk}
      label={`Akhiri tugas ${name}`}
      ask={{
        question: `Tugas ${name} berakhir dan hilang dari halamannya. Yang sudah dikerjakan tetap tersimpan.`,
        yes: 'Ya, akhiri tugas',
      }}
    >
      <input type="hidden" name="instrument" value={instrument} />
      <input type="hidden" name="task" value={task} />
      <Button look="quiet">
        Akhiri<span className="sr-only"> tugas {name}</span>
      </Button>
    </ActionForm>
  )
}
