'use client'
import { useRef, type ReactNode } from 'react'
import { AskForm } from '@/components/ui/ask-form'
import { buttonClass } from '@/components/ui/form'

/** A filter form whose state is the address: it sends itself on every change, and has a button where no script runs. */
export function FilterForm({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  return (
    <AskForm className="no-print" label="Saringan">
      <div ref={box} className="grid grid-cols-2 gap-3 lg:grid-cols-4" onChange={() => box.current?.closest('form')?.requestSubmit()}>
        {children}
        <noscript>
          <button type="submit" className={buttonClass('quiet')}>
            Terapkan
          </button>
        </noscript>
      </div>
    </AskForm>
  )
}
