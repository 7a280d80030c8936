'use client'
import { useEffect, useRef, type ReactNode } from 'react'

/** Keeps what was typed when a form's answer is a refusal: a long form is not filled in twice. */
export function KeepFields({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = box.current
    const keep = (event: Event) => event.preventDefault()
    element?.addEventListener('reset', keep, true)
    return () => element?.removeEventListener('reset', keep, true)
  }, [])
  return <div ref={box}>{children}</div>
}
