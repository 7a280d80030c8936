import type { ReactNode } from 'react'
import { H, W, type Box, type Lane } from './scale'

export type Numbers = { name?: string; head: string[]; rows: ReactNode[][] }

/**
 * What every chart is: a caption, a picture with a sentence for those who do not see it, a legend, and the same numbers in a table.
 * Without data it says so instead of drawing. Links may only stand in `links`, outside the image role, which hides what it contains.
 */
export function ChartFigure({
  label,
  caption,
  empty,
  height = H,
  legend,
  links,
  numbers,
  children,
}: {
  label: string
  caption: string
  empty: boolean
  height?: number
  legend?: ReactNode
  links?: ReactNode
  numbers: Numbers[]
  children: ReactNode
}) {
  return (
    <figure className="@container w-full max-w-2xl">
      <figcaption className="mb-1 text-sm font-semibold">{caption}</figcaption>
      {empty ? (
        <p className="py-3 text-sm text-soft">Belum ada data yang dapat digambar.</p>
      ) : (
        <>
          <svg
            viewBox={`0 0 ${W} ${height}`}
            className="block h-auto w-full text-[12.5px] @md:text-[9.5px] @xl:text-[7.5px]"
            {...(links ? {} : { role: 'img', 'aria-label': label })}
          >
            {links ? (
              <>
                <g role="img" aria-label={label}>
                  {children}
                </g>
                {links}
              </>
            ) : (
              children
            )}
          </svg>
          {legend}
          <details className="mt-1 text-sm">
            <summary className="py-1 font-semibold text-leaf">Lihat angka</summary>
            <div className="max-h-80 space-y-3 overflow-auto" tabIndex={0} role="group" aria-label={`Angka: ${caption}`}>
              {numbers.map((table, i) => (
                <NumberTable key={i} {...table} />
              ))}
            </div>
          </details>
        </>
      )}
    </figure>
  )
}

function NumberTable({ name, head, rows }: Numbers) {
  return (
    <table className="text-xs tabular-nums">
      {name && <caption className="py-1 text-left font-semibold">{name}</caption>}
      <thead>
        <tr>
          {head.map((h, i) => (
            <th key={h} scope="col" className={`border-b border-line px-1.5 py-1 ${i ? 'text-right' : 'text-left'}`}>
              {h}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, r) => (
          <tr key={r}>
            {row.map((cell, i) =>
              i ? (
                <td key={i} className="border-b border-line px-1.5 py-0.5 text-right whitespace-nowrap">
                  {cell}
                </td>
              ) : (
                <th key={i} scope="row" className="border-b border-line px-1.5 py-0.5 text-left font-normal">
                  {cell}
                </th>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Where a tick stands, its words, and where those had to move for room. */
export type Tick = { at: number; name: string; words?: Lane }

/** The horizontal axis: a line, its ticks and its name beneath. */
export function XAxis({ box, ticks, name, rows = 1 }: { box: Box; ticks: Tick[]; name?: string; rows?: number }) {
  return (
    <g className="fill-soft">
      <line x1={box.left} x2={box.right} y1={box.bottom} y2={box.bottom} className="stroke-soft" strokeWidth="0.8" />
      {ticks.map((t, i) => (
        <g key={i}>
          <line x1={t.at} x2={t.at} y1={box.bottom} y2={box.bottom + 3} className="stroke-soft" strokeWidth="0.8" />
          <text x={t.words?.x ?? t.at} y={box.bottom + 16 + (t.words?.row ?? 0) * 13} textAnchor="middle">
            {t.words?.text ?? t.name}
          </text>
        </g>
      ))}
      {name && (
        <text x={(box.left + box.right) / 2} y={box.bottom + 20 + rows * 13} textAnchor="middle" className="fill-ink">
          {name}
        </text>
      )}
    </g>
  )
}

/** A vertical axis: numbers beside faint lines, its name above. On the right side it draws no lines of its own. */
export function YAxis({ box, ticks, name, side = 'left' }: { box: Box; ticks: Tick[]; name?: string; side?: 'left' | 'right' }) {
  const left = side === 'left'
  return (
    <g className="fill-soft">
      {ticks.map((t) => (
        <g key={t.at}>
          {left && <line x1={box.left} x2={box.right} y1={t.at} y2={t.at} className="stroke-line" strokeWidth="0.6" />}
          <text x={left ? box.left - 5 : box.right + 5} y={t.at} dy="0.35em" textAnchor={left ? 'end' : 'start'}>
            {t.name}
          </text>
        </g>
      ))}
      {name && (
        <text x={left ? 2 : W - 2} y={11} textAnchor={left ? 'start' : 'end'} className="fill-ink">
          {name}
        </text>
      )}
    </g>
  )
}

/** Words over a drawing, with a rim of the card's colour so that lines behind them do not disturb. */
export function Words({
  x,
  y,
  anchor = 'start',
  tone = 'fill-ink',
  children,
}: {
  x: number
  y: number
  anchor?: 'start' | 'middle' | 'end'
  tone?: string
  children: string
}) {
  return (
    <text x={x} y={y} dy="0.35em" textAnchor={anchor} className={`${tone} stroke-card [paint-order:stroke]`} strokeWidth="3">
      {children}
    </text>
  )
}

/** The cut score as a dashed upright line with its word at the foot; outside the axes it is not drawn. */
export function CutLine({ x, box }: { x: number; box: Box }) {
  if (!(x >= box.left && x <= box.right)) return null
  const near = box.right - x < 40
  return (
    <g>
      <line x1={x} x2={x} y1={box.top} y2={box.bottom} className="stroke-manggis" strokeDasharray="4 3" />
      <Words x={near ? x - 4 : x + 4} y={box.bottom - 9} anchor={near ? 'end' : 'start'} tone="fill-manggis">
        batas
      </Words>
    </g>
  )
}
