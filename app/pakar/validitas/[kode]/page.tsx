import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { Inlines } from '@/components/content'
import { Answers, ItemText } from '@/components/item-answer'
import { ItemGrid, Progress } from '@/components/panel/item-grid'
import { ActionForm } from '@/components/ui/action-form'
import { Button, buttonClass, TextArea } from '@/components/ui/form'
import { Badge, Card, Empty, PageHead } from '@/components/ui/page'
import { Shell } from '@/components/shell'
import { orForbidden, requireActor } from '@/lib/access/service'
import { saveRelevance } from '@/lib/instruments/actions'
import { relevanceAnchors, reviewPage } from '@/lib/instruments/service'
import { itemTypeNames, type ItemType } from '@/lib/items/model'
import { asked, codesIn, numberIn, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Telaah relevansi' }

export default async function ReviewPage({ params, searchParams }: { params: Promise<{ kode: string }>; searchParams: Search }) {
  const actor = await requireActor('validity:rate')
  const view = await orForbidden(reviewPage(actor, (await codesIn(params, 'kode')).kode))
  if (!view) notFound()
  const { instrument, items } = view
  const path = `/pakar/validitas/${instrument.code}`
  const open = items.flatMap((i, k) => (i.rating ? [] : [k + 1]))
  const wanted = numberIn((await asked(searchParams, 'butir')).butir)
  const at = items[wanted - 1] ? wanted : (open[0] ?? 1)
  const item = items[at - 1]
  const next = open.find((n) => n > at) ?? open.find((n) => n !== at) ?? Math.min(at + 1, items.length)
  return (
    <Shell actor={actor}>
      <PageHead title={`Telaah ${instrument.title}`} back={{ href: '/pakar', label: 'Tugas pakar' }}>
        {instrument.sample && <Badge tone="care">Butir contoh</Badge>}
      </PageHead>
      {!item ? (
        <Empty title="Instrumen ini belum mempunyai butir" />
      ) : (
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_24rem] lg:items-start">
          <Card>
            <h2 className="mb-1">
              Butir {at} dari {items.length}
            </h2>
            <p className="mb-2 flex flex-wrap gap-2 text-sm">
              <strong>{item.itemCode}</strong>
              <Badge>{itemTypeNames[item.type as ItemType]}</Badge>
              <Badge>{item.cognitiveLevel}</Badge>
            </p>
            <p className="mb-3 rounded-lg bg-leaf-pale px-3 py-2 text-sm">
              Mengaku mengukur: <strong>{item.node}</strong> · {item.domainTitle}
            </p>
            <ItemText stimulus={item.stimulus} content={item.content} />
            <Answers content={item.content} scoring={item.key?.scoring ?? null} />
            {item.key ? (
              <p className="mt-2 text-sm text-soft">
                Alasan kunci: <Inlines nodes={item.key.rationale} />
              </p>
            ) : (
              <p className="mt-2 text-sm text-soft">Kunci dan alasannya tampil setelah Anda menilai, supaya tidak memengaruhi penilaian.</p>
            )}
          </Card>
          <Card className="lg:sticky lg:top-4">
            <ActionForm key={item.itemVersionId} action={saveRelevance} label={`Relevansi butir ${at}`}>
              <input type="hidden" name="code" value={instrument.code} />
              <input type="hidden" name="item" value={item.itemVersionId} />
              <input type="hidden" name="at" value={at} />
              <input type="hidden" name="next" value={next} />
              <fieldset className="mb-4 space-y-2">
                <legend className="mb-2 font-semibold">Seberapa relevan butir ini dengan sub-indikatornya?</legend>
                {relevanceAnchors.map((a) => (
                  <label
                    key={a.value}
                    className="flex min-h-12 cursor-pointer items-start gap-3 rounded-lg border border-line px-3 py-2 has-[:checked]:border-leaf has-[:checked]:bg-leaf-pale has-[:focus-visible]:outline-3 has-[:focus-visible]:outline-indigo"
                  >
                    <input
                      type="radio"
                      name="relevance"
                      value={a.value}
                      required
                      defaultChecked={item.rating?.relevance === a.value}
                      className="mt-1 size-4 shrink-0 accent-leaf"
                    />
                    <span className="text-sm">
                      <strong>
                        {a.value}. {a.name}
                      </strong>
                      <br />
                      {a.means}
                    </span>
                  </label>
                ))}
              </fieldset>
              <TextArea
                label="Komentar untuk penulis butir (bila ada)"
                name="comment"
                maxLength={1000}
                defaultValue={item.rating?.comment}
                hint="Tampil di samping angka."
              />
              <div className="mt-4 grid gap-2">
                <Button name="then" value="next">
                  Simpan dan lanjut
                </Button>
                <Button name="then" value="stay" look="quiet">
                  {item.key ? 'Simpan perubahan' : 'Simpan, lihat kunci'}
                </Button>
              </div>
            </ActionForm>
            <p className="mt-3 text-sm text-soft">
              {item.rating ? `Tersimpan: ${item.rating.relevance}. Anda dapat mengubahnya; yang terbaru dihitung.` : 'Belum tersimpan.'}
            </p>
          </Card>
          <Card className="lg:col-span-2">
            <Progress
              done={items.length - open.length}
              total={items.length}
              words={`${items.length - open.length} dari ${items.length} butir Anda nilai`}
            />
            <div className="mt-3">
              <ItemGrid
                label="Semua butir"
                squares={items.map((i, k) => ({
                  href: `${path}?butir=${k + 1}`,
                  n: k + 1,
                  done: i.rating !== null,
                  current: k + 1 === at,
                  words: i.rating ? `nilai Anda ${i.rating.relevance}` : 'belum dinilai',
                }))}
              />
            </div>
            <p className="mt-4">
              <Link href={`/bgtk/instrumen/${instrument.code}/validitas`} className={buttonClass('quiet')}>
                Lihat validitas isi
              </Link>
            </p>
          </Card>
        </div>
      )}
    </Shell>
  )
}
