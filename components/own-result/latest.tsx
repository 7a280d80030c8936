import { Link } from '@/components/ui/link'
import { StateBadge } from '@/components/measurement/own-measure'
import { Card } from '@/components/ui/page'
import type { PartResult } from '@/lib/scoring/service'
import { competencyNames, competencyOrder } from '@/lib/sittings/model'
import { latestOfEach, resultAnchor, resultLine, resultState } from './words'

/** The newest result of each competency in a line of words; each leads to its part of the page of results. */
export function LatestResults({ parts }: { parts: PartResult[] }) {
  const latest = latestOfEach(parts, competencyOrder)
  return (
    <Card title="Hasil terbaru Anda" className="mb-6">
      <ul className="divide-y divide-line">
        {latest.map((p) => {
          const state = resultState(p)
          return (
            <li key={p.attemptId} className="py-2">
              <Link
                href={`/guru/hasil#${resultAnchor(p.attemptId)}`}
                className="inline-flex min-h-11 items-center font-semibold text-leaf underline underline-offset-4"
              >
                {competencyNames[p.part]}
              </Link>{' '}
              {state && <StateBadge state={state} />}
              <span className="block text-sm text-soft">{resultLine(p)}</span>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
