'use client'
import { useEffect } from 'react'

type Kept = '/tutor' | '/guru/hasil' | '/guru/pengembangan' | '/pengawas' | `/pengawas/${'ruang' | 'sesi'}/${string}`

/** Keeps this page readable on the phone without a network, for whoever it was made for (public/page-worker.js). */
export function KeptPage({ page }: { page: Kept }) {
  useEffect(() => {
    if ('serviceWorker' in navigator)
      void navigator.serviceWorker.register(`/page-worker.js?page=${page}`, { scope: page }).catch(() => undefined)
  }, [page])
  return null
}
