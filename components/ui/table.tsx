import type { ReactNode } from 'react'

/** `lead`: what the row is about. `more`: on a phone it is folded under the facts that matter. */
export type Column<Row> = { key: string; head: string; cell: (row: Row) => ReactNode; numeric?: boolean; lead?: boolean; more?: boolean }

/** A table that becomes cards on a phone: there every cell carries its column's name. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  marks,
}: {
  caption: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  /** What a row stands for, for whatever beside the table marks it (`data-kode`). */
  marks?: (row: Row) => string
}) {
  return (
    <table className="block w-full text-sm md:table">
      <caption className="sr-only">{caption}</caption>
      <thead className="hidden md:table-header-group">
        <tr>
          {columns.map((c) => (
            <th
              key={c.key}
              scope="col"
              className={`border-b-2 border-leaf px-3 py-2 font-semibold ${c.numeric ? 'text-right' : 'text-left'}`}
            >
              {c.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block space-y-3 md:table-row-group md:space-y-0">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            data-kode={marks?.(row)}
            className="block data-marked:bg-gold-pale! data-marked:border-gold rounded-xl border border-line bg-card p-3 md:table-row md:border-0 md:bg-transparent md:p-0 md:hover:bg-leaf-pale/50"
          >
            {columns.map((c) => (
              <td
                key={c.key}
                className={`${c.more ? 'hidden' : 'flex'} flex-wrap items-baseline justify-between gap-x-4 py-0.5 md:table-cell md:border-b md:border-line md:px-3 md:py-2 ${c.numeric ? 'md:whitespace-nowrap md:text-right tabular-nums' : ''} ${c.lead ? 'font-semibold' : ''}`}
              >
                {!c.lead && <span className="max-w-2/3 text-soft md:hidden">{c.head}</span>}
                <span className={`min-w-0 break-words ${c.lead ? '' : 'flex-[1_1_4rem] text-right md:text-inherit'}`}>{c.cell(row)}</span>
              </td>
            ))}
            {columns.some((c) => c.more) && (
              <td className="block md:hidden">
                <details>
                  <summary className="flex min-h-11 items-center font-semibold text-leaf">Selengkapnya</summary>
                  <dl>
                    {columns
                      .filter((c) => c.more)
                      .map((c) => (
                        <div key={c.key} className="flex flex-wrap items-baseline justify-between gap-x-4 py-0.5">
                          <dt className="max-w-2/3 text-soft">{c.head}</dt>
                          <dd className="min-w-0 flex-[1_1_4rem] break-words text-right">{c.cell(row)}</dd>
                        </div>
                      ))}
                  </dl>
                </details>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
