import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Select } from '@/components/ui/form'
import { Empty } from '@/components/ui/page'
import { openPanel } from '@/lib/standards/actions'
import { FEWEST_JUDGES, panelMethodNames, panelMethods } from '@/lib/standards/service'

/** Instrument, method, title, and the judges with what they are expert in. */
export function NewPanelForm({
  experts,
  instruments,
}: {
  experts: { id: string; name: string }[]
  instruments: { code: string; title: string }[]
}) {
  if (experts.length < FEWEST_JUDGES)
    return (
      <Empty title={`Baru ada ${experts.length} akun pakar yang aktif`}>
        Sebuah panel memerlukan sedikitnya {FEWEST_JUDGES}. Minta administrator membuat akun dengan peran Pakar di halaman Pengguna.
      </Empty>
    )
  return (
    <ActionForm action={openPanel} label="Panel baru" className="grid gap-4 sm:grid-cols-2">
      <Select label="Instrumen" name="instrument" required defaultValue="">
        <option value="">Pilih instrumen</option>
        {instruments.map((i) => (
          <option key={i.code} value={i.code}>
            {i.title}
          </option>
        ))}
      </Select>
      <Select label="Metode" name="method">
        {panelMethods.map((m) => (
          <option key={m} value={m}>
            {panelMethodNames[m]}
          </option>
        ))}
      </Select>
      <div className="sm:col-span-2">
        <Field label="Nama panel" name="title" required minLength={5} maxLength={120} placeholder="Panel Matematika, Januari 2026" />
      </div>
      <fieldset className="sm:col-span-2">
        <legend className="mb-1 text-sm font-semibold">Panelis dan keahliannya</legend>
        <p className="mb-3 max-w-prose text-sm text-soft">
          Sedikitnya {FEWEST_JUDGES}; sekitar 15 panelis dengan keahlian beragam memberi batas yang paling teliti, 8 sampai 10 untuk mata
          pelajaran kecil.
        </p>
        <ul className="space-y-3">
          {experts.map((e) => (
            <li key={e.id} className="grid gap-2 rounded-lg border border-line p-3 sm:grid-cols-2 sm:items-center">
              <label className="flex min-h-11 items-center gap-3 font-semibold">
                <input type="checkbox" name="judge" value={e.id} className="size-5 shrink-0 accent-leaf" />
                {e.name}
              </label>
              <Field
                label={`Keahlian ${e.name}`}
                name={`expertise-${e.id}`}
                maxLength={160}
                autoComplete="off"
                placeholder="Guru Matematika SMA, 12 tahun"
              />
            </li>
          ))}
        </ul>
      </fieldset>
      <Button className="sm:col-span-2 sm:justify-self-start">Buat panel dan buka putaran 1</Button>
    </ActionForm>
  )
}
