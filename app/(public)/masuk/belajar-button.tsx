'use client'
import { useState } from 'react'
import { Button, Notice } from '@/components/ui/form'
import { goToBelajar } from '@/lib/access/belajar.client'
import { acceptInvitation } from '@/lib/access/identity-actions'

/** The way to belajar.id and back, which links the account that comes back with the one that was invited. */
export function BelajarButton({ invitation, children }: { invitation: string; children: string }) {
  const [state, setState] = useState<'idle' | 'going' | 'away'>('idle')
  async function go() {
    setState('going')
    try {
      await acceptInvitation(invitation)
      await goToBelajar()
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
