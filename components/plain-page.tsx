import { Link } from '@/components/ui/link'
import type { ReactNode } from 'react'
import { Brand } from './brand'

/** The frame of public pages. */
export function PlainPage({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <div className="sasab" aria-hidden="true" />
      <header className="mx-auto flex w-full max-w-5xl flex-wrap items-center justify-between gap-x-3 px-4 py-3">
        <Link href="/" aria-label="Petaguru, halaman depan" className="inline-flex min-h-11 items-center">
          <Brand />
        </Link>
        <Link href="/masuk" className="inline-flex min-h-11 items-center px-2 font-semibold text-leaf underline-offset-4 hover:underline">
          Masuk
        </Link>
      </header>
      <main id="isi" className="mx-auto w-full max-w-5xl flex-1 px-4 py-6">
        {children}
      </main>
      <footer className="border-t border-line px-4 py-5 text-center text-sm text-soft">
        <Link href="/privasi" className="inline-flex min-h-8 items-center px-2 underline-offset-4 hover:underline">
          Privasi
        </Link>
        <Link href="/verifikasi" className="inline-flex min-h-8 items-center px-2 underline-offset-4 hover:underline">
          Verifikasi surat keterangan
        </Link>
      </footer>
    </div>
  )
}
