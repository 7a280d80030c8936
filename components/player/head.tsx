import { useState } from 'react'
import { formatClock } from '@/lib/platform/format'

export const sizes = ['text-base', 'text-lg', 'text-xl'] as const

function readSize(): number {
  try {
    return Math.min(2, Math.max(0, Number(localStorage.getItem('petaguru.size') ?? 0) || 0))
  } catch {
    return 0
  }
}

/** The size of an item's letters, kept on this phone. */
export function useSize(): [number, () => void] {
  const [size, setSize] = useState(readSize)
  const larger = () => {
    const next = (size + 1) % sizes.length
    setSize(next)
    try {
      localStorage.setItem('petaguru.size', String(next))
    } catch {
      /* the size is then kept for this page only */
    }
  }
  return [size, larger]
}

const two = (n: number) => String(n).padStart(2, '0')
function left(ms: number): string {
  const s = Math.max(0, Math.ceil(ms / 1000))
  return s >= 3600 ? `${Math.floor(s / 3600)}.${two(Math.floor(s / 60) % 60)}.${two(s % 60)}` : `${two(Math.floor(s / 60))}.${two(s % 60)}`
}

const URGENT_MS = 300_000
const tile = 'min-h-11 min-w-11 shrink-0 rounded-lg border border-line text-sm font-semibold tabular-nums'

type Props = {
  title: string
  /** ms; null until the clock is known */
  remaining: number | null
  paused: boolean
  size: number
  onSize: () => void
  position: number
  count: number
  onNumbers: () => void
  truth: { words: string; safe: boolean }
  lastSaved: number | null
}

/** Above every item: the part, the time left, the size of the letters, the way to the numbers, and what is saved where. */
export function Head({ title, remaining, paused, size, onSize, position, count, onNumbers, truth, lastSaved }: Props) {
  const urgent = remaining !== null && remaining < URGENT_MS
  return (
    <header className="border-b border-line bg-card px-3 pb-1 pt-1">
      <div className="mx-auto flex max-w-3xl flex-wrap items-center justify-end gap-x-2 gap-y-1">
        <p className="min-w-20 flex-1 truncate text-sm font-semibold">{title}</p>
        <p className={`shrink-0 ${urgent ? 'text-manggis' : ''}`}>
          {!paused && (
            <span aria-hidden="true" className="mr-1 text-xs">
              sisa
            </span>
          )}
          <span
            role="timer"
            className="font-bold tabular-nums"
            aria-label={
              paused
                ? 'Sisa waktu, dijeda'
                : remaining === null
                  ? 'Sisa waktu belum diketahui'
                  : `Sisa waktu ${Math.max(0, Math.ceil(remaining / 60_000))} menit`
            }
          >
            {paused ? 'Dijeda' : remaining === null ? '––.––' : left(remaining)}
          </span>
        </p>
        <button type="button" className={tile} aria-label={`Ukuran huruf ${size + 1} dari 3, ketuk untuk mengubah`} onClick={onSize}>
          A{'+'.repeat(size)}
        </button>
        <button
          type="button"
          className={`${tile} px-2`}
          aria-label={`Nomor ${position + 1} dari ${count}, buka daftar nomor`}
          onClick={onNumbers}
        >
          {position + 1}/{count}
        </button>
      </div>
      <p
        data-testid="truth"
        className={`mx-auto max-w-3xl text-xs leading-snug tabular-nums ${truth.safe ? 'text-soft' : 'font-semibold text-manggis'}`}
      >
        {truth.words}
        {lastSaved ? ` · terakhir ${formatClock(new Date(lastSaved), true)}` : ''}
      </p>
    </header>
  )
}
