'use client'
import { useEffect, useRef, type ReactNode } from 'react'
import { AskForm } from '@/components/ui/ask-form'
import { buttonClass } from '@/components/ui/form'

const changedByHand = (select: HTMLSelectElement): boolean => {
  const written = [...select.options].findIndex((o) => o.defaultSelected)
  return select.selectedIndex !== Math.max(written, 0)
}

/** A filter form whose state is the address: it sends itself on every change, and has a button where no script runs. */
export function FilterForm({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const form = box.current?.closest('form')
    const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    // Browsers put an old choice back when a page is returned to; the address says what is shown.
    if (!form || arrival?.type !== 'navigate') return form?.reset()
    // What was chosen before the script ran counts as well.
    if ([...form.querySelectorAll('select')].some(changedByHand)) form.requestSubmit()
  }, [])
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
