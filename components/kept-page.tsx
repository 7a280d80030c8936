'use client'
import { useEffect } from 'react'

/** Keeps this page readable on the phone without a network, for whoever it was made for (public/page-worker.js). */
export function KeptPage({ page }: { page: '/tutor' | '/guru/hasil' | '/guru/pengembangan' }) {
  useEffect(() => {
    if ('serviceWorker' in navigator)
      void navigator.serviceWorker.register(`/page-worker.js?page=${page}`, { scope: page }).catch(() => undefined)
  }, [page])
  return null
}
