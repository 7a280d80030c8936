import { ChartFigure, Words, XAxis, YAxis } from './frame'
import { Legend, lookOf } from './marks'
import { CHAR, clamp, drawable, extent, linear, named, path, plot, show, thin, ticks } from './scale'

/** The chance of every score category along the ability scale. */
export function CategoryCurves({
  label,
  caption,
  ...given
}: {
  label: string
  caption: string
  categories: { name: string; points: { theta: number; p: number }[] }[]
}) {
  const categories = given.categories
    .map((c, i) => ({ name: c.name, look: lookOf(i), points: drawable(c.points, 'theta', 'p').sort((a, b) => a.theta - b.theta) }))
    .filter((c) => c.points.length > 0)
  const across = extent(categories.flatMap((c) => c.points.map((p) => p.theta)))
  const x = linear(across, [plot.left, plot.right])
  const y = linear([0, 1], [plot.bottom, plot.top])
  const thetas = thin([...new Set(categories.flatMap((c) => c.points.map((p) => p.theta)))].sort((a, b) => a - b))
  return (
    <ChartFigure
      label={label}
      caption={caption}
      empty={categories.length === 0}
      numbers={[
        {
          head: ['θ', ...categories.map((c) => c.name)],
          rows: thetas.map((theta) => [
            show(theta),
            ...categories.map((c) => {
              const point = c.points.find((p) => p.theta === theta)
              return point ? show(point.p) : '–'
            }),
          ]),
        },
      ]}
      legend={<Legend entries={categories.map((c) => ({ name: c.name, look: c.look, point: false }))} />}
    >
      <YAxis box={plot} ticks={named(ticks([0, 1]), y)} name="Peluang" />
      <XAxis box={plot} ticks={named(ticks(across, 6), x)} name="Kemampuan (θ)" />
      {categories.map((c, i) => (
        <path
          key={i}
          d={path(c.points.map((p) => [x(p.theta), y(clamp(p.p, 0, 1))]))}
          className={`fill-none ${c.look.stroke}`}
          strokeWidth="1.8"
          {...(c.look.dash ? { strokeDasharray: c.look.dash } : {})}
        />
      ))}
      {categories.map((c, i) => {
        const peak = c.points.reduce((a, b) => (b.p > a.p ? b : a))
        if (c.name.length > 8) return null
        const half = (c.name.length * CHAR) / 2
        return (
          <Words
            key={i}
            x={clamp(x(peak.theta), plot.left + half + 3, plot.right - half - 3)}
            y={Math.max(plot.top - 7, y(clamp(peak.p, 0, 1)) - 8)}
            anchor="middle"
            tone={c.look.fill}
          >
            {c.name}
          </Words>
        )
      })}
    </ChartFigure>
  )
}
