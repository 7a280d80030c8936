'use client'
import { useState } from 'react'
import { Button, Notice } from '@/components/ui/form'
import { acceptInvitation } from '@/lib/access/identity-actions'

/** The way to belajar.id and back. `invitation` links the account that comes back with the one that was invited. */
export function BelajarButton({ invitation = null, children }: { invitation?: string | null; children: string }) {
  const [state, setState] = useState<'idle' | 'going' | 'away'>('idle')
  async function go() {
    setState('going')
    try {
      if (invitation) await acceptInvitation(invitation)
      const { csrfToken } = (await (await fetch('/api/auth/csrf', { cache: 'no-store' })).json()) as { csrfToken: string }
      const body = new URLSearchParams({ csrfToken, callbackUrl: '/pulang', json: 'true' })
      const { url } = (await (await fetch('/api/auth/signin/google', { method: 'POST', body })).json()) as { url: string }
      window.location.assign(url)
    } catch {
      setState('away')
    }
  }
  return (
    <>
      <Button type="button" look="quiet" className="w-full" disabled={state === 'going'} onClick={() => void go()}>
        {children}
      </Button>
      <div aria-live="polite" className={state === 'away' ? 'mt-3' : ''}>
        {state === 'away' && <Notice tone="bad">belajar.id tidak dapat dihubungi. Periksa jaringan, lalu coba lagi.</Notice>}
      </div>
    </>
  )
}
