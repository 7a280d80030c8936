'use client'
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import { useEffect, useRef, useState, useSyncExternalStore, useTransition } from 'react'
import { Button, Notice } from '@/components/ui/form'
import { leadsTo } from '@/components/ui/sending'
import { confirmQuestion, passkeyLogin, passkeyQuestion, proveWithPasskey } from '@/lib/access/factor-actions'

const doors = { login: [passkeyQuestion, passkeyLogin], confirm: [confirmQuestion, proveWithPasskey] } as const
const never = () => () => undefined
/** Whether this browser knows passkeys; false until it was asked. */
export const usePasskeys = (): boolean => useSyncExternalStore(never, browserSupportsWebAuthn, () => false)

const AWAY = 'Belum masuk: server tidak terjangkau. Kunci sandi Anda tidak berubah; coba lagi saat ada jaringan.'

/** Asks the device for a passkey: to log in, where the browser also offers it in the field of the e-mail address, or to confirm who is there. */
export function PasskeyAnswer({
  use,
  children,
  look = 'primary',
}: {
  use: keyof typeof doors
  children: string
  look?: 'primary' | 'quiet'
}) {
  const [message, setMessage] = useState<string | null>(null)
  const [busy, start] = useTransition()
  const able = usePasskeys()
  // A browser holds one ceremony: an offer in the field that comes late would end the one that the person asked for.
  const asked = useRef(false)
  const answer = async (autofill: boolean) => {
    const [ask, send] = doors[use]
    if (!autofill) asked.current = true
    try {
      const question = await ask()
      if (autofill && asked.current) return
      if (!question.ok) return autofill ? undefined : setMessage(question.message)
      const given = await startAuthentication({ optionsJSON: question.value, useBrowserAutofill: autofill })
      start(async () => {
        try {
          const state = await send(given)
          if (state && !state.ok) setMessage(state.message)
        } catch (error) {
          if (leadsTo(error) !== null) throw error
          setMessage(AWAY)
        }
      })
    } catch {
      if (!autofill) setMessage('Kunci sandi tidak jadi dipakai. Tidak ada yang berubah; coba lagi atau pakai cara lain.')
    }
  }
  useEffect(() => {
    if (use !== 'login') return
    void browserSupportsWebAuthnAutofill().then((offers) => (offers ? answer(true) : undefined))
    return () => WebAuthnAbortService.cancelCeremony()
    // The browser is asked once, when the page opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [use])
  if (!able) return null
  return (
    <div className="space-y-2">
      <Button type="button" look={look} className="w-full" disabled={busy} onClick={() => void answer(false)}>
        {children}
      </Button>
      <div aria-live="polite">{message && <Notice tone="bad">{message}</Notice>}</div>
    </div>
  )
}
