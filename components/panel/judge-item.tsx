import { Link } from '@/components/ui/link'
import { Answers, ItemText } from '@/components/item-answer'
import { ActionForm } from '@/components/ui/action-form'
import { Button, buttonClass } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { saveRating } from '@/lib/standards/actions'
import type { JudgeView } from '@/lib/standards/service'
import { PercentField } from './percent-field'

const percent = (v: number) => Math.round(100 * v)

/** One item with its key and the one question of Angoff's method. */
export function JudgeItem({ view, at }: { view: JudgeView; at: number }) {
  const { panel, round, items } = view
  const item = items[at - 1]!
  const path = `/pakar/batas/${panel.id}`
  const own = (i: JudgeView['items'][number]) => (round === 1 ? i.first : i.second)
  const others = items.flatMap((i, k) => (k + 1 !== at && own(i) === null ? [k + 1] : []))
  const next = others.find((n) => n > at) ?? others[0] ?? 0
  const shown = round === 2 ? (item.second ?? item.first) : item.first
  const question =
    item.steps > 1
      ? 'Berapa persen dari nilai penuh yang akan diperoleh guru yang tepat berada di batas kompeten?'
      : 'Dari 100 guru yang tepat berada di batas kompeten, berapa yang menjawab benar?'
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
      <Card>
        <h2 className="mb-1">
          Butir {at} dari {items.length}
        </h2>
        <p className="mb-3 text-sm text-soft">
          {item.itemCode} · {item.node}
        </p>
        <ItemText stimulus={item.stimulus} content={item.content} />
        <Answers content={item.content} scoring={item.scoring} />
      </Card>
      <Card className="lg:sticky lg:top-4">
        {item.range && (
          <p className="mb-3 rounded-lg bg-indigo-pale px-3 py-2 text-sm">
            Putaran 1: nilai Anda {item.first === null ? 'belum ada' : percent(item.first)}; panel {percent(item.range.min)}–
            {percent(item.range.max)}, median {percent(item.range.median)}.
          </p>
        )}
        {round ? (
          <ActionForm action={saveRating} label={`Nilai butir ${at}`}>
            <input type="hidden" name="panel" value={panel.id} />
            <input type="hidden" name="item" value={item.itemVersionId} />
            <input type="hidden" name="round" value={round} />
            <input type="hidden" name="at" value={at} />
            <input type="hidden" name="next" value={next} />
            <PercentField
              key={`${item.itemVersionId}-${round}-${shown}`}
              label={question}
              value={shown === null ? null : percent(shown)}
              hint={own(item) === null ? 'Bilangan bulat 0 sampai 100. Belum tersimpan.' : `Tersimpan: ${percent(own(item)!)}.`}
            />
            <Button className="mt-4 w-full">{next ? 'Simpan dan lanjut' : 'Simpan'}</Button>
          </ActionForm>
        ) : (
          <p className="text-sm">
            Nilai Anda: <strong>{shown === null ? 'tidak ada' : percent(shown)}</strong>
            {item.second !== null && item.first !== null && ` pada putaran 1, ${percent(item.second)} pada putaran 2`}. Penilaian sedang
            tidak dibuka.
          </p>
        )}
        <nav aria-label="Butir lain" className="mt-3 flex gap-2">
          {at > 1 && (
            <Link href={`${path}?butir=${at - 1}`} className={`${buttonClass('quiet')} flex-1`}>
              Sebelumnya
            </Link>
          )}
          {at < items.length && (
            <Link href={`${path}?butir=${at + 1}`} className={`${buttonClass('quiet')} flex-1`}>
              {round ? 'Lewati' : 'Berikutnya'}
            </Link>
          )}
        </nav>
      </Card>
    </div>
  )
}
