'use client'

import { useState } from 'react'
import { Button, Notice } from '@/components/ui/form'
import type { ImportState } from '@/lib/instruments/workshop-actions'
import { kindOfLoss, lossKindName } from '@/lib/items/loss-model'
import { ImportItem, statusOf, type Taking } from './import-item'

const PAGE = 20
const filters = { all: 'Semua', loss: 'Ada yang hilang', refused: 'Ditolak' } as const

type Seen = Extract<NonNullable<ImportState>, { ok: true }>

/** Losses by kind, each to be taken for the whole file at once. */
function Kinds({ rows, accepted, take }: { rows: Seen['rows'] } & Taking) {
  const kinds = new Map<string, { name: string; example: string; count: number }>()
  for (const r of rows.filter((x) => x.status === 'loss'))
    for (const p of r.problems) {
      const kind = kindOfLoss(p)
      const known = kinds.get(kind)
      if (known) known.count++
      else kinds.set(kind, { name: lossKindName(p), example: p, count: 1 })
    }
  if (!kinds.size) return null
  return (
    <fieldset className="rounded-lg border border-gold bg-gold-pale p-3 text-sm">
      <legend className="px-1 font-semibold">Yang hilang, menurut jenisnya</legend>
      <p className="mb-1 text-soft">
        Butir yang kehilangannya belum diterima tidak ikut disimpan. Centang jenisnya, atau satu per satu pada butirnya.
      </p>
      {[...kinds].map(([kind, { name, example, count }]) => (
        <label key={kind} className="flex min-h-11 items-start gap-2 py-1">
          <input
            type="checkbox"
            className="mt-1 size-5 shrink-0 accent-leaf"
            checked={accepted.has(name)}
            onChange={(e) => take(name, e.target.checked)}
          />
          <span>
            <span className="font-semibold">Terima semua ({count}):</span> {count > 1 ? kind : example}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** A file that was looked at: its losses by kind, its items page by page, and what of it belongs to no item. */
export function ImportList({ said, accepted, take }: { said: Seen } & Taking) {
  const [filter, setFilter] = useState<keyof typeof filters>('all')
  const [shown, setShown] = useState(PAGE)
  const { items, media, skipped, beyond } = said.preview!
  const rows = said.rows.map((row, place) => ({ row, place })).filter(({ row }) => filter === 'all' || row.status === filter)
  return (
    <div className="space-y-3">
      <Notice tone="info" title={statusOf(said.rows)}>
        {said.message}
      </Notice>
      <Kinds rows={said.rows} accepted={accepted} take={take} />
      {skipped.length > 0 && (
        <details className="rounded-lg border border-line bg-card p-3 text-sm">
          <summary className="min-h-8 cursor-pointer font-semibold">{skipped.length} baris berkas bukan bagian soal</summary>
          <ul className="mt-2 space-y-1">
            {skipped.map((s, i) => (
              <li key={i}>
                <span className="whitespace-pre-wrap break-words">{s.text}</span>{' '}
                <span className="text-soft">
                  ({s.line ? `baris ${s.line}, ` : ''}
                  {s.why})
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="flex flex-wrap gap-2" role="group" aria-label="Saring butir">
        {Object.entries(filters).map(([name, words]) => (
          <Button
            key={name}
            type="button"
            look={filter === name ? 'primary' : 'quiet'}
            aria-pressed={filter === name}
            onClick={() => {
              setFilter(name as keyof typeof filters)
              setShown(PAGE)
            }}
          >
            {words}
          </Button>
        ))}
      </div>
      <ol className="space-y-3">
        {rows.slice(0, shown).map(({ row, place }) => (
          <ImportItem key={place} row={row} place={place} seen={items[place] ?? null} media={media} accepted={{ accepted, take }} />
        ))}
      </ol>
      {rows.length > shown && (
        <Button type="button" look="quiet" onClick={() => setShown(shown + PAGE)}>
          Tampilkan {Math.min(PAGE, rows.length - shown)} butir lagi
        </Button>
      )}
      {beyond > 0 && (
        <p className="text-sm text-soft">{beyond} butir terakhir hanya disebut, tidak digambar. Pecah berkasnya untuk melihatnya.</p>
      )}
    </div>
  )
}
