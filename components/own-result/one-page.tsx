import type { OwnProfile } from '@/lib/plans/service'
import type { PartResult } from '@/lib/scoring/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { formatNumber } from '@/lib/platform/format'
import { isSelfDescription, printedState, saysTooLittle } from './words'

const range = (p: PartResult): string => {
  if (saysTooLittle(p)) return 'terlalu sedikit jawaban untuk diukur'
  if (isSelfDescription(p.part)) return '–'
  return p.measure ? `${p.measure.low}–${p.measure.high}` : `${formatNumber(p.total!.percent)} dari 100 poin, tanpa rentang`
}

/** The newest result of each competency on paper: ranges, states and first areas; the screen shows them at length. */
export function OnePage({ parts, profiles }: { parts: PartResult[]; profiles: Map<string, OwnProfile> }) {
  const shown = parts.filter((p) => p.released && p.total && profiles.get(p.attemptId)?.latest)
  if (shown.length === 0) return null
  const cycles = [...new Set(shown.map((p) => p.seat.cycleName))]
  return (
    <section className="short-print mb-3 hidden print:block">
      <h2 className="mb-2">{cycles.join('; ')}</h2>
      <table className="w-full text-sm">
        <thead>
          <tr>
            {['Kompetensi', 'Rentang (200–800)', 'Keterangan', 'Area penguatan pertama'].map((h) => (
              <th key={h} scope="col" className="border-b border-line py-1 pr-3 text-left">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {competencyOrder
            .flatMap((c) => shown.filter((p) => p.part === c))
            .map((p) => (
              <tr key={p.part}>
                <th scope="row" className="border-b border-line py-1 pr-3 text-left font-semibold">
                  {competencyNames[p.part]}
                </th>
                <td className="border-b border-line py-1 pr-3">{range(p)}</td>
                <td className="border-b border-line py-1 pr-3">{printedState(p)}</td>
                <td className="border-b border-line py-1">
                  {isSelfDescription(p.part) ? '–' : (profiles.get(p.attemptId)?.needs[0]?.title ?? 'belum dapat dibedakan')}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      <p className="mt-3 text-sm">
        Kemampuan sebenarnya berada dalam rentang itu pada delapan dari sepuluh orang. Hasil ini cermin untuk belajar; bukan penilaian
        kinerja.
      </p>
    </section>
  )
}
