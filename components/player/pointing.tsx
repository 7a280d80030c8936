import { useRef, useState, type KeyboardEvent } from 'react'
import { centreOf } from '@/lib/items/geometry-model'
import type { ItemContent, Spot } from '@/lib/items/model'
import { codes, type Change } from './change'

type Props = {
  content: Extract<ItemContent, { type: 'hotspot' }>
  src: string
  chosen: string[]
  disabled: boolean
  onToggle: (id: string) => void
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
            const [x, y] = centreOf(spot)
            return (
              <g key={spot.id} className="cursor-pointer" onClick={() => !disabled && onToggle(spot.id)}>
                <Shape spot={spot} on={chosen.includes(spot.id)} />
                <text
                  x={x}
                  y={y}
                  fontSize={size * 0.045}
                  textAnchor="middle"
                  dominantBaseline="central"
                  paintOrder="stroke"
                  strokeWidth={size * 0.012}
                  strokeLinejoin="round"
                  className="fill-ink stroke-card font-bold"
                >
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

type FreeProps = Omit<Props, 'onToggle' | 'chosen'> & { points: string[]; onChange: (change: Change) => void }

/** Points set freely on a picture: a tap sets one, arrow keys move the cross and Enter sets a point there. */
export function FreePointing({ content, src, points, disabled, onChange }: FreeProps) {
  const { width, height, most } = content
  const [cross, setCross] = useState({ x: Math.round(width / 2), y: Math.round(height / 2) })
  const field = useRef<HTMLDivElement>(null)
  const size = Math.max(width, height)
  const put = (x: number, y: number) => {
    if (disabled) return
    const code = `${Math.round(x)}-${Math.round(y)}`
    onChange((before) => {
      const set = codes(before).filter((p) => p !== code)
      return [...(most && set.length >= most ? set.slice(set.length - most + 1) : set), code]
    })
  }
  const keys = (e: KeyboardEvent) => {
    const step = Math.max(1, Math.round(size / 50))
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[e.key]
    if (by) {
      e.preventDefault()
      setCross({ x: Math.min(width, Math.max(0, cross.x + by[0]!)), y: Math.min(height, Math.max(0, cross.y + by[1]!)) })
    } else if (e.key === 'Enter' || e.key === ' ') {
      e.preventDefault()
      put(cross.x, cross.y)
    }
  }
  return (
    <div className="space-y-3">
      <p className="text-sm font-semibold text-indigo">
        {most === 1 ? 'Ketuk tempat yang tepat pada gambar' : `Ketuk ${most ? `paling banyak ${most}` : 'semua'} tempat pada gambar`}
      </p>
      <div
        ref={field}
        role="application"
        aria-label={`${content.alt} Geser tanda silang dengan tombol panah, lalu tekan Enter untuk menaruh titik.`}
        tabIndex={0}
        onKeyDown={keys}
        className="relative mx-auto max-w-full cursor-crosshair focus-visible:outline-3 focus-visible:outline-indigo"
        style={{ width }}
        onClick={(e) => {
          const box = e.currentTarget.getBoundingClientRect()
          put(((e.clientX - box.left) / box.width) * width, ((e.clientY - box.top) / box.height) * height)
        }}
      >
        {/* eslint-disable-next-line @next/next/no-img-element -- the picture is in the packet */}
        <img src={src} alt="" className="block h-auto w-full" />
        <svg viewBox={`0 0 ${width} ${height}`} className="pointer-events-none absolute inset-0 size-full" aria-hidden>
          <path
            d={`M${cross.x - size / 40},${cross.y}h${size / 20}M${cross.x},${cross.y - size / 40}v${size / 20}`}
            className="stroke-indigo"
            strokeWidth={2}
          />
          {points.map((p) => {
            const [x, y] = p.split('-').map(Number)
            return <circle key={p} cx={x} cy={y} r={size / 50} className="fill-leaf/50 stroke-leaf" strokeWidth={2} />
          })}
        </svg>
      </div>
      <p role="status" className="flex flex-wrap items-center gap-3 text-sm text-soft">
        {points.length} titik ditaruh
        {points.length > 0 && (
          <button
            type="button"
            disabled={disabled}
            className="min-h-11 rounded-lg border border-line bg-card px-3 font-semibold"
            onClick={() => {
              field.current?.focus({ preventScroll: true })
              onChange(() => null)
            }}
          >
            Hapus titik
          </button>
        )}
      </p>
    </div>
  )
}
