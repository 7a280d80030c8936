import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, TextArea } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { formatMoment, formatNumber } from '@/lib/platform/format'
import { decidePanelCut } from '@/lib/standards/actions'
import { decisionLimits } from '@/lib/standards/service'

type Cut = { id: string; panelId: string | null; share: number; recommended: number | null; reason: string; decidedAt: Date }

const percent = (share: number) => `${formatNumber(100 * share, 2)} persen`

/** The authority takes the panel's cut, or moves it inside ±1 SE with a reason on record. */
export function DecisionForm({
  panelId,
  result,
  decisions,
  cut,
}: {
  panelId: string
  result: { share: number; se: number }
  decisions: Cut[]
  cut: Cut | null
}) {
  const [low, high] = decisionLimits(result)
  const range = `${formatNumber(low, 2)} sampai ${formatNumber(high, 2)}`
  const choice = 'flex min-h-11 items-center gap-3'
  return (
    <Card title="Keputusan BGTK">
      {decisions.length > 0 ? (
        <ul className="mb-4 space-y-2">
          {decisions.map((d) => (
            <li key={d.id} className="rounded-lg border-l-4 border-leaf bg-leaf-pale px-4 py-3 text-sm">
              <strong className="tabular-nums">{percent(d.share)}</strong> · {formatMoment(d.decidedAt)} ·{' '}
              {d.id === cut?.id ? 'berlaku' : 'digantikan keputusan yang lebih baru'}
              <br />
              Alasan: {d.reason}
            </li>
          ))}
        </ul>
      ) : (
        <div className="mb-4">
          <Notice tone="care">Belum ada keputusan dari panel ini. Sampai diputuskan, batas yang berlaku tetap dipakai.</Notice>
        </div>
      )}
      <ActionForm action={decidePanelCut} label="Keputusan batas" className="space-y-4">
        <input type="hidden" name="id" value={panelId} />
        <fieldset className="space-y-1">
          <legend className="mb-1 text-sm font-semibold">Batas Kompeten</legend>
          <label className={choice}>
            <input type="radio" name="choice" value="panel" defaultChecked className="size-5 accent-leaf" />
            Terima hasil panel, {percent(result.share)}
          </label>
          <label className={choice}>
            <input type="radio" name="choice" value="moved" className="size-5 accent-leaf" />
            Geser di dalam satu galat baku
          </label>
        </fieldset>
        <div className="sm:max-w-xs">
          <Field
            label="Batas yang digeser (persen)"
            name="percent"
            inputMode="decimal"
            autoComplete="off"
            hint={`Antara ${range}; di luar itu ditolak. Kosongkan bila hasil panel diterima.`}
          />
        </div>
        <TextArea
          label="Alasan"
          name="reason"
          maxLength={1000}
          hint="Wajib bila batas digeser, sedikitnya dua puluh huruf; tampil bersama batasnya."
        />
        <Button>Catat keputusan</Button>
        <p className="max-w-prose text-sm text-soft">
          Berlaku pada skor yang dihitung sesudah ini. Skor yang sudah ada tidak berubah sampai BGTK menghitung dan merilis skor baru.
        </p>
      </ActionForm>
    </Card>
  )
}
