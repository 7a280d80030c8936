import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice, TextArea } from '@/components/ui/form'
import { Card, PageHead } from '@/components/ui/page'
import { History, ItemCard, Moves, Remarks, Reviews, StateBadge } from '@/components/workshop/item-view'
import { orForbidden, requireActor } from '@/lib/access/service'
import { itemPage } from '@/lib/instruments/service'
import { review } from '@/lib/instruments/workshop-actions'
import { codesIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Butir' }

const verdicts = [
  { value: 'accept', label: 'Terima', means: 'Satu kunci, mengukur sub-indikatornya, bahasanya jelas.' },
  { value: 'revise', label: 'Perbaiki', means: 'Layak sesudah diperbaiki; tulis apa.' },
  { value: 'reject', label: 'Tolak', means: 'Tidak dapat diselamatkan; tulis sebabnya.' },
]

export default async function ExpertItemPage({ params }: { params: Promise<{ butir: string }> }) {
  const actor = await requireActor('item:review')
  const view = await orForbidden(itemPage(actor, (await codesIn(params, 'butir')).butir))
  if (!view) notFound()
  const own = view.role === 'writer'
  return (
    <Shell actor={actor}>
      <PageHead
        title={view.item.code}
        lead={own ? 'Butir Anda' : 'Anda diminta menelaah butir ini'}
        back={{ href: '/pakar', label: 'Tugas' }}
      >
        <StateBadge state={view.item.state} />
      </PageHead>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-6">
          <ItemCard view={view} hideKey={!own} />
          {own && <Remarks cues={view.cues} />}
          {own && <History view={view} />}
        </div>
        <div className="space-y-6">
          {own ? (
            <Moves view={view} base="pakar" />
          ) : (
            <Card title={view.spoken ? 'Telaah Anda tersimpan' : 'Telaah Anda'}>
              {view.spoken && <Notice tone="good">Anda masih dapat mengubahnya; yang terbaru yang dihitung.</Notice>}
              <ActionForm action={review} label="Telaah" className="mt-3 space-y-3">
                <input type="hidden" name="code" value={view.item.code} />
                <input type="hidden" name="seen" value={view.item.version} />
                <fieldset className="space-y-2">
                  <legend className="sr-only">Putusan</legend>
                  {verdicts.map((v) => (
                    <label
                      key={v.value}
                      className="flex min-h-12 items-start gap-3 rounded-lg border border-line bg-card px-3 py-2.5 has-[:checked]:border-leaf has-[:checked]:bg-leaf-pale"
                    >
                      <input type="radio" name="verdict" value={v.value} required className="mt-1 size-4 accent-leaf" />
                      <span>
                        <strong>{v.label}</strong>
                        <span className="block text-sm text-soft">{v.means}</span>
                      </span>
                    </label>
                  ))}
                </fieldset>
                <TextArea label="Catatan untuk penulis" name="comment" maxLength={2000} />
                <Button>Simpan telaah</Button>
              </ActionForm>
            </Card>
          )}
          <Reviews view={view} />
        </div>
      </div>
    </Shell>
  )
}
