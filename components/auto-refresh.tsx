'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

/** Asks the server for the page again every few seconds while it is looked at, and says honestly how old it is. */
export function AutoRefresh({ seconds, at }: { seconds: number; at: string }) {
  const router = useRouter()
  const [online, setOnline] = useState(true)
  useEffect(() => {
    const timer = setInterval(() => {
      setOnline(navigator.onLine)
      // An open form is being filled in; do not pull it away.
      const busy = document.activeElement instanceof HTMLInputElement
      if (document.visibilityState === 'visible' && navigator.onLine && !busy) router.refresh()
    }, seconds * 1000)
    return () => clearInterval(timer)
  }, [router, seconds])
  return (
    <p role="status" className={`text-sm tabular-nums ${online ? 'text-soft' : 'font-semibold text-manggis'}`}>
      {online ? `Keadaan pukul ${at}, diperbarui setiap ${seconds} detik` : `Luring. Keadaan terakhir pukul ${at}`}
    </p>
  )
}
