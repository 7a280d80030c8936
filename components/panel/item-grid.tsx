import { Link } from '@/components/ui/link'

export type Square = { href: string; n: number; done: boolean; words: string; current?: boolean }

/** Numbers of all items: filled where something is saved, with the same said in words. */
export function ItemGrid({ label, squares }: { label: string; squares: Square[] }) {
  return (
    <nav aria-label={label}>
      <ol className="grid grid-cols-[repeat(auto-fill,minmax(2.75rem,1fr))] gap-2">
        {squares.map((s) => (
          <li key={s.href}>
            <Link
              href={s.href}
              aria-current={s.current ? 'page' : undefined}
              aria-label={`${s.n}, ${s.words}`}
              className={`flex min-h-11 items-center justify-center rounded-lg border text-sm font-semibold tabular-nums ${
                s.done ? 'border-leaf bg-leaf text-white' : 'border-line bg-card text-ink'
              } ${s.current ? 'ring-3 ring-gold ring-offset-1' : ''}`}
            >
              {s.n}
              {s.done ? <span aria-hidden="true">&nbsp;✓</span> : null}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** How far along, as a bar and in words. */
export function Progress({ done, total, words }: { done: number; total: number; words: string }) {
  return (
    <div>
      <div className="h-2 overflow-hidden rounded-full border border-line bg-paper" aria-hidden="true">
        <div className="h-full bg-leaf" style={{ width: `${total ? (100 * done) / total : 0}%` }} />
      </div>
      <p className="mt-1 text-sm tabular-nums text-soft">{words}</p>
    </div>
  )
}
