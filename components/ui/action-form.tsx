'use client'
import { useActionState, type ReactNode } from 'react'
import { Notice } from './form'

import type { FormState } from '@/lib/platform/form'
export type FormDoor = (before: FormState, data: FormData) => Promise<FormState>

/** A form posted to one action, with its answer beneath. Works before any script has loaded. */
export function ActionForm({
  action,
  children,
  className,
  label,
}: {
  action: FormDoor
  children: ReactNode
  className?: string
  label?: string
}) {
  const [state, run, pending] = useActionState(action, null)
  return (
    <form action={run} className={className} aria-label={label} aria-busy={pending}>
      {children}
      <div aria-live="polite" className={state || pending ? 'mt-3' : ''}>
        {pending ? (
          <p className="text-sm text-soft">Sebentar …</p>
        ) : (
          state && <Notice tone={state.ok ? 'good' : 'bad'}>{state.message}</Notice>
        )}
      </div>
    </form>
  )
}
