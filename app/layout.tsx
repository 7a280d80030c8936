import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import './globals.css'
import { LoadingLine } from '@/components/loading-line'

export const metadata: Metadata = {
  title: { default: 'Petaguru', template: '%s · Petaguru' },
  description: 'Pemetaan kompetensi guru dan tindak lanjutnya.',
}
/** No page is made ahead of time: each carries the nonce of its own answer on its scripts. */
export const dynamic = 'force-dynamic'

export const viewport: Viewport = { width: 'device-width', initialScale: 1, themeColor: '#0F5132' }

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="id">
      <body>
        <LoadingLine />
        {children}
      </body>
    </html>
  )
}
