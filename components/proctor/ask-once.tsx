'use client'
import { useRef, useState, type ReactNode } from 'react'
import { Button, type Look } from '@/components/ui/form'
import { Question } from '@/components/ui/question'

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
  const close = () => {
    setAsking(false)
    requestAnimationFrame(() => first.current?.focus())
  }
  return asking ? (
    <Question
      question={question}
      yes={yes}
      onYes={() => {
        onYes()
        close()
      }}
      onNo={close}
    />
  ) : (
    <Button ref={first} type="button" look={look} disabled={disabled} aria-label={label} onClick={() => setAsking(allowed?.() ?? true)}>
      {words}
    </Button>
  )
}
