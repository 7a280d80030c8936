'use client'
import { useEffect, useRef } from 'react'
import { Button } from './form'

/** What is asked before something is done that cannot be taken back, or not by everybody: what it will do and to whom. */
export type Ask = { question: string; yes: string }

/**
 * The question before such an act. Focus goes to it, so that it is heard and Enter does not do it by accident; Escape and "Tidak jadi"
 * leave everything as it was. Whoever shows it brings the focus back.
 */
export function Question({ question, yes, onYes, onNo }: Ask & { onYes: () => void; onNo: () => void }) {
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => panel.current?.focus(), [])
  return (
    <div
      ref={panel}
      tabIndex={-1}
      role="group"
      data-question=""
      aria-label={question}
      className="w-full space-y-2 rounded-lg border border-manggis bg-manggis-pale p-3 text-left"
      onKeyDown={(e) => e.key === 'Escape' && onNo()}
    >
      <p className="text-sm">{question}</p>
      <div className="flex flex-wrap gap-2">
        <Button type="button" look="careful" onClick={onYes}>
          {yes}
        </Button>
        <Button type="button" look="quiet" onClick={onNo}>
          Tidak jadi
        </Button>
      </div>
    </div>
  )
}
