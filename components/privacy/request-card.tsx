import { Link } from '@/components/ui/link'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Select, TextArea, buttonClass } from '@/components/ui/form'
import { Badge } from '@/components/ui/page'
import { formatDate, formatMoment } from '@/lib/platform/service'
import { answerRequest, proposeErasure } from '@/lib/privacy/actions'
import { remaining, requestDecisions, requestKinds } from '@/lib/privacy/model'
import type { RequestRow } from '@/lib/privacy/service'

/** Where a request stands: what is left of its clock, or its answer. */
export function RequestState({ r, now }: { r: RequestRow; now: Date }) {
  if (r.answeredAt) return <Badge tone="good">Dijawab {formatDate(r.answeredAt)}</Badge>
  const left = remaining(r.dueAt, now)
  return <Badge tone={left.late ? 'bad' : 'care'}>{left.words}</Badge>
}

/** A request as the office reads and answers it; `proposes` and `decides` say what this person may do. */
export function RequestCard({ r, now, proposes }: { r: RequestRow; now: Date; proposes: boolean }) {
  const erasure = r.kind === 'penghapusan'
  const choices = Object.entries(requestDecisions).filter(([value]) => !erasure || value === 'ditolak')
  return (
    <article className="rounded-xl border border-line bg-card p-4 sm:p-5" aria-label={`${requestKinds[r.kind]} ${r.teacherName}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="text-base">
          {requestKinds[r.kind]}: {r.teacherName}, <span className="font-normal text-soft">{r.school}</span>
        </h2>
        <RequestState r={r} now={now} />
      </div>
      <p className="text-sm text-soft">
        {r.channel === 'surat' ? `Surat ${r.letter}` : 'Lewat aplikasi'} · diterima {formatMoment(r.createdAt)} · dijawab paling lambat{' '}
        {formatMoment(r.dueAt)}
      </p>
      <p className="mt-2 whitespace-pre-line">{r.words}</p>
      {r.proposedAt && (
        <p className="mt-2 text-sm">
          Penghapusan diusulkan {r.proposedName} pada {formatMoment(r.proposedAt)}: {r.proposal}
        </p>
      )}
      {r.answer && (
        <p className="mt-3 rounded-lg bg-leaf-pale px-3 py-2 text-sm">
          <strong>{requestDecisions[r.decision!]}.</strong> {r.answer}
        </p>
      )}
      {!r.answeredAt && (
        <>
          <div className="mt-3 flex flex-wrap gap-2">
            {r.kind === 'salinan' && proposes && (
              <>
                <a href={`/api/exports/salinan-pdf?permintaan=${r.id}`} className={buttonClass('quiet')}>
                  Salinan PDF
                </a>
                <a href={`/api/exports/salinan-json?permintaan=${r.id}`} className={buttonClass('quiet')}>
                  Salinan JSON
                </a>
              </>
            )}
            {erasure && (
              <Link href={`/bgtk/privasi/${r.id}`} className={buttonClass('quiet')}>
                Lihat yang akan dihapus
              </Link>
            )}
          </div>
          {erasure && !r.proposedAt && proposes && (
            <details className="mt-2">
              <summary className="min-h-11 content-center font-semibold text-leaf">Usulkan penghapusan</summary>
              <ActionForm action={proposeErasure} label={`Usulkan penghapusan ${r.teacherName}`} className="space-y-3 py-2">
                <input type="hidden" name="request" value={r.id} />
                <TextArea
                  id={`p-${r.id}`}
                  label="Pertimbangan"
                  name="reason"
                  required
                  minLength={10}
                  maxLength={2000}
                  hint="Administrator memeriksa dan melaksanakannya; Anda tidak dapat melaksanakan usulan sendiri."
                />
                <Button>Usulkan</Button>
              </ActionForm>
            </details>
          )}
          <details className="mt-2">
            <summary className="min-h-11 content-center font-semibold text-leaf">{erasure ? 'Tolak dengan alasan' : 'Jawab'}</summary>
            <ActionForm action={answerRequest} label={`Jawab ${r.teacherName}`} className="space-y-3 py-2">
              <input type="hidden" name="request" value={r.id} />
              <Select id={`d-${r.id}`} label="Keputusan" name="decision">
                {choices.map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </Select>
              <TextArea id={`a-${r.id}`} label="Jawaban untuk guru" name="answer" required minLength={10} maxLength={2000} />
              <Button>Kirim jawaban</Button>
            </ActionForm>
          </details>
        </>
      )}
    </article>
  )
}
