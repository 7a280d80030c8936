'use client'
import { useRef, useState, type PointerEvent } from 'react'
import { centreOf } from '@/lib/items/geometry-model'
import type { Area, Spot } from '@/lib/items/model'

type Point = [number, number]
type Props = {
  src: string
  alt: string
  width: number
  height: number
  spots: readonly Spot[]
  keys: readonly string[]
  /** What a stroke of the finger makes. */
  shape: Area['shape']
  onDrawn: (area: Area) => void
  /** Tells the size of the picture as it is. */
  onSize: (width: number, height: number) => void
}

/** A stroke this short, as a share of the picture, was a slip of the finger. */
const LEAST = 0.02

function areaOf(shape: 'circle' | 'rect', [x1, y1]: Point, [x2, y2]: Point): Area {
  if (shape === 'circle') return { shape, at: [x1, y1, Math.round(Math.hypot(x2 - x1, y2 - y1))] }
  return { shape, at: [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)] }
}

function Shape({ area, right, drawn = false }: { area: Area; right: boolean; drawn?: boolean }) {
  const look = {
    className: right ? 'fill-leaf/40 stroke-leaf' : 'fill-indigo/15 stroke-indigo',
    strokeWidth: 2,
    strokeDasharray: drawn ? '6 4' : undefined,
    vectorEffect: 'non-scaling-stroke' as const,
  }
  const { at } = area
  if (area.shape === 'circle') return <circle cx={at[0]} cy={at[1]} r={at[2]} {...look} />
  if (area.shape === 'rect') return <rect x={at[0]} y={at[1]} width={at[2]! - at[0]!} height={at[3]! - at[1]!} {...look} />
  return <polygon points={at.join(' ')} {...look} />
}

/** The picture on which places are drawn with a mouse or a finger. Whoever uses neither adds them by button and says where by numbers. */
export function Drawing({ src, alt, width, height, spots, keys, shape, onDrawn, onSize }: Props) {
  const board = useRef<SVGSVGElement>(null)
  const [from, setFrom] = useState<Point | null>(null)
  const [to, setTo] = useState<Point | null>(null)
  const [corners, setCorners] = useState<Point[]>([])
  const size = Math.max(width, height)

  const pointOf = (e: PointerEvent): Point => {
    const box = board.current!.getBoundingClientRect()
    const inside = (share: number, whole: number) => Math.round(Math.min(1, Math.max(0, share)) * whole)
    return [inside((e.clientX - box.left) / box.width, width), inside((e.clientY - box.top) / box.height, height)]
  }
  const corner = (point: Point) => {
    const first = corners[0]
    if (first && corners.length >= 3 && Math.hypot(point[0] - first[0], point[1] - first[1]) < size * 0.04) return close()
    setCorners([...corners, point])
  }
  const close = () => {
    if (corners.length >= 3) onDrawn({ shape: 'poly', at: corners.flat() })
    setCorners([])
  }
  const release = (e: PointerEvent) => {
    if (!from || shape === 'poly') return
    const end = pointOf(e)
    setFrom(null)
    setTo(null)
    if (Math.hypot(end[0] - from[0], end[1] - from[1]) >= size * LEAST) onDrawn(areaOf(shape, from, end))
  }

  return (
    <div className="space-y-2">
      <div className="relative mx-auto max-w-full select-none" style={{ width: width || '100%' }}>
        {/* eslint-disable-next-line @next/next/no-img-element -- ours, named by its hash */}
        <img
          src={src}
          alt={alt}
          draggable={false}
          className="block h-auto w-full"
          onLoad={(e) => onSize(e.currentTarget.naturalWidth, e.currentTarget.naturalHeight)}
        />
        {width > 0 && (
          <svg
            ref={board}
            viewBox={`0 0 ${width} ${height}`}
            aria-hidden
            data-testid="papan-gambar"
            className="absolute inset-0 size-full cursor-crosshair touch-none"
            onPointerDown={(e) => {
              e.currentTarget.setPointerCapture(e.pointerId)
              const point = pointOf(e)
              if (shape === 'poly') return corner(point)
              setFrom(point)
              setTo(point)
            }}
            onPointerMove={(e) => from && setTo(pointOf(e))}
            onPointerUp={release}
            onPointerCancel={() => setFrom(null)}
          >
            {spots.map((spot) => {
              const [x, y] = centreOf(spot)
              return (
                <g key={spot.id}>
                  <Shape area={spot} right={keys.includes(spot.id)} />
                  <text
                    x={x}
                    y={y}
                    fontSize={size * 0.05}
                    textAnchor="middle"
                    dominantBaseline="central"
                    paintOrder="stroke"
                    strokeWidth={size * 0.012}
                    className="fill-ink stroke-card font-bold"
                  >
                    {spot.id}
                  </text>
                </g>
              )
            })}
            {from && to && shape !== 'poly' && <Shape area={areaOf(shape, from, to)} right={false} drawn />}
            {corners.length > 0 && (
              <g>
                <polyline
                  points={corners.flat().join(' ')}
                  className="fill-none stroke-indigo"
                  strokeWidth={2}
                  vectorEffect="non-scaling-stroke"
                />
                {corners.map(([x, y], i) => (
                  <circle key={i} cx={x} cy={y} r={size * 0.012} className="fill-indigo" />
                ))}
              </g>
            )}
          </svg>
        )}
      </div>
      {corners.length > 0 && (
        <p className="flex flex-wrap items-center gap-3 text-sm">
          {corners.length} sudut. Ketuk sudut pertama untuk menutup bidangnya.
          <button
            type="button"
            className="min-h-11 font-semibold underline underline-offset-4"
            disabled={corners.length < 3}
            onClick={close}
          >
            Tutup bidang
          </button>
          <button type="button" className="min-h-11 font-semibold underline underline-offset-4" onClick={() => setCorners([])}>
            Batalkan
          </button>
        </p>
      )}
    </div>
  )
}
