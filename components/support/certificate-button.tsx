'use client'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Select, buttonClass } from '@/components/ui/form'
import { issueCertificate, issueCombined, type IssueState } from '@/lib/tutoring/actions'

const download = (said: NonNullable<IssueState>) =>
  said.ok && (
    <a href={said.value} className={buttonClass('quiet')}>
      Unduh surat keterangan (PDF)
    </a>
  )

/** Issues the certificate of a pair, then shows where it is downloaded: the writing is a form's, the link only reads. */
export function CertificateButton({ pair }: { pair: string }) {
  return (
    <ActionForm action={issueCertificate} label="Surat keterangan" className="mt-3" answer={download}>
      <input type="hidden" name="pair" value={pair} />
      <Button look="quiet">Terbitkan surat keterangan</Button>
    </ActionForm>
  )
}

/** The same for one letter over all pairs, in a span that is chosen. */
export function CombinedCertificate({ spans }: { spans: { code: string; title: string }[] }) {
  return (
    <ActionForm action={issueCombined} label="Surat keterangan gabungan" className="space-y-3" stays answer={download}>
      <Select label="Rentang waktu" name="span" id="letter-span">
        {spans.map((s) => (
          <option key={s.code} value={s.code}>
            {s.title}
          </option>
        ))}
      </Select>
      <Button look="quiet">Terbitkan surat gabungan</Button>
    </ActionForm>
  )
}
