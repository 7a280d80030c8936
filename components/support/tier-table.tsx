import { Card } from '@/components/ui/page'
import type { TierCounts, TierGroup } from '@/lib/plans/service'
import { formatCount, formatNumber } from '@/lib/platform/service'

/** Shades of one colour with a hatch each, most support darkest: tiers are amounts of help, so no traffic lights. */
const shades = ['tier-0', 'tier-1', 'tier-2', 'tier-3', 'tier-4', 'tier-5']

/** Each group as one bar cut by tier, with its counts, hours and cost beneath. */
export function TierTable({
  title,
  rows,
  groups,
  hideBelow,
}: {
  title: string
  rows: TierCounts[]
  groups: TierGroup[]
  hideBelow: number
}) {
  return (
    <Card title={title}>
      <ul className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-xs" aria-hidden="true">
        {groups.map((g) => (
          <li key={g.name} className="inline-flex items-center gap-1.5">
            <span className={`inline-block size-3 rounded-sm border border-line ${shades[g.tiers[0]!]}`} />
            {g.name}
          </li>
        ))}
      </ul>
      <ul className="space-y-3">
        {rows.map((r) => {
          return (
            <li key={r.key} className="text-sm">
              <div className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="font-semibold">{r.name}</span>
                {r.n.length > 0 && (
                  <span className="tabular-nums text-soft">
                    {formatCount(r.total)} guru · {formatCount(r.hours)} JP · Rp{formatNumber(r.rupiah / 1e6, 0)} juta
                  </span>
                )}
              </div>
              {r.n.length === 0 ? (
                <p className="text-soft">Kurang dari {hideBelow} guru, atau akan membuka kelompok sekecil itu; disembunyikan.</p>
              ) : (
                <>
                  {r.n.every((x) => x !== null) && (
                    <div className="mt-1 flex h-3 overflow-hidden rounded-full border border-line" aria-hidden="true">
                      {r.n.map((x, i) => (
                        <div key={groups[i]!.name} className={shades[groups[i]!.tiers[0]!]} style={{ width: `${(100 * x) / r.total}%` }} />
                      ))}
                    </div>
                  )}
                  <p className="mt-0.5 text-soft">
                    {groups
                      .map((g, i) => `${g.name.toLowerCase()} ${r.n[i] === null ? 'disembunyikan' : formatCount(r.n[i]!)}`)
                      .join(' · ')}
                  </p>
                </>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
