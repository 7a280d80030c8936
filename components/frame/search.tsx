'use client'
import { useEffect, useRef } from 'react'
import { AskForm } from '@/components/ui/ask-form'

/** The search of the frame: a plain form, which `/` and Ctrl-K lead to. */
export function Search() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const go = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]')
      const asked =
        (event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !typing && !event.ctrlKey && !event.altKey)
      if (!asked || !field.current?.offsetParent) return
      event.preventDefault()
      field.current.focus()
      field.current.select()
    }
    document.addEventListener('keydown', go)
    return () => document.removeEventListener('keydown', go)
  }, [])
  return (
    <div role="search" className="order-3 w-full pb-1 sm:order-2 sm:w-auto sm:max-w-sm sm:flex-1 sm:pb-0">
      <AskForm action="/cari" label="Pencarian" className="relative">
        <kbd
          aria-hidden="true"
          className="pointer-events-none absolute right-3 top-3 hidden rounded border border-line px-1.5 text-xs text-soft md:block"
        >
          /
        </kbd>
        <input
          ref={field}
          type="search"
          name="q"
          maxLength={100}
          aria-label="Cari di Petaguru"
          aria-keyshortcuts="/ Control+K"
          placeholder="Cari"
          autoComplete="off"
          className="block min-h-11 w-full rounded-lg border border-edge bg-card px-3 text-base text-ink"
        />
      </AskForm>
    </div>
  )
}
