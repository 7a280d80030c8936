import { Link } from '@/components/ui/link'
import { Badge, Card } from '@/components/ui/page'
import type { SetCheck } from '@/lib/assembly/service'

type Finding = SetCheck['words'][number]

const verdicts = {
  fault: <Badge tone="care">Perlu dilihat</Badge>,
  part: <Badge>Wajar sejauh diperiksa</Badge>,
  sound: <Badge>Wajar</Badge>,
  few: <Badge>Belum cukup data</Badge>,
} as const

/** Items shown at once; the others wait behind one press. */
const SHOWN = 8

function Items({ items, at }: { items: Finding['items']; at: string }) {
  return (
    <ul className="mt-2 space-y-1 text-sm">
      {items.map((i) => (
        <li key={i.code}>
          <Link
            href={`${at}/butir/${i.code}`}
            className="inline-block min-h-6 font-semibold whitespace-nowrap text-leaf underline underline-offset-4"
          >
            {i.code}
          </Link>{' '}
          <span className="text-soft">{i.why}</span>
        </li>
      ))}
    </ul>
  )
}

/** What the checks of a set have found, faults first, with the items at fault. */
export function SetFindings({
  title,
  lead,
  findings,
  at,
  className,
}: {
  title: string
  lead: string
  findings: readonly Finding[]
  at: string
  className?: string
}) {
  const weight = { fault: 0, part: 1, sound: 2, few: 3 }
  const sorted = [...findings].sort((a, b) => weight[a.verdict] - weight[b.verdict])
  return (
    <Card title={title} className={className}>
      <p className="max-w-prose text-sm text-soft">{lead}</p>
      {sorted.length === 0 && <p className="mt-3">Tidak ada butir yang dapat diperiksa dengan cara ini.</p>}
      <ul className="mt-3 divide-y divide-line">
        {sorted.map((f) => (
          <li key={f.check} className="py-3">
            <div className="flex flex-wrap items-center gap-2">
              <h3 className="text-base">{f.title}</h3>
              {verdicts[f.verdict]}
            </div>
            <p className="max-w-prose text-sm">{f.words}</p>
            {f.items.length > 0 && <Items items={f.items.slice(0, SHOWN)} at={at} />}
            {f.items.length > SHOWN && (
              <details>
                <summary className="min-h-11 cursor-pointer py-2 text-sm font-semibold text-leaf">
                  {f.items.length - SHOWN} butir lain<span className="sr-only"> pada {f.title}</span>
                </summary>
                <Items items={f.items.slice(SHOWN)} at={at} />
              </details>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
