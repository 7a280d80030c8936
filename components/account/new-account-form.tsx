'use client'
import type { ReactNode } from 'react'
import { ActionForm } from '@/components/ui/action-form'
import { Button } from '@/components/ui/form'
import { createAccount } from '@/lib/roster/actions'
import { OneTimeLink } from './one-time-link'

/** The administrator makes an account; its owner sets the password with the link that is shown afterwards. */
export function NewAccountForm({ children }: { children: ReactNode }) {
  return (
    <ActionForm
      action={createAccount}
      label="Akun baru"
      className="grid gap-4 sm:grid-cols-2"
      answer={(said) => said.ok && <OneTimeLink made={said.value} title={(name) => `Tautan pertama untuk ${name}`} />}
    >
      <div className="no-print contents">
        {children}
        <Button className="sm:justify-self-start">Buat akun</Button>
      </div>
    </ActionForm>
  )
}
