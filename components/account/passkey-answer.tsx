'use client'
import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser'
import { useState, useSyncExternalStore, useTransition } from 'react'
import { Button, Notice } from '@/components/ui/form'
import { leadsTo } from '@/components/ui/sending'
import { confirmQuestion, proveWithPasskey } from '@/lib/access/factor-actions'

const never = () => () => undefined
/** Whether this browser knows passkeys; false until it was asked. */
export const usePasskeys = (): boolean => useSyncExternalStore(never, browserSupportsWebAuthn, () => false)

const AWAY = 'Belum masuk: server tidak terjangkau. Kunci sandi Anda tidak berubah; coba lagi saat ada jaringan.'

/** Asks the device for a passkey to confirm who is there. The way in by passkey is written for the login page alone (components/door). */
export function PasskeyAnswer({ children }: { children: string }) {
  const [message, setMessage] = useState<string | null>(null)
  const [busy, start] = useTransition()
  const able = usePasskeys()
  const answer = async () => {
    try {
      const question = await confirmQuestion()
      if (!question.ok) return setMessage(question.message)
      const given = await startAuthentication({ optionsJSON: question.value })
      start(async () => {
        try {
          const state = await proveWithPasskey(given)
          if (state && !state.ok) setMessage(state.message)
        } catch (error) {
          if (leadsTo(error) !== null) throw error
          setMessage(AWAY)
        }
      })
    } catch {
      setMessage('Kunci sandi tidak jadi dipakai. Tidak ada yang berubah; coba lagi atau pakai cara lain.')
    }
  }
  if (!able) return null
  return (
    <div className="space-y-2">
      <Button type="button" className="w-full" disabled={busy} onClick={() => void answer()}>
        {children}
      </Button>
      <div aria-live="polite">{message && <Notice tone="bad">{message}</Notice>}</div>
    </div>
  )
}
