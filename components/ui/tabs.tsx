import { Link } from '@/components/ui/link'

/** The parts of a page, each with its own address; `count`: how much stands there. */
export function Tabs({ label, parts }: { label: string; parts: { href: string; name: string; count?: string; current: boolean }[] }) {
  return (
    <nav aria-label={label} className="no-print mb-6 overflow-x-auto border-b border-line">
      <ul className="flex">
        {parts.map((p) => (
          <li key={p.href}>
            <Link
              href={p.href}
              aria-current={p.current ? 'page' : undefined}
              className="inline-flex min-h-11 items-center gap-1.5 whitespace-nowrap px-3 text-sm font-semibold text-ink hover:text-leaf aria-[current]:text-leaf-dark aria-[current]:[scroll-initial-target:nearest] aria-[current]:shadow-[inset_0_-3px_0_var(--color-leaf)] forced-colors:aria-[current]:border-b-4"
            >
              {p.name}
              {p.count !== undefined && <span className="font-normal tabular-nums text-soft">({p.count})</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The pages of a long list; nothing where one page holds it. */
export function Pages({ label, page, pages, to }: { label: string; page: number; pages: number; to: (page: number) => string }) {
  if (pages < 2) return null
  const link = 'inline-flex min-h-11 items-center rounded-lg border border-line bg-card px-4 font-semibold hover:bg-leaf-pale'
  return (
    <nav aria-label={label} className="no-print mt-4 flex flex-wrap items-center gap-3 text-sm">
      {page > 1 && (
        <Link href={to(page - 1)} className={link}>
          Sebelumnya
        </Link>
      )}
      <span className="tabular-nums text-soft">
        Halaman {page} dari {pages}
      </span>
      {page < pages && (
        <Link href={to(page + 1)} className={link}>
          Berikutnya
        </Link>
      )}
    </nav>
  )
}
