import { useEffect, useRef, useState } from 'react'
import { Inlines } from '@/components/content'
import type { Option } from '@/lib/items/model'
import { codes, listed, toggle, type Change } from './change'

type Show = Record<string, string>
const cell =
  'min-h-12 rounded-lg border px-3 py-2.5 text-left focus-visible:outline-3 focus-visible:outline-offset-2 focus-visible:outline-indigo disabled:opacity-60'

type MatchingProps = {
  premises: Option[]
  choices: Option[]
  many: boolean
  pairs: string[]
  media: Show
  disabled: boolean
  onChange: (change: Change) => void
}

/** Matching by tapping: a premise opens its choices, a tapped choice is placed and the next open premise follows. */
export function Matching({ premises, choices, many, pairs, media, disabled, onChange }: MatchingProps) {
  const takenBy = (premise: string) => choices.filter((c) => pairs.includes(`${premise}-${c.id}`))
  const [open, setOpen] = useState<string | null>(() => premises.find((p) => !takenBy(p.id).length)?.id ?? null)
  const heads = useRef(new Map<string, HTMLButtonElement>())
  const choose = (premise: string, choice: string) => {
    const pair = `${premise}-${choice}`
    if (many) return onChange(toggle(pair, 0))
    onChange((before) => {
      const others = codes(before).filter((p) => !p.startsWith(`${premise}-`))
      return listed(codes(before).includes(pair) ? others : [...others, pair].sort())
    })
    if (pairs.includes(pair)) return
    const next = premises.find((p) => p.id !== premise && !takenBy(p.id).length)?.id ?? null
    setOpen(next)
    // The tapped choice goes away with its group; the focus goes on to what is open now, or back to the pair that was made.
    requestAnimationFrame(() => heads.current.get(next ?? premise)?.focus())
  }
  return (
    <div className="space-y-3">
      <p className="text-sm font-semibold text-indigo">
        {many ? 'Pilih semua pasangan yang sesuai untuk setiap pernyataan' : 'Ketuk pernyataan, lalu ketuk pasangannya'}
      </p>
      {premises.map((p, i) => {
        const taken = takenBy(p.id)
        const isOpen = open === p.id
        return (
          <div key={p.id} className={`rounded-lg border bg-card ${isOpen ? 'border-leaf' : 'border-line'}`}>
            <button
              ref={(head) => {
                if (head) heads.current.set(p.id, head)
              }}
              type="button"
              aria-expanded={isOpen}
              disabled={disabled}
              className={`${cell} flex w-full flex-col gap-1 border-transparent`}
              onClick={() => setOpen(isOpen ? null : p.id)}
            >
              <span>
                <span className="font-semibold">{i + 1}.</span> <Inlines nodes={p.body} media={media} />
              </span>
              <span className={taken.length ? 'text-leaf' : 'text-sm text-soft'}>
                {taken.length
                  ? taken.map((c) => (
                      <span key={c.id} className="block font-semibold">
                        → <Inlines nodes={c.body} media={media} />
                      </span>
                    ))
                  : '→ belum dipasangkan'}
              </span>
            </button>
            {isOpen && (
              <div role="group" aria-label={`Pasangan untuk pernyataan ${i + 1}`} className="grid gap-2 border-t border-line p-3">
                {choices.map((c) => {
                  const on = pairs.includes(`${p.id}-${c.id}`)
                  return (
                    <button
                      key={c.id}
                      type="button"
                      aria-pressed={on}
                      disabled={disabled}
                      className={`${cell} ${on ? 'border-leaf bg-leaf-pale' : 'border-line bg-card'}`}
                      onClick={() => choose(p.id, c.id)}
                    >
                      <Inlines nodes={c.body} media={media} />
                    </button>
                  )
                })}
              </div>
            )}
          </div>
        )
      })}
    </div>
  )
}

type OrderingProps = { options: Option[]; order: string[]; media: Show; disabled: boolean; onChange: (change: Change) => void }
const small = 'size-11 shrink-0 rounded-lg border border-line bg-card text-lg disabled:opacity-40 aria-disabled:opacity-40'

/** Ordering by tapping: each tapped step goes to the end of the row; arrows move it, a cross takes it back, a mouse may drag it. */
export function Ordering({ options, order, media, disabled, onChange }: OrderingProps) {
  const rest = options.filter((o) => !order.includes(o.id))
  const bodyOf = (id: string) => options.find((o) => o.id === id)?.body ?? []
  const [held, setHeld] = useState<string | null>(null)
  const whole = useRef<HTMLDivElement>(null)
  const tapped = useRef<string | null>(null)
  useEffect(() => {
    const step = tapped.current
    tapped.current = null
    if (!step) return
    // The tapped button went away with its step: on to the next step that waits, or to the one that was taken back.
    const waiting = [...(whole.current?.querySelectorAll<HTMLElement>('[data-step]') ?? [])]
    const next = waiting.find((b) => b.dataset['step'] === step) ?? waiting[0]
    ;(next ?? whole.current?.querySelector<HTMLElement>('li:last-child button'))?.focus()
  }, [order])
  const moveTo = (step: string, to: number) =>
    onChange((before) => {
      const next = codes(before).filter((x) => x !== step)
      next.splice(to, 0, step)
      return next
    })
  return (
    <div ref={whole} className="space-y-3">
      <p className="text-sm font-semibold text-indigo">Ketuk langkah menurut urutannya, mulai dari yang pertama</p>
      {order.length > 0 && (
        <ol aria-label="Urutan Anda" className="space-y-2">
          {order.map((id, i) => (
            <li
              key={id}
              className={`flex flex-wrap items-center gap-2 rounded-lg border border-leaf bg-leaf-pale p-2 ${held === id ? 'opacity-60' : ''}`}
              draggable={!disabled}
              onDragStart={(e) => {
                e.dataTransfer.setData('text/plain', id)
                setHeld(id)
              }}
              onDragEnd={() => setHeld(null)}
              onDragOver={(e) => held && e.preventDefault()}
              onDrop={(e) => {
                e.preventDefault()
                if (held && held !== id) moveTo(held, i)
                setHeld(null)
              }}
            >
              <span className="min-w-0 flex-auto px-1">
                <strong className="mr-2">{i + 1}</strong>
                <Inlines nodes={bodyOf(id)} media={media} />
              </span>
              <span className="ml-auto flex gap-2">
                <button
                  type="button"
                  className={small}
                  disabled={disabled}
                  aria-disabled={i === 0}
                  aria-label={`Naikkan langkah ${i + 1}`}
                  onClick={() => i > 0 && moveTo(id, i - 1)}
                >
                  ↑
                </button>
                <button
                  type="button"
                  className={small}
                  disabled={disabled}
                  aria-disabled={i === order.length - 1}
                  aria-label={`Turunkan langkah ${i + 1}`}
                  onClick={() => i < order.length - 1 && moveTo(id, i + 1)}
                >
                  ↓
                </button>
                <button
                  type="button"
                  className={small}
                  disabled={disabled}
                  aria-label={`Keluarkan langkah ${i + 1}`}
                  onClick={() => {
                    tapped.current = id
                    onChange((before) => listed(codes(before).filter((x) => x !== id)))
                  }}
                >
                  ×
                </button>
              </span>
            </li>
          ))}
        </ol>
      )}
      {rest.length > 0 && (
        <div role="group" aria-label="Langkah yang belum diurutkan" className="grid gap-2">
          {rest.map((o) => (
            <button
              key={o.id}
              type="button"
              disabled={disabled}
              className={`${cell} border-line bg-card`}
              data-step={o.id}
              onClick={() => {
                tapped.current = o.id
                onChange((before) => [...codes(before).filter((x) => x !== o.id), o.id])
              }}
            >
              <Inlines nodes={o.body} media={media} />
            </button>
          ))}
        </div>
      )}
      <p role="status" className="text-sm text-soft">
        {rest.length ? `${rest.length} langkah belum diurutkan` : 'Semua langkah sudah diurutkan'}
      </p>
    </div>
  )
}
