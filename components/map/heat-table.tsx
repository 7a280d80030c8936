import { Link } from '@/components/ui/link'
import type { Cell, MapFilter } from '@/lib/mapping/model'
import { cellWords, figureIn, scaleFor, shortFigure, type Scale } from '@/lib/mapping/palette-model'
import type { HeatView, MapView } from '@/lib/mapping/service'
import { formatCount } from '@/lib/platform/format'
import { addressOf, responseAddress } from './address'
import { groundOf } from './ground'
import { Legend } from './legend'

/** The heat table as it is shown: columns by the alphabet like every list of places, rows of the subject that is asked for. */
export function arranged(heat: HeatView, subject: string): HeatView {
  const regions = [...heat.regions].sort((a, b) => a.name.localeCompare(b.name, 'id'))
  const place = new Map(regions.map((r, i) => [r.code, i]))
  return {
    ...heat,
    regions,
    rows: heat.rows
      .filter((r) => !subject || r.code === subject)
      .map((r) => ({ ...r, cells: [...r.cells].sort((a, b) => place.get(a.code)! - place.get(b.code)!) })),
  }
}

function Inside({ cell, scale }: { cell: Cell; scale: Scale }) {
  return (
    <>
      {shortFigure(cell, scale, 0)}
      {figureIn(cell, scale.pictured) && <span className="block text-[0.625rem] leading-tight">n {formatCount(cell.n ?? 0)}</span>}
    </>
  )
}

/** Subject × kabupaten as a heat table. Figures stand in every cell and every cell is a link, so that colour is never needed. */
export function HeatTable({ base, filter, heat, rules }: { base: string; filter: MapFilter; heat: HeatView; rules: MapView['rules'] }) {
  const scale = scaleFor(filter)
  const { regions, rows } = arranged(heat, filter.mapel)
  const hrefOf = (code: string, subject: string) => addressOf(`${base}/${code}`, filter, { mapel: subject, tampilan: 'peta' })
  return (
    <>
      <div
        className="colours overflow-x-auto rounded-xl border border-line bg-card print:overflow-visible"
        tabIndex={0}
        role="group"
        aria-label="Tabel mata pelajaran menurut kabupaten/kota, dapat digeser"
      >
        <table className="border-separate border-spacing-0 text-xs">
          <caption className="sr-only">
            {scale.pictured === 'kompeten' ? 'Persen kompeten' : 'Rata-rata'} per mata pelajaran dan kabupaten/kota
          </caption>
          <thead>
            <tr>
              <th scope="col" className="sticky left-0 z-[1] print:static min-w-28 bg-card px-2 py-2 text-left align-bottom">
                Mata pelajaran
              </th>
              {regions.map((r) => (
                <th key={r.code} scope="col" className="h-38 min-w-12 px-1 align-bottom font-semibold">
                  <Link
                    href={addressOf(`${base}/${r.code}`, filter, { tampilan: 'peta' })}

                    className="inline-block rotate-180 whitespace-nowrap underline-offset-4 [writing-mode:vertical-rl] hover:underline"
                  >
                    {r.name}
                  </Link>
                </th>
              ))}
              <th scope="col" className="min-w-14 px-1 align-bottom">
                Semua
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.code}>
                <th
                  scope="row"
                  className="sticky left-0 z-[1] print:static border-t border-line bg-card px-2 py-1.5 text-left font-semibold"
                >
                  <Link
                    href={responseAddress(base, filter, { mapel: row.code })}

                    aria-label={`${row.name}: apa yang dapat dilakukan`}
                    className="text-leaf underline underline-offset-4"
                  >
                    {row.name}
                  </Link>
                </th>
                {row.cells.map((cell) => (
                  <td key={cell.code} className="border-t border-line p-0 text-center tabular-nums" style={groundOf(cell, scale)}>
                    <Link
                      href={hrefOf(cell.code, row.code)}

                      title={cellWords(cell, scale)}
                      aria-label={`${row.name}, ${cellWords(cell, scale)}`}
                      className="flex min-h-9 min-w-12 print:min-h-0 flex-col items-center justify-center px-1 py-1 print:py-0 hover:outline-2 hover:-outline-offset-2 hover:outline-ink"
                    >
                      <Inside cell={cell} scale={scale} />
                    </Link>
                  </td>
                ))}
                <td className="border-t border-line px-1 text-center font-bold tabular-nums" style={groundOf(row.total, scale)}>
                  <Link
                    href={addressOf(base, filter, { mapel: row.code, tampilan: 'peta' })}

                    aria-label={cellWords(row.total, scale)}
                    className="flex min-h-9 flex-col items-center justify-center"
                  >
                    <Inside cell={row.total} scale={scale} />
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="mt-3 max-w-xl">
        <Legend scale={scale} rules={rules} />
      </div>
    </>
  )
}
