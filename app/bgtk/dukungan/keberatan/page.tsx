import type { Metadata } from 'next'
import { Shell } from '@/components/shell'
import { SupportTabs } from '@/components/support/tabs'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Select, TextArea } from '@/components/ui/form'
import { Badge, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { competencyNames } from '@/lib/sittings/model'
import { decisions, objectionKinds } from '@/lib/plans/objection-model'
import { objections, type ObjectionRow } from '@/lib/plans/service'
import { replyToObjection } from '@/lib/plans/objection-actions'
import { formatDate, formatMoment } from '@/lib/platform/service'

export const metadata: Metadata = { title: 'Keberatan' }

function Item({ o, now }: { o: ObjectionRow; now: Date }) {
  const late = !o.answeredAt && o.dueAt < now
  return (
    <article className="rounded-xl border border-line bg-card p-4 sm:p-5" aria-label={`Keberatan ${o.teacherName}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="text-base">
          {o.teacherName}, <span className="font-normal text-soft">{o.school}</span>
        </h2>
        {o.answeredAt ? (
          <Badge tone="good">Dijawab {formatDate(o.answeredAt)}</Badge>
        ) : (
          <Badge tone={late ? 'bad' : 'care'}>
            {late ? `Lewat batas ${formatDate(o.dueAt)}` : `Dijawab paling lambat ${formatDate(o.dueAt)}`}
          </Badge>
        )}
      </div>
      <p className="text-sm text-soft">
        {objectionKinds[o.about]}
        {o.part && ` · ${competencyNames[o.part]}`} · {formatMoment(o.createdAt)}
      </p>
      <p className="mt-2 whitespace-pre-line">{o.words}</p>
      {o.answer ? (
        <p className="mt-3 rounded-lg bg-leaf-pale px-3 py-2 text-sm">
          <strong>{decisions[o.decision!]}.</strong> {o.answer}
        </p>
      ) : (
        <details className="mt-2">
          <summary className="min-h-11 content-center font-semibold text-leaf">Jawab</summary>
          <ActionForm action={replyToObjection} label={`Jawab ${o.teacherName}`} className="space-y-3 py-2">
            <input type="hidden" name="objection" value={o.id} />
            <Select id={`d-${o.id}`} label="Keputusan" name="decision">
              {Object.entries(decisions).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
            <TextArea id={`a-${o.id}`} label="Jawaban untuk guru" name="answer" required minLength={20} maxLength={2000} />
            <Button>Kirim jawaban</Button>
          </ActionForm>
        </details>
      )}
    </article>
  )
}

export default async function ObjectionsPage() {
  const actor = await requireActor('objection:answer')
  const all = await objections(actor)
  const now = new Date()
  return (
    <Shell actor={actor}>
      <PageHead
        title="Keberatan"
        lead="Setiap keberatan dijawab oleh seseorang dalam sepuluh hari kerja. Yang paling dekat batasnya ada di atas."
        back={{ href: '/bgtk/dukungan', label: 'Dukungan' }}
      />
      <SupportTabs now="/bgtk/dukungan/keberatan" />
      {all.length === 0 ? (
        <Empty title="Tidak ada keberatan">Guru mengajukannya dari halaman hasil.</Empty>
      ) : (
        <div className="space-y-4">
          {all.map((o) => (
            <Item key={o.id} o={o} now={now} />
          ))}
        </div>
      )}
    </Shell>
  )
}
