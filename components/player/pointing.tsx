import type { ItemContent, Spot } from '@/lib/items/model'

type Props = {
  content: Extract<ItemContent, { type: 'hotspot' }>
  src: string
  chosen: string[]
  disabled: boolean
  onToggle: (id: string) => void
}

const middle = ({ shape, at }: Spot): [number, number] => {
  if (shape === 'circle') return [at[0]!, at[1]!]
  if (shape === 'rect') return [(at[0]! + at[2]!) / 2, (at[1]! + at[3]!) / 2]
  const xs = at.filter((_, i) => i % 2 === 0)
  const ys = at.filter((_, i) => i % 2 === 1)
  return [xs.reduce((a, b) => a + b, 0) / xs.length, ys.reduce((a, b) => a + b, 0) / ys.length]
}

function Shape({ spot, on }: { spot: Spot; on: boolean }) {
  const look = {
    className: on ? 'fill-leaf/40 stroke-leaf' : 'fill-indigo/10 stroke-indigo',
    strokeWidth: 2,
    vectorEffect: 'non-scaling-stroke' as const,
  }
  const { at } = spot
  if (spot.shape === 'circle') return <circle cx={at[0]} cy={at[1]} r={at[2]} {...look} />
  if (spot.shape === 'rect') return <rect x={at[0]} y={at[1]} width={at[2]! - at[0]!} height={at[3]! - at[1]!} {...look} />
  return <polygon points={at.join(' ')} {...look} />
}

/** Places on a picture, tapped there or by their letters below it: the letters are for small thumbs, keyboards and screen readers. */
export function Pointing({ content, src, chosen, disabled, onToggle }: Props) {
  const size = Math.max(content.width, content.height)
  return (
    <div className="space-y-3">
      <p className="text-sm font-semibold text-indigo">
        {content.most === 1
          ? 'Ketuk satu tempat pada gambar'
          : content.most
            ? `Ketuk paling banyak ${content.most} tempat`
            : 'Ketuk semua tempat yang sesuai'}
      </p>
      <div className="relative mx-auto max-w-full" style={{ width: content.width }}>
        {/* eslint-disable-next-line @next/next/no-img-element -- the picture is in the packet */}
        <img src={src} alt={content.alt} className="block h-auto w-full" />
        <svg viewBox={`0 0 ${content.width} ${content.height}`} className="absolute inset-0 size-full" aria-hidden>
          {content.spots.map((spot) => {
            const [x, y] = middle(spot)
            return (
              <g key={spot.id} className="cursor-pointer" onClick={() => !disabled && onToggle(spot.id)}>
                <Shape spot={spot} on={chosen.includes(spot.id)} />
                <text x={x} y={y} fontSize={size * 0.045} textAnchor="middle" dominantBaseline="central" className="fill-ink font-bold">
                  {spot.id}
                </text>
              </g>
            )
          })}
        </svg>
      </div>
      <div role="group" aria-label="Tempat pada gambar" className="flex flex-wrap gap-2">
        {content.spots.map((spot) => {
          const on = chosen.includes(spot.id)
          return (
            <button
              key={spot.id}
              type="button"
              aria-pressed={on}
              disabled={disabled}
              className={`min-h-12 min-w-12 rounded-lg border px-3 font-semibold ${on ? 'border-leaf bg-leaf-pale' : 'border-line bg-card'}`}
              onClick={() => onToggle(spot.id)}
            >
              {spot.label && spot.label !== spot.id ? `${spot.id}. ${spot.label}` : spot.id}
            </button>
          )
        })}
      </div>
    </div>
  )
}
