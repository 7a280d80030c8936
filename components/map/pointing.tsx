'use client'
import { useEffect, useRef, useState, type ReactNode, type SyntheticEvent } from 'react'

const placeAt = (target: EventTarget): Element | null => (target instanceof Element ? target.closest('[data-kode]') : null)

/**
 * Whatever stands for one kabupaten/kota (its area, its tile, its line) shows its card and is marked with the others when it is pointed at,
 * reached by keyboard or tapped. A click stays a link; only the first tap of a finger, which cannot point without tapping, shows the card.
 * Without a script areas and lines are links with the same words.
 */
export function Pointing({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const [code, setCode] = useState<string | null>(null)
  const finger = useRef<{ before: string | null } | null>(null)

  useEffect(() => {
    for (const el of box.current?.querySelectorAll('[data-kode]') ?? [])
      el.toggleAttribute('data-marked', el.getAttribute('data-kode') === code)
    for (const el of box.current?.querySelectorAll('[data-kartu]') ?? [])
      el.toggleAttribute('data-shown', el.getAttribute('data-kartu') === (code ?? ''))
  })

  const show = (event: SyntheticEvent) => {
    const found = placeAt(event.target)
    if (found) setCode(found.getAttribute('data-kode'))
  }
  return (
    <div
      ref={box}
      onPointerOver={(e) => e.pointerType === 'mouse' && show(e)}
      onPointerDown={(e) => {
        finger.current = e.pointerType === 'mouse' ? null : { before: code }
      }}
      onFocus={show}
      onKeyDown={(e) => {
        finger.current = null
        if (e.key === 'Escape') setCode(null)
      }}
      onClickCapture={(e) => {
        const found = placeAt(e.target)
        const asked = found?.getAttribute('data-kode')
        if (!found?.hasAttribute('data-wilayah') || !finger.current || finger.current.before === asked) return
        e.preventDefault()
        show(e)
      }}
    >
      {children}
    </div>
  )
}
