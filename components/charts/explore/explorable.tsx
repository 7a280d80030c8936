'use client'
import { useEffect, useRef, useState, type ComponentType, type ReactNode } from 'react'
import type { Explored } from './model'

type Drawer = ComponentType<{ chart: Explored; label: string; width: number }>

/**
 * Puts the chart that can be explored where the server has drawn it, once its code is here and the width is known. Where it does not come
 * the first drawing stays; on paper it always does. The place has its height from the start.
 */
export function Explorable({ chart, label, height, children }: { chart: Explored; label: string; height: number; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const [Drawn, setDrawn] = useState<Drawer | null>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    let wanted = true
    import('./recharts-chart').then(
      ({ RechartsChart }) => wanted && setDrawn(() => RechartsChart),
      () => undefined,
    )
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)))
    watch.observe(place.current!)
    return () => {
      wanted = false
      watch.disconnect()
    }
  }, [])
  const ready = Drawn !== null && width > 0
  return (
    <div ref={place} className="relative w-full overflow-hidden" style={{ height }} data-explorable={ready ? 'ready' : 'first'}>
      {children}
      {ready && (
        <div className="absolute inset-0 print:hidden" role="group" aria-label={label}>
          <Drawn chart={chart} label={label} width={width} />
        </div>
      )}
    </div>
  )
}
