'use client'

import { Blocks } from '@/components/content'
import { Badge } from '@/components/ui/page'
import { keyInWords } from '@/lib/instruments/answers-model'
import type { ImportRow, PreviewItem } from '@/lib/instruments/service'
import { isAccepted, lossKindName, lossName, type Piece } from '@/lib/items/loss-model'
import { itemTypeNames, type ItemType } from '@/lib/items/model'
import { Phone } from './phone'

const marks = {
  whole: { words: 'utuh', tone: 'good' },
  loss: { words: 'ada yang hilang', tone: 'care' },
  refused: { words: 'ditolak', tone: 'bad' },
} as const

/** How many items came whole, with losses, and not at all. */
export function statusOf(rows: readonly ImportRow[]): string {
  const count = (status: keyof typeof marks) => rows.filter((r) => r.status === status).length
  return `${count('whole')} utuh · ${count('loss')} ada yang hilang · ${count('refused')} ditolak`
}

export type Taking = { accepted: ReadonlySet<string>; take: (name: string, on: boolean) => void }

/** The words of the file, with what did not arrive marked at its place, and what is no part of the question pale. */
function Source({ pieces }: { pieces: readonly Piece[] }) {
  return (
    <div className="whitespace-pre-wrap break-words rounded-lg border border-line bg-paper p-3 text-sm leading-relaxed">
      {pieces.map((p, i) => {
        if (p.lost)
          return (
            <mark key={i} title={p.lost} className="rounded bg-manggis-pale px-0.5 font-semibold text-manggis underline decoration-wavy">
              {p.v}
              <span className="sr-only"> (hilang)</span>
            </mark>
          )
        if (p.look)
          return (
            <mark key={i} title={p.look} className="rounded bg-gold-pale px-0.5 text-ink underline decoration-dotted">
              {p.v}
              <span className="sr-only"> (bentuknya berubah)</span>
            </mark>
          )
        return p.skip ? (
          <span key={i} className="text-soft" title={p.skip}>
            {p.v}
          </span>
        ) : (
          <span key={i}>{p.v}</span>
        )
      })}
    </div>
  )
}

/** The item as a participant would see it, and the key beneath. */
function AsSeen({ seen, place, media }: { seen: PreviewItem; place: number; media: Record<string, string> }) {
  if (!seen.content)
    return <p className="rounded-lg border border-dashed border-line p-3 text-sm text-soft">Tidak ada yang dapat ditampilkan.</p>
  return (
    <>
      <div className="mx-auto w-full max-w-[360px] rounded-2xl border-4 border-ink/80 bg-paper p-3" inert>
        {seen.stimulus && (
          <div className="mb-3 rounded-lg border-l-4 border-indigo bg-card p-3">
            <Blocks nodes={seen.stimulus} media={media} />
          </div>
        )}
        <Phone content={seen.content} answer={null} onAnswer={() => undefined} id={`impor-${place}`} media={media} still />
      </div>
      {seen.scoring && <p className="mt-2 text-sm text-soft">Kunci: {keyInWords(seen.content, seen.scoring)}</p>}
    </>
  )
}

/** One loss, to be taken alone where it is not taken with its kind. */
function Loss({ place, problem, taking }: { place: number; problem: string; taking: Taking }) {
  const byKind = taking.accepted.has(lossKindName(problem))
  const name = lossName(place, problem)
  return (
    <label className="flex min-h-11 items-start gap-2 py-1">
      <input
        type="checkbox"
        className="mt-1 size-5 shrink-0 accent-leaf"
        checked={byKind || taking.accepted.has(name)}
        disabled={byKind}
        onChange={(e) => taking.take(name, e.target.checked)}
      />
      <span>
        <span className="font-semibold">Terima:</span> {problem}
      </span>
    </label>
  )
}

type Props = { row: ImportRow; place: number; seen: PreviewItem | null; media: Record<string, string>; accepted: Taking | null }

/** One item of a file: what it is, what was lost, and beside each other what the file says and what a participant would see. */
export function ImportItem({ row, place, seen, media, accepted }: Props) {
  const open = accepted && row.status === 'loss' ? row.problems.filter((p) => !isAccepted(accepted.accepted, place, p)).length : 0
  return (
    <li className="rounded-lg border border-line bg-card p-3 text-sm" data-testid="impor-butir">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={marks[row.status].tone}>{marks[row.status].words}</Badge>
        <strong>{row.code ?? row.id}</strong>
        {row.type && <span className="text-soft">{itemTypeNames[row.type as ItemType]}</span>}
        <span className="text-soft">baris {row.line}</span>
        {row.outcome && <span>{row.outcome}</span>}
        {accepted && row.status === 'loss' && <span>{open ? `${open} belum diterima` : 'semua diterima'}</span>}
      </p>
      {!seen && <p className="mt-1">{row.title}</p>}
      {accepted && row.status === 'loss'
        ? row.problems.map((p) => <Loss key={p} place={place} problem={p} taking={accepted} />)
        : row.problems.map((p) => (
            <p key={p} className="mt-1">
              {p}
            </p>
          ))}
      {row.notes?.map((n) => (
        <p key={n} className="mt-1 text-soft">
          {n}
        </p>
      ))}
      {seen && (
        <div className="mt-3 grid gap-4 md:grid-cols-2">
          <section aria-label={`Teks butir ${row.id} di berkas`} className="min-w-0">
            <h3 className="mb-1 text-sm font-semibold">Di berkas</h3>
            <Source pieces={seen.source} />
          </section>
          <section aria-label={`Butir ${row.id} di layar peserta`} className="min-w-0">
            <h3 className="mb-1 text-sm font-semibold">Di layar peserta</h3>
            <AsSeen seen={seen} place={place} media={media} />
          </section>
        </div>
      )}
    </li>
  )
}
