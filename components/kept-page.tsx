'use client'
import { useEffect } from 'react'

/** Keeps this page readable on the phone without a network (public/page-worker.js). */
export function KeptPage({ page }: { page: '/tutor' | '/guru/hasil' | '/guru/pengembangan' }) {
  useEffect(() => {
    if ('serviceWorker' in navigator)
      void navigator.serviceWorker.register(`/page-worker.js?page=${page}`, { scope: page }).catch(() => undefined)
  }, [page])
  return null
}

/** On the login page: whoever left leaves no page behind for the next user of a shared phone. The test's own storage stays. */
export function ForgetKeptPages() {
  useEffect(() => {
    if (!('caches' in window)) return
    void caches.keys().then((names) => Promise.all(names.filter((n) => n.startsWith('petaguru-halaman-')).map((n) => caches.delete(n))))
  }, [])
  return null
}
