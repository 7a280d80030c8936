import { useCallback, useEffect, useRef, useState } from 'react'

/** A pause this long in typing writes the text into the journal, ms. */
const PAUSE_MS = 400

/**
 * Text under the fingers: shown at once, kept after every pause, on leaving the field, on leaving the page and on leaving the item.
 * `kept` says whether what stands in the field is already in the journal.
 */
function useTyped(saved: string, commit: (text: string) => void) {
  const [text, setText] = useState(saved)
  const waiting = useRef<{ text: string; timer: ReturnType<typeof setTimeout> } | null>(null)
  const send = useRef(commit)
  useEffect(() => {
    send.current = commit
  })
  const flush = useCallback(() => {
    const now = waiting.current
    if (!now) return
    clearTimeout(now.timer)
    waiting.current = null
    send.current(now.text)
  }, [])
  const type = useCallback(
    (next: string) => {
      // Half a surrogate pair cannot be kept by the server's database; no keyboard makes one on purpose.
      const whole = next.replace(/[\u0000\ud800-\udfff]/gu, '')
      setText(whole)
      if (waiting.current) clearTimeout(waiting.current.timer)
      waiting.current = { text: whole, timer: setTimeout(flush, PAUSE_MS) }
    },
    [flush],
  )
  useEffect(() => {
    const hidden = () => document.visibilityState === 'hidden' && flush()
    document.addEventListener('visibilitychange', hidden)
    window.addEventListener('pagehide', flush)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [flush])
  return { text, type, flush, kept: text.trim() === saved.trim() }
}

type GapProps = {
  label: string
  kind: 'text' | 'number'
  value: string
  disabled: boolean
  onCommit: (text: string) => void
  inline?: boolean
}

/** A word or a number to type. The keyboard of a number has digits, comma and point; what it means is the server's business. */
export function TypedGap({ label, kind, value, disabled, onCommit, inline }: GapProps) {
  const { text, type, flush } = useTyped(value, onCommit)
  return (
    <input
      type="text"
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      aria-label={label}
      maxLength={200}
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="off"
      spellCheck={false}
      disabled={disabled}
      value={text}
      onChange={(e) => type(e.target.value)}
      onBlur={flush}
      className={`min-h-11 rounded-lg border border-line bg-card px-3 py-1.5 ${inline ? 'mx-1 w-36 max-w-full align-baseline' : 'w-full max-w-sm'}`}
    />
  )
}

type EssayProps = { value: string; most: number; disabled: boolean; onCommit: (text: string) => void }

const wordsOf = (text: string) => text.trim().split(/\s+/).filter(Boolean).length

/** A longer text, with its count of words and the truth about whether it is kept. */
export function Essay({ value, most, disabled, onCommit }: EssayProps) {
  const { text, type, flush, kept } = useTyped(value, onCommit)
  const words = wordsOf(text)
  return (
    <div>
      <textarea
        aria-label="Jawaban Anda"
        rows={10}
        maxLength={8000}
        disabled={disabled}
        value={text}
        onChange={(e) => type(e.target.value)}
        onBlur={flush}
        className="w-full rounded-lg border border-line bg-card p-3 leading-relaxed"
      />
      <p className="mt-1 flex flex-wrap justify-between gap-2 text-sm text-soft tabular-nums">
        <span className={most && words > most ? 'font-semibold text-manggis' : ''}>
          {words} kata{most ? ` (paling banyak ${most})` : ''}
        </span>
        <span role="status">{text ? (kept ? 'Tercatat di perangkat ini' : 'Mencatat …') : ''}</span>
      </p>
    </div>
  )
}
