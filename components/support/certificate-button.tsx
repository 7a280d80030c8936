'use client'
import { useActionState } from 'react'
import { Button, buttonClass, Notice } from '@/components/ui/form'
import { issueCertificate } from '@/lib/support/tutor-actions'

/** Issues the certificate of a pair, then shows where it is downloaded: the writing is a form's, the link only reads. */
export function CertificateButton({ pair }: { pair: string }) {
  const [state, run, pending] = useActionState(issueCertificate, null)
  return (
    <form action={run} aria-label="Surat keterangan" aria-busy={pending} className="mt-3">
      <input type="hidden" name="pair" value={pair} />
      {state?.ok ? (
        <a href={state.value} className={buttonClass('quiet')}>
          Unduh surat keterangan (PDF)
        </a>
      ) : (
        <Button look="quiet" disabled={pending}>
          Terbitkan surat keterangan
        </Button>
      )}
      <div aria-live="polite">{state && !state.ok && <Notice tone="care">{state.message}</Notice>}</div>
    </form>
  )
}
