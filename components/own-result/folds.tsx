'use client'
import { useEffect } from 'react'
import { Button } from '@/components/ui/form'

const PART = /^#bagian-([1-4])$/

/** Folds that this page opens: those around what the address names (a result, or the newest of a part), and all of them for paper. */
function openAround(hash: string): void {
  const part = PART.exec(hash)?.[1]
  const target = part
    ? document.querySelector(`[data-bagian="${part}"]`)
    : hash.length > 1
      ? document.getElementById(decodeURIComponent(hash.slice(1)))
      : null
  for (let fold = target?.closest('details') ?? null; fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true
  target?.scrollIntoView()
}

/** Opens what a link leads to, and every fold while paper is made: nothing is missing on it because it was closed on the screen. */
export function Folds() {
  useEffect(() => {
    let closed: HTMLDetailsElement[] = []
    const arrive = () => openAround(window.location.hash)
    const before = () => {
      closed = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')]
      for (const fold of closed) fold.open = true
    }
    const after = () => {
      for (const fold of closed) fold.open = false
      closed = []
      delete document.documentElement.dataset.cetak
    }
    arrive()
    window.addEventListener('hashchange', arrive)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('hashchange', arrive)
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return null
}

/** Prints everything that stands on the page, where the plain print is one sheet (`whole-print`, `short-print` in globals.css). */
export function PrintWhole({ children }: { children: string }) {
  return (
    <Button
      type="button"
      look="quiet"
      className="no-print"
      onClick={() => {
        document.documentElement.dataset.cetak = 'lengkap'
        window.print()
      }}
    >
      {children}
    </Button>
  )
}
