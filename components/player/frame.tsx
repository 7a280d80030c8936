import type { ReactNode } from 'react'
import { Brand } from '@/components/brand'

/** The frame around everything but the running test. */
export function Frame({ children, name }: { children: ReactNode; name?: string }) {
  return (
    <>
      <header className="frame border-b border-line bg-card">
        <div className="sasab" aria-hidden="true" />
        <div className="mx-auto flex max-w-3xl items-center justify-between gap-3 px-4 py-2">
          <a href="/tes" aria-label="Petaguru, halaman peserta" className="inline-flex min-h-11 items-center">
            <Brand />
          </a>
          {name && <span className="min-w-0 truncate text-sm text-soft">{name}</span>}
        </div>
      </header>
      <main id="isi" className="mx-auto max-w-3xl space-y-5 px-4 py-5">
        {children}
      </main>
    </>
  )
}
