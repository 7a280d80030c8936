import { ActionForm } from '@/components/ui/action-form'
import { Button } from '@/components/ui/form'
import { Badge, Card } from '@/components/ui/page'
import { formatDate } from '@/lib/platform/format'
import { markAsPractice } from '@/lib/assembly/practice-actions'
import type { formsPage } from '@/lib/assembly/service'

type Forms = Awaited<ReturnType<typeof formsPage>>

/** The frozen forms of an instrument: which count, which are for practice, and which may still become practice forms. */
export function FrozenForms({ forms }: { forms: Forms }) {
  if (!forms.length) return null
  return (
    <Card title="Formulir yang dibekukan" className="mt-6">
      <ul className="divide-y divide-line text-sm">
        {forms.map((f) => (
          <li key={f.formId} className="py-2">
            <p className="flex flex-wrap items-center gap-2">
              <strong>{f.code}</strong> {f.items} butir · dibekukan {formatDate(f.frozenAt)}
              {f.practice ? <Badge tone="info">Latihan</Badge> : f.counts ? <Badge>Dihitung</Badge> : <Badge>Belum dipakai</Badge>}
            </p>
            {!f.practice && !f.counts && (
              <details>
                <summary className="min-h-11 cursor-pointer py-2 font-semibold text-leaf">Jadikan formulir latihan</summary>
                <ActionForm action={markAsPractice} label={`Jadikan ${f.code} formulir latihan`} className="space-y-3 pb-2">
                  <input type="hidden" name="form" value={f.formId} />
                  <p className="max-w-prose text-soft">
                    Soal latihan dapat dilihat siapa saja. Karena itu, formulir ini dan semua butirnya tidak dapat lagi dipakai untuk tes
                    yang dihitung. Keputusan ini tidak dapat dibatalkan.
                  </p>
                  <label className="flex min-h-11 items-center gap-3">
                    <input type="checkbox" name="sure" value="yes" required className="size-5 shrink-0 accent-leaf" />
                    Saya memahami akibatnya.
                  </label>
                  <Button look="quiet">Jadikan formulir latihan</Button>
                </ActionForm>
              </details>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
