'use client'
import { useRef, useState, type PointerEvent, type ReactNode } from 'react'
import { buttonClass } from '@/components/ui/form'
import { swap } from './part'

const tool =
  'size-11 shrink-0 rounded-lg border border-line bg-card text-lg hover:bg-leaf-pale disabled:opacity-40 aria-disabled:opacity-40'

type Props<R> = {
  /** Begins the ids of the rows: the main control of each is `<id>-<place>`. */
  id: string
  rows: readonly R[]
  onRows: (rows: R[]) => void
  blank: () => R
  /** What a row is called: "Opsi A". */
  name: (at: number) => string
  /** The words on the button that makes another; null where none may be made. */
  add: string
  least?: number
  most?: number
  children: (row: R, at: number, set: (row: R) => void, onEnter: () => void) => ReactNode
}

/** Rows that are written, added, taken away and put in order: by dragging, by buttons, by keys. */
export function Rows<R>({ id, rows, onRows, blank, name, add, least = 2, most = 20, children }: Props<R>) {
  const [said, setSaid] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const held = useRef<number | null>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const focus = (target: string) => requestAnimationFrame(() => document.getElementById(target)?.focus())

  const move = (from: number, to: number) => {
    const next = [...rows]
    const [row] = next.splice(from, 1)
    next.splice(to, 0, row!)
    onRows(next)
    setSaid(`Dipindahkan ke tempat ${to + 1} dari ${rows.length}.`)
  }
  const step = (from: number, to: number) => {
    if (to < 0 || to >= rows.length) return
    move(from, to)
    focus(`${id}-${to}-${to < from ? 'naik' : 'turun'}`)
  }
  const append = (at = rows.length) => {
    if (rows.length >= most) return
    onRows([...rows.slice(0, at), blank(), ...rows.slice(at)])
    focus(`${id}-${at}`)
  }
  const remove = (at: number) => {
    onRows(rows.filter((_, i) => i !== at))
    setSaid(`${name(at)} dihapus.`)
    focus(`${id}-${Math.max(0, at - 1)}`)
  }
  const onEnter = (at: number) => (at + 1 < rows.length ? focus(`${id}-${at + 1}`) : append())

  const drag = (e: PointerEvent<HTMLButtonElement>) => {
    const from = held.current
    if (from === null || !list.current) return
    const to = [...list.current.children].findIndex((li) => {
      const box = li.getBoundingClientRect()
      return e.clientY >= box.top && e.clientY <= box.bottom
    })
    if (to < 0 || to === from) return
    held.current = to
    setDragged(to)
    move(from, to)
  }
  const drop = () => {
    held.current = null
    setDragged(null)
  }

  return (
    <div className="space-y-2">
      <ol ref={list} className="space-y-2">
        {rows.map((row, at) => (
          <li
            key={at}
            className={`rounded-lg border p-2 sm:flex sm:items-start sm:gap-2 ${dragged === at ? 'border-leaf bg-leaf-pale' : 'border-line bg-card'}`}
          >
            <div className="min-w-0 flex-auto">
              {children(
                row,
                at,
                (r) => onRows(swap(rows, at, r)),
                () => onEnter(at),
              )}
            </div>
            <div className={`mt-2 flex-wrap justify-end gap-1 sm:mt-0 sm:shrink-0 ${rows.length === 1 && least === 1 ? 'hidden' : 'flex'}`}>
              <button
                type="button"
                tabIndex={-1}
                aria-hidden
                title="Seret untuk memindahkan"
                className={`${tool} cursor-grab touch-none active:cursor-grabbing`}
                onPointerDown={(e) => {
                  e.currentTarget.setPointerCapture(e.pointerId)
                  held.current = at
                  setDragged(at)
                }}
                onPointerMove={drag}
                onPointerUp={drop}
                onPointerCancel={drop}
              >
                ⠿
              </button>
              <button
                type="button"
                id={`${id}-${at}-naik`}
                className={tool}
                aria-disabled={at === 0}
                aria-label={`Naikkan ${name(at)}`}
                onClick={() => step(at, at - 1)}
              >
                ↑
              </button>
              <button
                type="button"
                id={`${id}-${at}-turun`}
                className={tool}
                aria-disabled={at === rows.length - 1}
                aria-label={`Turunkan ${name(at)}`}
                onClick={() => step(at, at + 1)}
              >
                ↓
              </button>
              <button
                type="button"
                className={tool}
                disabled={rows.length <= least}
                aria-label={`Hapus ${name(at)}`}
                onClick={() => remove(at)}
              >
                ×
              </button>
            </div>
          </li>
        ))}
      </ol>
      {rows.length < most && (
        <button type="button" className={buttonClass('quiet')} onClick={() => append()}>
          {add}
        </button>
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  )
}
