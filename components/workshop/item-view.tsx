import { Link } from '@/components/ui/link'
import { Blocks, Inlines } from '@/components/content'
import { Answers, ItemText } from '@/components/item-answer'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice } from '@/components/ui/form'
import { Badge, Card } from '@/components/ui/page'
import { moveOn } from '@/lib/instruments/workshop-actions'
import { itemStateNames, type itemPage, type ItemState } from '@/lib/instruments/service'
import type { Block } from '@/lib/items/model'
import { itemTypeNames, type ItemType } from '@/lib/items/model'
import { formatExact, formatMoment } from '@/lib/platform/format'

export type ItemView = NonNullable<Awaited<ReturnType<typeof itemPage>>>

const tones: Record<ItemState, 'plain' | 'info' | 'good' | 'care'> = {
  draft: 'plain',
  review: 'info',
  validation: 'info',
  approved: 'good',
  piloted: 'good',
  operational: 'good',
  retired: 'care',
}
export const StateBadge = ({ state }: { state: string }) => (
  <Badge tone={tones[state as ItemState] ?? 'plain'}>{itemStateNames[state as ItemState] ?? state}</Badge>
)

/** The item as it stands, with its key unless the reader is to answer first. */
export function ItemCard({ view, hideKey }: { view: ItemView; hideKey?: boolean }) {
  const { item } = view
  return (
    <Card>
      <p className="mb-3 flex flex-wrap gap-2 text-sm">
        <Badge>{itemTypeNames[item.type as ItemType]}</Badge>
        <Badge>{item.level}</Badge>
        <Badge>Versi {item.version}</Badge>
        <span className="text-soft">
          {item.nodeCode} {view.nodeTitle} · {item.domainTitle} · {formatExact(view.kilobytes)} KB
        </span>
      </p>
      <ItemText stimulus={item.stimulus as Block[] | null} content={item.content} />
      {item.content.type === 'hotspot' && <Blocks nodes={[{ t: 'img', media: item.content.media, alt: item.content.alt }]} />}
      {hideKey ? (
        <>
          <Answers content={item.content} scoring={null} />
          <details className="mt-3">
            <summary className="min-h-11 cursor-pointer py-2 font-semibold text-leaf">Jawab sendiri dahulu, lalu buka kuncinya</summary>
            <Answers content={item.content} scoring={item.scoring} />
            <Why view={view} />
          </details>
        </>
      ) : (
        <>
          <Answers content={item.content} scoring={item.scoring} />
          <Why view={view} />
        </>
      )}
    </Card>
  )
}

const Why = ({ view }: { view: ItemView }) => (
  <p className="mt-3 text-sm text-soft">
    Pembahasan: <Inlines nodes={view.rationaleNodes} />
  </p>
)

export function Remarks({ cues }: { cues: string[] }) {
  if (!cues.length) return null
  return (
    <Notice tone="care" title="Catatan otomatis">
      <ul className="list-disc space-y-1 pl-5">
        {cues.map((c) => (
          <li key={c}>{c}</li>
        ))}
      </ul>
    </Notice>
  )
}

const kinds: Record<string, string> = {
  'written-new': 'Ditulis',
  written: 'Versi baru',
  'imported-new': 'Diimpor',
  imported: 'Versi baru dari impor',
  marked: 'Ditandai',
  compromised: 'Ditandai bocor',
}

export function Moves({ view, base }: { view: ItemView; base: 'bgtk' | 'pakar' }) {
  if (!view.moves.length) return null
  const open = view.moves.filter((m) => !m.why)
  const closed = view.moves.filter((m) => m.why)
  return (
    <Card title="Langkah berikutnya">
      {open.length > 0 && (
        <ActionForm action={moveOn} label="Pindahkan butir" className="space-y-3">
          <input type="hidden" name="code" value={view.item.code} />
          <input type="hidden" name="seen" value={view.item.version} />
          <Field label="Alasan" name="reason" required minLength={4} maxLength={500} hint="Tercatat pada riwayat butir." />
          <div className="flex flex-wrap gap-2">
            {open.map((m, i) => (
              <Button key={m.to} name="to" value={m.to} look={m.to === 'retired' ? 'careful' : i === 0 ? 'primary' : 'quiet'}>
                {m.label}
              </Button>
            ))}
          </div>
        </ActionForm>
      )}
      {closed.map((m) => (
        <p key={m.to} className="mt-3 text-sm text-soft">
          {m.label}: {m.why}
        </p>
      ))}
      {base === 'bgtk' || view.item.state === 'draft' ? (
        <p className="mt-3 text-sm">
          <Link
            href={
              base === 'bgtk'
                ? `/bgtk/instrumen/${view.item.instrumentCode}/tulis?butir=${view.item.code}`
                : `/pakar/tulis/${view.item.instrumentCode}?butir=${view.item.code}`
            }
            className="font-semibold text-leaf underline underline-offset-4"
          >
            Ubah butir
          </Link>{' '}
          <span className="text-soft">Perubahan menjadi versi baru; versi yang pernah dipakai tetap ada di formulirnya.</span>
        </p>
      ) : null}
    </Card>
  )
}

export function History({ view }: { view: ItemView }) {
  if (!view.events.length) return null
  return (
    <Card title="Riwayat">
      <ol className="space-y-2 text-sm">
        {view.events.map((e, i) => (
          <li key={i} className="border-l-2 border-line pl-3">
            <span className="font-semibold">
              {e.kind === 'moved' ? `Menjadi ${itemStateNames[e.state as ItemState]?.toLowerCase() ?? e.state}` : (kinds[e.kind] ?? e.kind)}
            </span>
            {e.version ? ` · versi ${e.version}` : ''} · {e.userName}, {formatMoment(e.at)}
            {e.reason && <span className="block text-soft">{e.reason}</span>}
          </li>
        ))}
      </ol>
    </Card>
  )
}

const verdicts: Record<string, { label: string; tone: 'good' | 'care' | 'bad' }> = {
  accept: { label: 'Terima', tone: 'good' },
  revise: { label: 'Perbaiki', tone: 'care' },
  reject: { label: 'Tolak', tone: 'bad' },
}

export function Reviews({ view }: { view: ItemView }) {
  if (!view.reviews.length) return null
  return (
    <Card title="Telaah sejawat">
      <ul className="space-y-3 text-sm">
        {view.reviews.map((r) => (
          <li key={`${r.itemVersionId}${r.userId}`}>
            <Badge tone={verdicts[r.verdict]?.tone ?? 'plain'}>{verdicts[r.verdict]?.label ?? r.verdict}</Badge> {r.userName} · versi{' '}
            {r.version}, {formatMoment(r.at)}
            {r.comment && <p className="mt-1">{r.comment}</p>}
          </li>
        ))}
      </ul>
    </Card>
  )
}
