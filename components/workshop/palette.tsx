'use client'
import { useState, type KeyboardEvent } from 'react'
import { type } from '@/components/ui/controls'

/** A piece of item text: what stands before and after what is marked, and what is marked where nothing was. */
type Piece = { face: string; name: string; before: string; sample: string; after: string }
const piece = (face: string, name: string, before: string, sample = '', after = ''): Piece => ({ face, name, before, sample, after })

/** Pieces that a writer taps instead of remembering; formulas first. */
const formulas = [
  piece('a/b', 'pecahan', '$\\frac{', 'a', '}{b}$'),
  piece('x²', 'pangkat', '$x^{', '2', '}$'),
  piece('xₙ', 'indeks', '$x_{', 'n', '}$'),
  piece('√x', 'akar', '$\\sqrt{', 'x', '}$'),
  piece('∑', 'jumlah', '$\\sum_{i=1}^{n} ', 'x_i', '$'),
  piece('∫', 'integral', '$\\int_{a}^{b} ', 'f(x)', '\\,dx$'),
  piece('lim', 'limit', '$\\lim_{x \\to 0} ', 'f(x)', '$'),
  piece('π', 'pi', '$\\pi$'),
  piece('≤', 'kurang dari atau sama dengan', '$\\le$'),
  piece('H₂O', 'rumus kimia', '$\\ce{', 'H2O', '}$'),
]
const signs = [
  piece('tebal', 'huruf tebal', '**', 'kata', '**'),
  piece('miring', 'huruf miring', '*', 'kata', '*'),
  piece('m²', 'superskrip', 'm^', '2', '^'),
  piece('H₂', 'subskrip', 'H~', '2', '~'),
]
/** What only a question may hold. */
const ofStem = [
  piece('tabel', 'tabel', '\n\n| ', 'x', ' | y |\n|---|---|\n| 1 | 2 |\n\n'),
  piece('rumpang', 'tempat isian', '[[', '1', ']]'),
  piece('kata pilihan', 'kata yang dapat dipilih', '[[A|', 'kata', ']]'),
]

export type WrittenField = HTMLTextAreaElement | HTMLInputElement

/** Whether a place in a text stands within a formula: what is put there brings no fences of its own. */
const inFormula = (before: string): boolean => (before.match(/(?<!\\)\$/g) ?? []).length % 2 === 1

/** Puts a piece where the field's cursor was, around what is marked there, and leaves the part to be changed marked. */
export function write(field: WrittenField, { before, sample, after }: Omit<Piece, 'face' | 'name'>): void {
  const [from, to] = [field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length]
  const [start, end] = [field.value.slice(0, from), field.value.slice(to)]
  // Within a formula the outermost fences go.
  const bare = before.startsWith('$') && inFormula(start)
  const opened = bare ? before.replace(/^\$|\$$/g, '') : before
  const tail = bare ? after.replace(/\$$/, '') : after
  const marked = field.value.slice(from, to) || sample
  type(field, start + opened + marked + tail + end)
  const at = from + opened.length
  requestAnimationFrame(() => {
    field.focus()
    field.setSelectionRange(at, at + marked.length)
  })
}

/** The key that leads from a field to the palette; a piece, or Escape, leads back. */
export const PALETTE_KEY = 'F2'
export const PALETTE_ID = 'palet'

type Props = { field: { name: string; stem: boolean }; onWrite: (piece: Piece) => void; onLeave: () => void }

/** One palette for every field that holds item text: it writes where the cursor was last. One stop of the tab key, arrows within. */
export function Palette({ field, onWrite, onLeave }: Props) {
  const [at, setAt] = useState(0)
  const pieces = [...formulas, ...signs, ...(field.stem ? ofStem : [])]
  const current = Math.min(at, pieces.length - 1)
  const keys = (e: KeyboardEvent<HTMLDivElement>) => {
    if (e.key === 'Escape') return onLeave()
    const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0
    if (!step) return
    e.preventDefault()
    const to = (current + step + pieces.length) % pieces.length
    setAt(to)
    e.currentTarget.querySelectorAll('button')[to]?.focus()
  }
  return (
    <div
      id={PALETTE_ID}
      role="toolbar"
      aria-label={`Sisipkan ke ${field.name}`}
      aria-keyshortcuts={PALETTE_KEY}
      className="sticky top-0 z-10 -mx-2 flex gap-1 overflow-x-auto border-b border-line bg-paper px-2 py-1 lg:flex-wrap"
      onKeyDown={keys}
    >
      <span aria-hidden className="flex shrink-0 items-center pr-1 text-sm text-soft">
        Ke {field.name}:
      </span>
      {pieces.map((p, i) => (
        <button
          key={p.name}
          type="button"
          tabIndex={i === current ? 0 : -1}
          aria-label={`Sisipkan ${p.name}`}
          className="min-h-11 min-w-11 shrink-0 rounded border border-line bg-card px-2 text-sm hover:bg-leaf-pale"
          // The field keeps its cursor, and a phone its keys.
          onMouseDown={(e) => e.preventDefault()}
          onClick={() => {
            setAt(i)
            onWrite(p)
          }}
        >
          {p.face}
        </button>
      ))}
    </div>
  )
}
