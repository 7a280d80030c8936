import { Answers, ItemText } from '@/components/item-answer'
import type { Block, ItemContent, ItemScoring } from '@/lib/items/model'
import type { Spread } from '@/lib/standards/service'
import { formatNumber } from '@/lib/platform/service'

type Line = {
  item: { itemCode: string; position: number; content: ItemContent; stimulus: Block[] | null; scoring: ItemScoring } | null
  values: { letter: string; value: number }[]
  spread: Spread | null
  before: Spread | null
}

const percent = (v: number) => formatNumber(100 * v, 0)

/** Nearer than this (in points) two letters would cover each other on a phone, so the later one goes up a row. */
const GAP = 0.075

/** The letters of the judges on a line from 0 to 100. */
function Strip({ values }: { values: Line['values'] }) {
  const rows: number[] = []
  const placed = values.map((v) => {
    const free = rows.findIndex((last) => v.value - last >= GAP)
    const row = free < 0 ? rows.length : free
    rows[row] = v.value
    return { ...v, row }
  })
  return (
    <div
      aria-hidden="true"
      className="relative mx-2.5 mt-1 border-b border-soft"
      style={{ height: `${Math.max(1, rows.length) * 18 + 2}px` }}
    >
      {[0, 25, 50, 75, 100].map((t) => (
        <span key={t} className="absolute bottom-0 h-1.5 border-l border-soft" style={{ left: `${t}%` }} />
      ))}
      {placed.map((v) => (
        <span
          key={v.letter}
          className="absolute flex size-[17px] -translate-x-1/2 items-center justify-center rounded-full bg-indigo text-[10px] font-bold text-white"
          style={{ left: `${100 * v.value}%`, bottom: `${v.row * 18 + 1}px` }}
        >
          {v.letter}
        </span>
      ))}
    </div>
  )
}

/** What the judges said item by item, widest disagreement first. */
export function SpreadList({ lines }: { lines: Line[] }) {
  return (
    <ol className="grid gap-3 md:grid-cols-2">
      {lines.map((l) =>
        l.item && l.spread ? (
          <li key={l.item.itemCode} className="min-w-0 rounded-lg border border-line p-3">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
              <strong>
                {l.item.position}. {l.item.itemCode}
              </strong>
              <span className="tabular-nums">
                rata-rata {percent(l.spread.mean)} · SB {formatNumber(100 * l.spread.sd)}
                {l.before && ` (putaran 1: ${formatNumber(100 * l.before.sd)})`}
              </span>
            </p>
            <Strip values={l.values} />
            <p className="mt-1 flex justify-between px-1 text-xs text-soft" aria-hidden="true">
              <span>0</span>
              <span>50</span>
              <span>100</span>
            </p>
            <p className="mt-1 text-xs text-soft">
              Rentang {percent(l.spread.min)}–{percent(l.spread.max)}: {l.values.map((v) => `${v.letter} ${percent(v.value)}`).join(', ')}
            </p>
            <details className="mt-1">
              <summary className="py-1.5 text-sm font-semibold text-leaf">Lihat butir {l.item.itemCode}</summary>
              <div className="mt-2 text-sm">
                <ItemText stimulus={l.item.stimulus} content={l.item.content} />
                <Answers content={l.item.content} scoring={l.item.scoring} />
              </div>
            </details>
          </li>
        ) : null,
      )}
    </ol>
  )
}

/** Bookmarks of the panel: page by letter. */
export function MarkList({ line, pages }: { line: Line; pages: number }) {
  if (!line.spread) return <p className="text-sm text-soft">Belum ada penanda.</p>
  return (
    <>
      <p className="mb-2 text-sm">
        Halaman {formatNumber(line.spread.min, 0)}–{formatNumber(line.spread.max, 0)} dari {pages}; median{' '}
        {formatNumber(line.spread.median)}, SB {formatNumber(line.spread.sd)}
        {line.before && ` (putaran 1: ${formatNumber(line.before.sd)})`}.
      </p>
      <ul className="flex flex-wrap gap-2">
        {line.values.map((v) => (
          <li key={v.letter} className="rounded-full border border-line bg-paper px-3 py-1 text-sm tabular-nums">
            <strong>{v.letter}</strong> halaman {v.value}
          </li>
        ))}
      </ul>
    </>
  )
}
