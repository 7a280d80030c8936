'use client'
import { useActionState } from 'react'
import type { Said } from './sending'
import { SentForm, type SentFormProps } from './sent-form'

/** A door of the server: it is told what it answered before, and the fields. */
export type Door<S extends Said> = (before: S | null, data: FormData) => Promise<S | null>
export type FormDoor = Door<{ ok: boolean; message: string }>

type Props<S extends Said> = Omit<SentFormProps<S>, 'send' | 'action' | 'before' | 'method'> & { action: Door<S> }

/** A form posted to one action, with its answer beneath. Works before any script has loaded. */
export function ActionForm<S extends Said>({ action, ...rest }: Props<S>) {
  const [before, run] = useActionState<S | null, FormData>(action, null)
  return <SentForm {...rest} before={before} action={run} send={(data) => action(null, data)} />
}
