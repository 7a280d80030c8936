import { useCallback, useEffect, useRef, useState } from 'react'

/** A pause this long in typing writes the text into the journal, ms. */
const PAUSE_MS = 400

/**
 * Text under the fingers: shown at once, kept after every pause, on leaving the field, on leaving the page and on leaving the item.
 * `kept` says whether what stands in the field is already in the journal.
 */
export function useTyped(saved: string, commit: (text: string) => void) {
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
