'use client'
import type { ReactNode } from 'react'
import { SentForm } from './sent-form'

const REACH_MS = 8_000

/** A form whose fields become an address: a filter, a trial, a download. Where the server is away the page and its fields stay. */
export function AskForm({
  children,
  className,
  label,
  action,
}: {
  children: ReactNode
  className?: string
  label: string
  action?: string
}) {
  async function ask(_data: FormData, form: HTMLFormElement): Promise<null> {
    // Whoever leads a browser to a server that is away loses the page with all that stands in it.
    const reached = await fetch('/api/health/live', { cache: 'no-store', signal: AbortSignal.timeout(REACH_MS) }).catch(() => null)
    if (!reached) throw new TypeError('The server cannot be reached.')
    form.submit()
    return null
  }
  return (
    <SentForm send={ask} method="get" action={action} className={className} label={label} draft={false} stays>
      {children}
    </SentForm>
  )
}
