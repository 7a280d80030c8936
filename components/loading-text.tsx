'use client'
import { useEffect, useState } from 'react'
import { loadingWords, type Loading } from '@/lib/platform/loading-model'

const PAUSE_MS = 4_000

/** The line itself: as the page was made without a script, kept fresh with one. */
export function LoadingText({ first }: { first: Loading }) {
  const [loading, setLoading] = useState<Loading | null>(first)
  useEffect(() => {
    if (!loading) return
    const timer = setTimeout(() => {
      if (document.hidden) return setLoading({ ...loading })
      fetch('/api/peragaan')
        .then((r) => (r.ok ? (r.json() as Promise<{ loading: Loading | null }>) : { loading: { ...loading } }))
        .then((found) => setLoading(found.loading))
        .catch(() => setLoading({ ...loading }))
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [loading])
  return (
    <p className="frame no-print border-b border-line bg-card px-4 py-1 text-center text-xs">
      {loading ? (
        <>
          {loadingWords(loading)}{' '}
          <a href="/peragaan" className="inline-flex min-h-8 items-center font-semibold text-leaf underline underline-offset-4">
            Lihat yang masih dimuat
          </a>
        </>
      ) : (
        'Data peragaan sudah lengkap. Muat ulang halaman ini untuk melihat semuanya.'
      )}
    </p>
  )
}
