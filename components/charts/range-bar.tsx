import { clamp, digits, lanes, linear, show, W } from './scale'

const [LEFT, RIGHT, BAR, THICK] = [36, W - 36, 30, 22]

/** For a teacher: the range in which the true value lies, and where the cut is. The point itself is marked without a number, so that nobody reads it alone. */
export function RangeBar({
  label,
  low,
  high,
  value,
  cut,
  from,
  to,
  ticks,
}: {
  label: string
  low: number
  high: number
  value: number
  cut?: number
  from: number
  to: number
  ticks: { at: number; name: string }[]
}) {
  if (![low, high, value, from, to].every(Number.isFinite) || to <= from)
    return <p className="py-3 text-sm text-soft">Belum ada nilai yang dapat digambar.</p>
  const limit = cut !== undefined && Number.isFinite(cut) ? cut : null
  const decimals = digits([low, high, value, ...(limit === null ? [] : [limit])])
  const words = (v: number) => show(v, Math.min(1, decimals))
  const scale = linear([from, to], [LEFT, RIGHT])
  const x = (v: number) => scale(clamp(v, from, to))
  const [wide, narrow] = [9, 7]
  const at = (v: number, text: string, char: number) => clamp(x(v), (text.length * char) / 2, W - (text.length * char) / 2)
  const [head, lowWords, highWords, cutWords] = [words(value), words(low), words(high), limit === null ? '' : `batas ${words(limit)}`]
  const marks = lanes(
    ticks.filter((t) => Number.isFinite(t.at) && t.at >= from && t.at <= to).map((t) => ({ x: x(t.at), text: t.name })),
    [0, W],
    narrow,
  )
  const rows = Math.max(0, ...marks.map((m) => m.row + 1))
  const foot = BAR + THICK
  const cutY = foot + 12 + rows * 15 + 10
  const sentence = [
    label,
    `Nilai ${head}, rentang ${lowWords} sampai ${highWords}`,
    ...(limit === null ? [] : [cutWords]),
    `skala ${[from, to].map((v) => show(v, digits([from, to]))).join(' sampai ')}.`,
  ].join('; ')
  return (
    <figure className="@container w-full max-w-2xl">
      <svg
        viewBox={`0 0 ${W} ${limit === null ? foot + 10 + rows * 15 : cutY + 6}`}
        className="block h-auto w-full text-[13px] @md:text-[11px] @xl:text-[9.5px]"
        role="img"
        aria-label={sentence}
      >
        <text
          x={Math.max(lowWords.length * narrow, Math.min(x(low), x(value) - 8))}
          y={BAR - 6}
          textAnchor="end"
          className="fill-ink font-semibold"
        >
          {lowWords}
        </text>
        <text x={Math.min(W - highWords.length * narrow, Math.max(x(high), x(value) + 8))} y={BAR - 6} className="fill-ink font-semibold">
          {highWords}
        </text>
        <rect x={LEFT} y={BAR} width={RIGHT - LEFT} height={THICK} rx="4" className="fill-paper stroke-line" />
        <rect x={x(low)} y={BAR} width={Math.max(2, x(high) - x(low))} height={THICK} className="fill-leaf/30" />
        {limit !== null && (
          <>
            <line
              x1={x(limit)}
              x2={x(limit)}
              y1={BAR - 5}
              y2={cutY - 12}
              className="stroke-manggis"
              strokeWidth="1.8"
              strokeDasharray="5 3"
            />
            <text x={at(limit, cutWords, narrow)} y={cutY} textAnchor="middle" className="fill-manggis font-semibold">
              {cutWords}
            </text>
          </>
        )}
        <path d={`M${x(value)} ${BAR - 3}V${foot + 3}`} className="stroke-leaf-dark" strokeWidth="2.5" />
        <path d={`M${x(value) - wide / 1.5} ${BAR - 12}h${(wide * 4) / 3}L${x(value)} ${BAR - 2}z`} className="fill-leaf-dark" />
        {marks.map((m, i) => (
          <text
            key={i}
            x={m.x}
            y={foot + 16 + m.row * 15}
            textAnchor="middle"
            className="fill-soft stroke-paper [paint-order:stroke]"
            strokeWidth="3"
          >
            {m.text}
          </text>
        ))}
      </svg>
    </figure>
  )
}
