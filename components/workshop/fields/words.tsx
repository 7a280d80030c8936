'use client'
import { useEffect, useState, type ComponentProps, type ReactNode } from 'react'
import { Blocks, Inlines } from '@/components/content'
import { controlClass } from '@/components/ui/form'
import type { Block, Inline } from '@/lib/items/model'

/** Controls of the form by fields belong to no form: what is sent and kept is the text of lines that they write. */
export const APART = { form: 'bagian-butir' } as const

type Seen = { inline: Inline[] } | { blocks: Block[] } | 'unread' | null

/** How a text with a formula will look. What reads formulas is fetched when the first one is typed, and works without a network from then on. */
export function Glimpse({ text, blocks = false }: { text: string; blocks?: boolean }): ReactNode {
  const [seen, setSeen] = useState<Seen>(null)
  const wanted = text.includes('$')
  useEffect(() => {
    if (!wanted) return
    let stale = false
    const show = (next: Seen) => !stale && setSeen(next)
    const timer = setTimeout(() => {
      void import('@/lib/items/markup.client')
        .then(({ parseBlocks, parseInline }) => show(blocks ? { blocks: parseBlocks(text, same) } : { inline: parseInline(text, same) }))
        .catch(() => show('unread'))
    }, 200)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [text, blocks, wanted])
  if (!wanted || !seen) return null
  return (
    <div className="mt-1 overflow-x-auto rounded-lg bg-paper px-3 py-1 text-sm" data-testid="glimpse">
      {seen === 'unread' ? (
        <p className="text-soft">Rumus ini belum lengkap atau belum dapat dibaca.</p>
      ) : 'blocks' in seen ? (
        <Blocks nodes={seen.blocks} />
      ) : (
        <Inlines nodes={seen.inline} />
      )}
    </div>
  )
}
const same = (name: string) => name

type WordsProps = {
  id: string
  /** What the field is, for the palette and for ears. */
  label: string
  /** Whether the label is seen as well. */
  seen?: boolean
  value: string
  onChange: (text: string) => void
  /** What the key that ends a line does. */
  onEnter?: () => void
}

/** One line of item text that may be long and may hold formulas: the palette writes into it. */
export function Words({ id, label, seen = false, value, onChange, onEnter }: WordsProps) {
  return (
    <div className="min-w-0 flex-auto">
      <label htmlFor={id} className={seen ? 'mb-1 block text-sm' : 'sr-only'}>
        {label}
      </label>
      <textarea
        {...APART}
        id={id}
        rows={1}
        data-words={label}
        value={value}
        onChange={(e) => onChange(e.target.value.replace(/\s*\n\s*/g, ' '))}
        onKeyDown={(e) => {
          if (e.key !== 'Enter' || e.nativeEvent.isComposing) return
          e.preventDefault()
          onEnter?.()
        }}
        className={`${controlClass} field-sizing-content`}
      />
      <Glimpse text={value} />
    </div>
  )
}

type LineProps = Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'id'> & {
  id: string
  label: string
  hint?: string
  value: string
  onChange: (text: string) => void
}

/** A short plain field: a number, a name, a unit. */
export function Line({ id, label, hint, onChange, className = '', ...rest }: LineProps) {
  return (
    <div className={`min-w-0 ${className}`}>
      <label htmlFor={id} className="mb-1 block text-sm">
        {label}
      </label>
      <input
        {...APART}
        id={id}
        aria-describedby={hint ? `${id}-h` : undefined}
        autoComplete="off"
        {...rest}
        onChange={(e) => onChange(e.target.value)}
        className={controlClass}
      />
      {hint && (
        <p id={`${id}-h`} className="mt-1 text-sm text-soft">
          {hint}
        </p>
      )}
    </div>
  )
}

/** Something that is so or not, or one of several: a whole thumb wide, with its word beside it. */
export function Tick({ id, kind = 'checkbox', name, label, said, narrow = false, checked, onChange }: TickProps) {
  return (
    <label
      className={`flex min-h-11 cursor-pointer items-center gap-2 rounded-lg border border-line bg-card px-3 has-checked:border-leaf has-checked:bg-leaf-pale ${narrow ? 'shrink-0' : ''}`}
    >
      <input
        {...APART}
        id={id}
        type={kind}
        name={name}
        aria-label={said}
        checked={checked}
        onChange={(e) => onChange(e.target.checked)}
        className="size-5 shrink-0 accent-leaf"
      />
      <span>{label}</span>
    </label>
  )
}
type TickProps = {
  id: string
  kind?: 'checkbox' | 'radio'
  /** Of radios: the group. */
  name?: string
  label: string
  /** What ears hear where the word alone says too little. */
  said?: string
  /** A letter beside a field: it keeps its width. */
  narrow?: boolean
  checked: boolean
  onChange: (checked: boolean) => void
}
