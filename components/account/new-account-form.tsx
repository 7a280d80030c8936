'use client'
import { useActionState, type ReactNode } from 'react'
import { Button } from '@/components/ui/form'
import { createAccount } from '@/lib/roster/actions'
import { OneTimeLink } from './one-time-link'

/** The administrator makes an account; its owner sets the password with the link that is shown afterwards. */
export function NewAccountForm({ children }: { children: ReactNode }) {
  const [state, run, pending] = useActionState(createAccount, null)
  return (
    <div className="space-y-4">
      <form action={run} aria-label="Akun baru" aria-busy={pending} className="no-print grid gap-4 sm:grid-cols-2">
        {children}
        <Button className="sm:justify-self-start" disabled={pending}>
          Buat akun
        </Button>
      </form>
      <OneTimeLink state={state} title={(name) => `Tautan pertama untuk ${name}`} />
    </div>
  )
}
