'use client'
import { useRef, type ReactNode } from 'react'
import { buttonClass } from '@/components/ui/form'

/** A filter form whose state is the address: it sends itself on every change, and has a button where no script runs. */
export function FilterForm({ children }: { children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null)
  return (
    <form
      ref={form}
      method="get"
      className="no-print grid grid-cols-2 gap-3 lg:grid-cols-4"
      aria-label="Saringan"
      onChange={() => form.current?.requestSubmit()}
    >
      {children}
      <noscript>
        <button type="submit" className={buttonClass('quiet')}>
          Terapkan
        </button>
      </noscript>
    </form>
  )
}
