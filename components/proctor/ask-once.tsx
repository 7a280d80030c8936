'use client'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button, type Look } from '@/components/ui/form'

/**
 * A tap that cannot be taken back, or not by everybody: the first tap says what it will do and to whom, the second does it.
 * Focus goes to the question and, after "Tidak jadi", back to where it was.
 */
export function AskOnce({
  words,
  question,
  yes,
  look = 'careful',
  disabled,
  label,
  allowed,
  onYes,
}: {
  words: ReactNode
  question: string
  yes: string
  look?: Look
  disabled?: boolean
  label?: string
  /** Asked before the question: false leaves it unasked, because something is still missing. */
  allowed?: () => boolean
  onYes: () => void
}) {
  const [asking, setAsking] = useState(false)
  const first = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (asking) panel.current?.focus()
  }, [asking])
  const close = () => {
    setAsking(false)
    requestAnimationFrame(() => first.current?.focus())
  }
  return asking ? (
    <div
      ref={panel}
      tabIndex={-1}
      role="group"
      aria-label={question}
      className="w-full space-y-2 rounded-lg border border-manggis bg-manggis-pale p-3"
      onKeyDown={(e) => e.key === 'Escape' && close()}
    >
      <p className="text-sm">{question}</p>
      <div className="flex flex-wrap gap-2">
        <Button
          type="button"
          look="careful"
          onClick={() => {
            onYes()
            close()
          }}
        >
          {yes}
        </Button>
        <Button type="button" look="quiet" onClick={close}>
          Tidak jadi
        </Button>
      </div>
    </div>
  ) : (
    <Button ref={first} type="button" look={look} disabled={disabled} aria-label={label} onClick={() => setAsking(allowed?.() ?? true)}>
      {words}
    </Button>
  )
}
