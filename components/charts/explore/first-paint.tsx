import { COLOURS, room, type Explored } from './model'

/** What Recharts draws in its place once it is there; on paper the server's drawing comes back. */
const UNTIL = 'in-data-[explorable=ready]:invisible print:visible!'

/** The chart as the server draws it, and as paper and browsers without a script keep it: shapes stretch, words do not. Lines behind stay. */
export function FirstPaint({ chart, label }: { chart: Explored; label: string }) {
  const { left, right, top, bottom } = room[chart.kind]
  const share = (v: number, [a, b]: [number, number]) => (100 * (v - a)) / (b - a)
  const x = (v: number) => share(v, chart.x.span)
  const rows = chart.kind === 'ranges' ? chart.rows : []
  const at = (i: number) => (100 * (i + 0.5)) / Math.max(1, rows.length)
  return (
    <div className="colours absolute text-xs tabular-nums" style={{ left, right, top, bottom }}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" className="size-full overflow-visible" role="img" aria-label={label}>
        {chart.x.ticks.map((t) => (
          <line key={t.at} x1={x(t.at)} x2={x(t.at)} y1={0} y2={100} stroke={COLOURS.line} vectorEffect="non-scaling-stroke" />
        ))}
        {chart.kind === 'bars' &&
          chart.y.ticks.map((t) => (
            <line
              key={t.at}
              x1={0}
              x2={100}
              y1={100 - share(t.at, chart.y.span)}
              y2={100 - share(t.at, chart.y.span)}
              stroke={COLOURS.line}
              vectorEffect="non-scaling-stroke"
            />
          ))}
        {chart.kind === 'bars' &&
          chart.bars.map((b) => (
            <rect
              key={b.from}
              className={UNTIL}
              x={x(b.from) + 0.15}
              width={x(b.to) - x(b.from) - 0.3}
              y={100 - share(b.value, chart.y.span)}
              height={share(b.value, chart.y.span)}
              fill={COLOURS.bar}
            />
          ))}
        {chart.kind === 'ranges' && chart.zero && (
          <line x1={x(0)} x2={x(0)} y1={0} y2={100} stroke={COLOURS.soft} vectorEffect="non-scaling-stroke" />
        )}
        {rows.map((r, i) => (
          <g key={r.name} className={UNTIL} stroke={r.faint ? COLOURS.faint : COLOURS.bar} strokeLinecap="round">
            <line x1={x(r.low)} x2={x(r.high)} y1={at(i)} y2={at(i)} strokeWidth="2" vectorEffect="non-scaling-stroke" />
            <line x1={x(r.value)} x2={x(r.value)} y1={at(i)} y2={at(i)} strokeWidth="9" vectorEffect="non-scaling-stroke" />
          </g>
        ))}
      </svg>
      {chart.x.ticks.map((t) => (
        <span key={t.at} className="absolute top-full mt-1 -translate-x-1/2 text-soft" style={{ left: `${x(t.at)}%` }}>
          {t.name}
        </span>
      ))}
      <span className="absolute inset-x-0 top-full mt-6 text-center">{chart.x.name}</span>
      {chart.kind === 'bars' &&
        chart.y.ticks.map((t) => (
          <span
            key={t.at}
            className={`absolute right-full mr-2 -translate-y-1/2 text-soft ${UNTIL}`}
            style={{ top: `${100 - share(t.at, chart.y.span)}%` }}
          >
            {t.name}
          </span>
        ))}
      {rows.map((r, i) => (
        <span
          key={r.name}
          className={`absolute right-full mr-2 -translate-y-1/2 truncate text-right ${UNTIL}`}
          style={{ top: `${at(i)}%`, width: left - 10 }}
        >
          {r.name}
        </span>
      ))}
    </div>
  )
}
