import { Link } from '@/components/ui/link'
import { Badge, Empty } from '@/components/ui/page'
import { ageWords, leftWords, urgencyNames, type Urgency } from '@/lib/agenda/model'
import type { Waiting } from '@/lib/agenda/service'
import { formatCount } from '@/lib/platform/service'

const tones: Record<Urgency, 'bad' | 'care' | 'plain'> = { now: 'bad', soon: 'care', open: 'plain' }
/** More than this are folded: nobody begins with the ninth. */
const SHOWN = 8

function Line({ w, now }: { w: Waiting; now: Date }) {
  return (
    <li className="grid gap-x-4 gap-y-1 py-3 sm:grid-cols-[6.5rem_1fr_auto] sm:items-baseline">
      <span>
        <Badge tone={tones[w.urgency]}>{urgencyNames[w.urgency]}</Badge>
      </span>
      <div className="min-w-0">
        <p className="font-semibold">{w.title}</p>
        <p className="text-sm text-soft">
          {w.why}
          {w.since && <> Menunggu {ageWords(w.since, now)}.</>}
          {w.due && <strong className="font-semibold text-ink"> {leftWords(w.due, now)}.</strong>}
        </p>
      </div>
      <Link
        href={w.action.href}
        className="inline-flex min-h-11 items-center font-semibold text-leaf underline underline-offset-4 sm:justify-end sm:text-right"
      >
        {w.action.label}
        <span className="sr-only">: {w.title}</span>
      </Link>
    </li>
  )
}

/** What waits for somebody, the most urgent first, each with its reason and one step. */
export function WaitingList({ list, now, empty }: { list: Waiting[]; now: Date; empty: string }) {
  const rest = list.slice(SHOWN)
  return (
    <section aria-labelledby="menunggu" className="mb-6">
      <h2 id="menunggu" className="mb-2">
        Yang menunggu Anda
      </h2>
      {list.length === 0 ? (
        <Empty title="Tidak ada yang menunggu">{empty}</Empty>
      ) : (
        <div className="rounded-xl border border-line bg-card px-4">
          <ul className="divide-y divide-line">
            {list.slice(0, SHOWN).map((w) => (
              <Line key={w.id} w={w} now={now} />
            ))}
          </ul>
          {rest.length > 0 && (
            <details className="border-t border-line">
              <summary className="flex min-h-11 items-center font-semibold text-leaf">{formatCount(rest.length)} lagi</summary>
              <ul className="divide-y divide-line">
                {rest.map((w) => (
                  <Line key={w.id} w={w} now={now} />
                ))}
              </ul>
            </details>
          )}
        </div>
      )}
    </section>
  )
}
