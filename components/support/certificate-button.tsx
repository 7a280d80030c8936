'use client'
import { ActionForm } from '@/components/ui/action-form'
import { Button, buttonClass } from '@/components/ui/form'
import { issueCertificate } from '@/lib/tutoring/actions'

/** Issues the certificate of a pair, then shows where it is downloaded: the writing is a form's, the link only reads. */
export function CertificateButton({ pair }: { pair: string }) {
  return (
    <ActionForm
      action={issueCertificate}
      label="Surat keterangan"
      className="mt-3"
      answer={(said) =>
        said.ok && (
          <a href={said.value} className={buttonClass('quiet')}>
            Unduh surat keterangan (PDF)
          </a>
        )
      }
    >
      <input type="hidden" name="pair" value={pair} />
      <Button look="quiet">Terbitkan surat keterangan</Button>
    </ActionForm>
  )
}
