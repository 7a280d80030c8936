'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

type Progress = { state: string; done: number; total: number; words: string }

/** Watches a background job and reloads the page's data when it has ended; `title` says what is being done. */
export function JobProgress({ id, title = 'Berkas sedang diperiksa' }: { id: string; title?: string }) {
  const router = useRouter()
  const [progress, setProgress] = useState<Progress | null>(null)
  useEffect(() => {
    const timer = setInterval(async () => {
      const response = await fetch(`/api/jobs/${id}`).catch(() => null)
      if (!response?.ok) return
      const next = (await response.json()) as Progress
      setProgress(next)
      if (next.state === 'done' || next.state === 'failed') {
        clearInterval(timer)
        router.refresh()
      }
    }, 700)
    return () => clearInterval(timer)
  }, [id, router])
  return (
    <div role="status" className="rounded-xl border border-line bg-card p-5">
      <p className="font-semibold">{progress?.state === 'failed' ? 'Pekerjaan gagal' : title}</p>
      <p className="text-sm text-soft">{progress?.words || 'Menunggu giliran …'}</p>
      <progress
        className="mt-3 h-2 w-full accent-leaf"
        {...(progress?.total ? { value: progress.done, max: progress.total } : {})}
        aria-label="Kemajuan"
      />
    </div>
  )
}
