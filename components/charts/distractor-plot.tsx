import { ChartFigure, Words, XAxis, YAxis } from './frame'
import { Legend, lookOf, looks, Marker, type Look } from './marks'
import { clamp, lanes, linear, named, path, plot, shorten, show, spread, ticks, W, type Box } from './scale'

type Series = { id: string; name: string; look: Look; shares: number[] }

/** Who chose which option: shares by score group, the key thick and solid. */
export function DistractorPlot({
  label,
  caption,
  groups,
  options,
  omitted,
}: {
  label: string
  caption: string
  groups: string[]
  options: { id: string; isKey: boolean; shares: number[] }[]
  omitted?: number[]
}) {
  const others = options.filter((o) => !o.isKey)
  const series: Series[] = [
    ...options.map((o) => ({
      id: o.id,
      name: o.isKey ? `${o.id} (kunci)` : o.id,
      look: o.isKey ? { ...looks[0]!, width: 3 } : lookOf(1 + (others.indexOf(o) % (looks.length - 2))),
      shares: o.shares,
    })),
    ...(omitted ? [{ id: 'kosong', name: 'kosong', look: looks[5]!, shares: omitted }] : []),
  ].filter((s) => groups.length > 0 && s.shares.some(Number.isFinite))

  const edge = Math.max(3, ...series.map((s) => Math.min(s.name.length, 11))) * 6.4 + 12
  const marks = lanes(
    groups.map((g, i) => ({ x: slot(groups.length, W - edge)(i), text: shorten(g, 14) })),
    [2, W - 2],
  )
  const rows = Math.max(1, ...marks.map((m) => m.row + 1))
  const box: Box = { ...plot, right: W - edge, bottom: plot.bottom - (rows - 1) * 13 }
  const x = slot(groups.length, box.right)
  const top = Math.max(0, ...series.flatMap((s) => s.shares.filter(Number.isFinite))) > 0.5 ? 1 : 0.5
  const y = linear([0, top], [box.bottom, box.top])
  const drawn = series.map((s) => ({
    ...s,
    points: s.shares
      .slice(0, groups.length)
      .flatMap((v, i): [number, number][] => (Number.isFinite(v) ? [[x(i), y(clamp(v, 0, top))]] : [])),
  }))
  const ends = drawn.filter((s) => s.points.length > 0).sort((a, b) => a.points.at(-1)![1] - b.points.at(-1)![1])
  const places = spread(
    ends.map((s) => s.points.at(-1)![1]),
    13,
    [box.top - 6, box.bottom],
  )
  return (
    <ChartFigure
      label={label}
      caption={caption}
      empty={series.length === 0}
      numbers={[
        {
          head: ['Kelompok', ...series.map((s) => s.name)],
          rows: groups.map((g, i) => [g, ...series.map((s) => (Number.isFinite(s.shares[i]) ? show(s.shares[i]!) : '–'))]),
        },
      ]}
      legend={<Legend entries={series.map((s) => ({ name: s.name, look: s.look }))} />}
    >
      <YAxis box={box} ticks={named(ticks([0, top]), y)} name="Bagian yang memilih" />
      <XAxis
        box={box}
        ticks={groups.map((g, i) => ({ at: x(i), name: g, words: marks[i]! }))}
        name="Kelompok skor (rendah → tinggi)"
        rows={rows}
      />
      {drawn.map((s) => (
        <g key={s.id}>
          <path
            d={path(s.points)}
            className={`fill-none ${s.look.stroke}`}
            strokeWidth={s.look.width ?? 1.4}
            {...(s.look.dash ? { strokeDasharray: s.look.dash } : {})}
          />
          {s.points.map(([px, py], i) => (
            <Marker key={i} shape={s.look.shape} x={px} y={py} r={s.look.width ? 4 : 3} fill={s.look.fill} stroke={s.look.stroke} />
          ))}
        </g>
      ))}
      {ends.map((s, i) => (
        <Words key={s.id} x={s.points.at(-1)![0] + 8} y={places[i]!} tone={s.look.fill}>
          {shorten(s.name, 11)}
        </Words>
      ))}
    </ChartFigure>
  )
}

/** Where group i of n stands between the axis and the labels. */
function slot(n: number, right: number): (i: number) => number {
  return linear([0, Math.max(1, n - 1)], [plot.left + 18, right])
}
