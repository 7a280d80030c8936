import { mosaicBox, mosaicHexagons } from '@/lib/mapping/outline-model'

/** The outline of Lampung in hexagons, as an ornament. */
export function Mosaic({ decorative, className }: { decorative: true; className?: string }) {
  const tones = ['#0F5132', '#1F6B45', '#2F855A', '#C9982B', '#1F3A6B']
  return (
    <svg viewBox={mosaicBox.map((v) => v.toFixed(1)).join(' ')} className={className} aria-hidden={decorative}>
      {mosaicHexagons.map((h) => (
        <polygon
          key={`${h.column}-${h.row}`}
          points={h.points}
          fill={tones[(h.column * 7 + h.row * 13) % tones.length]}
          fillOpacity={0.86}
          stroke="var(--color-paper)"
          strokeWidth={1.2}
        />
      ))}
    </svg>
  )
}
