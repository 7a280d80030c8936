import { Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { formatCount, formatNumber } from '@/lib/platform/format'
import type { FormSummary } from '@/lib/calibration/service'

const two = (x: number | null) => (x === null ? '–' : formatNumber(x, 2))

/** One figure where all forms agree to two decimals, else from the lowest to the highest form. */
export function rangeOver(forms: readonly FormSummary[], of: (f: FormSummary) => number | null): string {
  const known = forms.map(of).filter((x): x is number => x !== null)
  if (!known.length) return '–'
  const [low, high] = [two(Math.min(...known)), two(Math.max(...known))]
  return low === high ? low : `${low}–${high}`
}

/** What a figure over forms is made of. */
export function formsNote(forms: readonly FormSummary[]): string {
  const [only] = forms
  if (!only) return 'belum dihitung per paket'
  if (forms.length > 1) return `terendah sampai tertinggi dari ${forms.length} paket`
  return only.alphaLow === null || only.alphaHigh === null ? '' : `95 %: ${two(only.alphaLow)}–${two(only.alphaHigh)}`
}

/** Reliability of each form as the test that people took; nothing where there is only one form, whose figures stand above. */
export function FormFigures({ forms }: { forms: readonly FormSummary[] }) {
  if (!forms.length)
    return (
      <div className="mb-4">
        <Notice tone="care" title="Kalibrasi ini belum memuat angka per paket">
          Dihitung sebelum reliabilitas, beda antarkelompok, dan S-X² diperiksa per paket. Jalankan kalibrasi baru untuk membacanya; skor
          yang berlaku tidak berubah.
        </Notice>
      </div>
    )
  if (forms.length === 1) return null
  return (
    <Card title="Setiap paket sebagai tes" className="mb-4">
      <Table
        caption="Reliabilitas dan sebaran setiap paket"
        rows={[...forms]}
        rowKey={(f) => f.label}
        columns={[
          { key: 'p', head: 'Paket', lead: true, cell: (f) => f.label },
          { key: 'n', head: 'n', numeric: true, cell: (f) => formatCount(f.n) },
          { key: 'b', head: 'Butir', numeric: true, cell: (f) => f.items },
          {
            key: 'a',
            head: 'Alfa (rentang 95 persen)',
            numeric: true,
            cell: (f) => (f.alpha === null ? '–' : `${two(f.alpha)} (${two(f.alphaLow)}–${two(f.alphaHigh)})`),
          },
          { key: 'o', head: 'Omega', numeric: true, cell: (f) => two(f.omega) },
          { key: 'w', head: 'WLE', numeric: true, cell: (f) => two(f.wle) },
          {
            key: 's',
            head: 'Skor mentah',
            numeric: true,
            cell: (f) => (f.mean === null ? '–' : `${two(f.mean)} ± ${two(f.sd)} dari ${f.highest}`),
          },
        ]}
      />
      <p className="mt-3 text-sm text-soft">
        Alfa dan omega hanya ada untuk butir yang dikerjakan bersama, jadi dihitung per paket. Skor mentah: rata-rata ± simpangan baku.
      </p>
    </Card>
  )
}
