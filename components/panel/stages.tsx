import { ActionForm } from '@/components/ui/action-form'
import { Button } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { movePanelOn } from '@/lib/standards/actions'
import { panelStateNames, type PanelRow, type PanelState } from '@/lib/standards/service'

const about: Record<PanelState, string> = {
  'round-1': 'Setiap panelis menilai sendiri, dengan kunci, tanpa data jawaban guru dan tanpa melihat nilai panelis lain.',
  discussion: 'Panel membahas butir dengan perbedaan paling lebar. Nilai tidak dapat diubah selama diskusi.',
  'round-2': 'Panelis meninjau nilainya. Nilai yang tidak diubah tetap memakai nilai putaran 1.',
  closed: 'Penilaian ditutup; hasil dan dampaknya ada di bawah.',
}
const doing: Record<PanelState, string> = {
  'round-1': 'Tutup putaran 1, mulai diskusi',
  discussion: 'Buka putaran 2',
  'round-2': 'Tutup putaran 2, hitung hasil',
  closed: '',
}

/** Where the panel stands, and the one step forward. */
export function PanelStages({
  panel,
  next,
  complete,
  judges,
}: {
  panel: PanelRow
  next: PanelState | null
  complete: number
  judges: number
}) {
  const states = Object.keys(panelStateNames) as PanelState[]
  const at = states.indexOf(panel.state)
  return (
    <Card title="Tahap">
      <ol className="mb-3 grid grid-cols-2 gap-2 sm:grid-cols-4">
        {states.map((s, i) => (
          <li
            key={s}
            aria-current={i === at ? 'step' : undefined}
            className={`rounded-lg border px-3 py-2 text-sm font-semibold ${i === at ? 'border-leaf bg-leaf text-white' : i < at ? 'border-leaf bg-leaf-pale' : 'border-line text-soft'}`}
          >
            {i + 1}. {panelStateNames[s]}
            {i < at && <span className="sr-only"> (sudah)</span>}
          </li>
        ))}
      </ol>
      <p className="max-w-prose text-sm">{about[panel.state]}</p>
      {next && (
        <ActionForm
          action={movePanelOn}
          label="Pindah tahap"
          className="mt-3"
          ask={{
            question: `${doing[panel.state]}: tahap “${panelStateNames[panel.state]}” ditutup untuk semua panelis dan tidak dapat dibuka kembali.`,
            yes: 'Ya, lanjutkan',
          }}
        >
          <input type="hidden" name="id" value={panel.id} />
          <input type="hidden" name="from" value={panel.state} />
          {panel.state === 'round-1' && (
            <p className="mb-2 text-sm">
              {complete} dari {judges} panelis selesai.
              {complete < judges &&
                ' Bila ditutup sekarang, butir yang belum dinilai seorang panelis dihitung dari rata-rata butirnya yang lain.'}
            </p>
          )}
          <Button>{doing[panel.state]}</Button>
          <p className="mt-2 text-sm text-soft">Tahap hanya bergerak maju dan tidak dapat dibuka kembali.</p>
        </ActionForm>
      )}
    </Card>
  )
}
