'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

/** A page that nobody has touched for so long stops asking, so that an open screen does not keep its login alive. */
const UNTOUCHED_MS = 10 * 60_000

/**
 * Asks the server for the page again every few seconds while somebody uses it, and says honestly how old it is. `watched`: a page without
 * a login, which may hang on a wall that nobody touches.
 */
export function AutoRefresh({ seconds, at, watched = false }: { seconds: number; at: string; watched?: boolean }) {
  const router = useRouter()
  const [online, setOnline] = useState(true)
  const [asleep, setAsleep] = useState(false)
  useEffect(() => {
    let touched = Date.now()
    const touch = () => {
      touched = Date.now()
    }
    const signs = ['pointerdown', 'keydown', 'scroll'] as const
    for (const sign of signs) window.addEventListener(sign, touch, { passive: true })
    const timer = setInterval(() => {
      if (!watched && Date.now() - touched > UNTOUCHED_MS) return setAsleep(true)
      setAsleep(false)
      setOnline(navigator.onLine)
      // An open form is being filled in; do not pull it away.
      const busy = document.activeElement instanceof HTMLInputElement
      if (document.visibilityState === 'visible' && navigator.onLine && !busy) router.refresh()
    }, seconds * 1000)
    return () => {
      clearInterval(timer)
      for (const sign of signs) window.removeEventListener(sign, touch)
    }
  }, [router, seconds, watched])
  return (
    <p role="status" className={`text-sm tabular-nums ${online ? 'text-soft' : 'font-semibold text-manggis'}`}>
      {asleep
        ? `Keadaan pukul ${at}. Pembaruan berhenti karena halaman ini lama tidak disentuh; sentuh untuk melanjutkan.`
        : online
          ? `Keadaan pukul ${at}, diperbarui setiap ${seconds} detik`
          : `Luring. Keadaan terakhir pukul ${at}`}
    </p>
  )
}
