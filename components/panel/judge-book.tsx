import { Link } from '@/components/ui/link'
import { Answers, ItemText } from '@/components/item-answer'
import { ActionForm } from '@/components/ui/action-form'
import { Button, buttonClass, Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { saveBookmark } from '@/lib/standards/actions'
import type { JudgeView } from '@/lib/standards/service'

/** One page of the ordered item book, with the place for the bookmark. */
export function JudgeBook({ view, at }: { view: JudgeView; at: number }) {
  const { panel, round, pages, mark } = view
  const page = pages[at - 1]!
  const path = `/pakar/batas/${panel.id}`
  const standing = mark?.second ?? mark?.first ?? null
  const here = standing === at
  const reach = page.steps > 1 ? `memperoleh sedikitnya ${page.reach} dari ${page.steps} langkah nilai` : 'menjawab benar'
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
      <Card>
        <h2 className="mb-1">
          Halaman {at} dari {pages.length}
        </h2>
        <p className="mb-2 text-sm text-soft">
          {page.itemCode} · {page.node}
        </p>
        <p className="mb-3 text-sm">
          Permintaan halaman ini: <strong>{reach}</strong>.
        </p>
        <ItemText stimulus={page.stimulus} content={page.content} />
        <Answers content={page.content} scoring={page.scoring} />
      </Card>
      <Card className="lg:sticky lg:top-4">
        {mark?.range && (
          <p className="mb-3 rounded-lg bg-indigo-pale px-3 py-2 text-sm">
            Putaran 1: penanda Anda {mark.first === null ? 'belum ada' : `di halaman ${mark.first}`}; panel halaman {mark.range.min}–
            {mark.range.max}, median {mark.range.median}.
          </p>
        )}
        <p className="mb-3 font-semibold">Apakah sedikitnya dua dari tiga guru yang tepat berada di batas kompeten {reach}?</p>
        {here ? (
          <Notice tone="good">Penanda Anda di sini: ini halaman pertama yang tidak lagi dikuasai.</Notice>
        ) : (
          <p className="text-sm">{standing === null ? 'Penanda belum terpasang.' : `Penanda Anda di halaman ${standing}.`}</p>
        )}
        <nav aria-label="Halaman lain" className="mt-3 flex gap-2">
          {at > 1 && (
            <Link href={`${path}?halaman=${at - 1}`} className={`${buttonClass('quiet')} flex-1`}>
              Sebelumnya
            </Link>
          )}
          {at < pages.length && (
            <Link href={`${path}?halaman=${at + 1}`} className={`${buttonClass('quiet')} flex-1`}>
              Ya, lanjut
            </Link>
          )}
        </nav>
        {round && (!here || (round === 2 && mark?.second === null)) && (
          <ActionForm action={saveBookmark} label="Penanda" className="mt-3">
            <input type="hidden" name="panel" value={panel.id} />
            <input type="hidden" name="round" value={round} />
            <input type="hidden" name="page" value={at} />
            <Button className="w-full">{here ? 'Tetapkan lagi di halaman ini' : 'Tidak: pasang penanda di sini'}</Button>
          </ActionForm>
        )}
      </Card>
    </div>
  )
}
