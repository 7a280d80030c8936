import type { ReactNode } from 'react'
import { Explorable } from './explorable'
import { FirstPaint } from './first-paint'
import { heightOf, type Explored } from './model'

/** A chart to explore with its caption and the same numbers in a table beside it. `label` says in a sentence what the picture shows. */
export function Explore({
  caption,
  label,
  chart,
  table,
  note,
}: {
  caption: string
  label: string
  chart: Explored
  /** The same numbers; nothing where they stand in another table beside it. */
  table?: { head: string[]; rows: string[][] }
  note?: ReactNode
}) {
  const height = heightOf(chart)
  return (
    <figure className={`grid items-start gap-4 ${table ? 'lg:grid-cols-[minmax(0,1fr)_auto]' : ''}`}>
      <div className="min-w-0">
        <figcaption className="mb-1 text-sm font-semibold">{caption}</figcaption>
        {note}
        <Explorable chart={chart} label={label} height={height}>
          <FirstPaint chart={chart} label={label} />
        </Explorable>
      </div>
      {table && <Numbers caption={caption} {...table} />}
    </figure>
  )
}

function Numbers({ caption, head, rows }: { caption: string; head: string[]; rows: string[][] }) {
  return (
    <div className="max-h-96 overflow-auto print:max-h-none" tabIndex={0} role="group" aria-label={`Angka: ${caption}`}>
      <table className="text-xs tabular-nums">
        <thead>
          <tr>
            {head.map((h, i) => (
              <th key={h} scope="col" className={`border-b border-line px-2 py-1 ${i ? 'text-right' : 'text-left'}`}>
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, i) =>
                i ? (
                  <td key={i} className="border-b border-line px-2 py-0.5 text-right whitespace-nowrap">
                    {cell}
                  </td>
                ) : (
                  <th key={i} scope="row" className="border-b border-line px-2 py-0.5 text-left font-normal">
                    {cell}
                  </th>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
