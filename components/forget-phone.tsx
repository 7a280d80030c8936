'use client'
import { useState } from 'react'
import { Button, Notice } from '@/components/ui/form'
import { FORGETTING, forgottenWords } from '@/lib/delivery/forget-model'
import { forgetPhone } from '@/lib/delivery/forget.client'

/** Takes everything off this phone that the server has; what it does not have stays locked and is still handed in. */
export function ForgetPhone() {
  const [state, setState] = useState<{ unsent: number } | 'busy' | null>(null)
  const forget = async () => {
    setState('busy')
    setState({ unsent: await forgetPhone() })
  }
  return (
    <section aria-labelledby="lupakan" className="rounded-xl border border-line bg-card p-4 text-sm sm:p-5">
      <h2 id="lupakan" className="mb-2 text-base">
        Ponsel pinjaman?
      </h2>
      <p className="mb-3">{FORGETTING}</p>
      <Button type="button" look="quiet" disabled={state === 'busy'} onClick={() => void forget()}>
        {state === 'busy' ? 'Menghapus …' : 'Lupakan ponsel ini'}
      </Button>
      <div aria-live="polite" className={state && state !== 'busy' ? 'mt-3' : ''}>
        {state && state !== 'busy' && (
          <Notice tone={state.unsent ? 'care' : 'good'} title="Ponsel ini sudah lupa">
            {forgottenWords(state.unsent)}
          </Notice>
        )}
      </div>
    </section>
  )
}
