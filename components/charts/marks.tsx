/** How the series of one picture differ: by colour, by dash and by the shape of their points. */
export type Shape = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'ring'
export type Look = { stroke: string; fill: string; dash?: string; shape: Shape; width?: number }

export const looks: Look[] = [
  { stroke: 'stroke-leaf', fill: 'fill-leaf', shape: 'circle' },
  { stroke: 'stroke-indigo', fill: 'fill-indigo', dash: '7 3', shape: 'square' },
  { stroke: 'stroke-manggis', fill: 'fill-manggis', dash: '2 3', shape: 'triangle' },
  { stroke: 'stroke-soft', fill: 'fill-soft', dash: '9 3 2 3', shape: 'diamond' },
  { stroke: 'stroke-ink', fill: 'fill-ink', dash: '4 2', shape: 'cross' },
  { stroke: 'stroke-indigo', fill: 'fill-indigo', dash: '1 2', shape: 'ring' },
]
export const lookOf = (i: number): Look => looks[i % looks.length]!

export function Marker({
  shape,
  x,
  y,
  r = 3,
  fill,
  stroke,
}: {
  shape: Shape
  x: number
  y: number
  r?: number
  fill: string
  stroke: string
}) {
  switch (shape) {
    case 'circle':
      return <circle cx={x} cy={y} r={r} className={fill} />
    case 'ring':
      return <circle cx={x} cy={y} r={r} className={`fill-card ${stroke}`} strokeWidth="1.2" />
    case 'square':
      return <rect x={x - r * 0.9} y={y - r * 0.9} width={r * 1.8} height={r * 1.8} className={fill} />
    case 'triangle':
      return <path d={`M${x} ${y - r * 1.2}l${r * 1.15} ${r * 2}h${-r * 2.3}z`} className={fill} />
    case 'diamond':
      return <path d={`M${x} ${y - r * 1.3}l${r * 1.3} ${r * 1.3}l${-r * 1.3} ${r * 1.3}l${-r * 1.3} ${-r * 1.3}z`} className={fill} />
    case 'cross':
      return (
        <path
          d={`M${x - r} ${y - r}l${r * 2} ${r * 2}m0 ${-r * 2}l${-r * 2} ${r * 2}`}
          className={`fill-none ${stroke}`}
          strokeWidth="1.5"
        />
      )
  }
}

export type LegendEntry = { name: string; look: Look; line?: boolean; point?: boolean }

/** Names of the lines and points beneath the picture, wrapping on a narrow card. */
export function Legend({ entries }: { entries: LegendEntry[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-soft">
      {entries.map(({ name, look, line = true, point = true }, i) => (
        <li key={i} className="inline-flex items-center gap-1.5">
          <svg viewBox="0 0 28 12" width="28" height="12" aria-hidden="true" className="shrink-0">
            {line && (
              <line
                x1="1"
                x2="27"
                y1="6"
                y2="6"
                className={look.stroke}
                strokeWidth={look.width ?? 1.6}
                {...(look.dash ? { strokeDasharray: look.dash } : {})}
              />
            )}
            {point && <Marker shape={look.shape} x={14} y={6} r={3} fill={look.fill} stroke={look.stroke} />}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )
}
