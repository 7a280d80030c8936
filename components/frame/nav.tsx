'use client'
import { Link } from '@/components/ui/link'
import { usePathname } from 'next/navigation'
import { currentOf } from './current'

/** A group of places; `waiting`: how much waits there, 0 for nothing. */
export type NavGroup = { name: string; places: { href: string; label: string; below?: string[]; waiting: number }[] }

const link =
  'flex min-h-11 items-center justify-between gap-2 rounded-lg px-3 text-sm lg:min-h-9 font-semibold text-ink hover:bg-leaf-pale aria-[current]:bg-leaf-pale aria-[current]:text-leaf-dark aria-[current]:shadow-[inset_3px_0_0_var(--color-leaf)] forced-colors:aria-[current]:border-s-4'

function Count({ n }: { n: number }) {
  return (
    <span className="rounded-full border border-gold bg-gold-pale px-2 text-xs font-bold tabular-nums text-ink">
      {n}
      <span className="sr-only"> menunggu</span>
    </span>
  )
}

function Groups({ groups, current }: { groups: NavGroup[]; current: string | null }) {
  return (
    <ul className="space-y-3">
      {groups.map((g) => (
        <li key={g.name || 'atas'}>
          {g.name && <p className="px-3 pb-1 text-xs font-bold uppercase tracking-wide text-soft">{g.name}</p>}
          <ul>
            {g.places.map((p) => (
              <li key={p.href}>
                <Link href={p.href} aria-current={p.href === current ? 'page' : undefined} className={link}>
                  {p.label}
                  {p.waiting > 0 && <Count n={p.waiting} />}
                </Link>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

const useCurrent = (groups: NavGroup[]) =>
  currentOf(
    groups.flatMap((g) => g.places),
    usePathname(),
  )

/** Beside the page on a desktop. */
export function SideNav({ groups }: { groups: NavGroup[] }) {
  return (
    <nav aria-label="Bagian" className="hidden lg:block">
      <Groups groups={groups} current={useCurrent(groups)} />
    </nav>
  )
}

/** On a phone: a sheet that opens under the head of the page, with and without a script. */
export function SheetNav({ groups }: { groups: NavGroup[] }) {
  const current = useCurrent(groups)
  const here = groups.flatMap((g) => g.places).find((p) => p.href === current)
  const waiting = groups.flatMap((g) => g.places).reduce((sum, p) => sum + p.waiting, 0)
  return (
    // A page that was gone to is not hidden behind the sheet that led there.
    <details key={usePathname()} className="border-t border-line lg:hidden">
      <summary className="flex min-h-11 items-center gap-2 px-4 font-semibold text-leaf">
        <span aria-hidden="true">☰</span> Menu
        {here && <span className="min-w-0 truncate font-normal text-soft">· {here.label}</span>}
        {waiting > 0 && (
          <span className="ms-auto">
            <Count n={waiting} />
          </span>
        )}
      </summary>
      <nav aria-label="Bagian" className="max-h-[75dvh] overflow-y-auto border-t border-line px-2 py-3">
        <Groups groups={groups} current={current} />
      </nav>
    </details>
  )
}

/** For whoever has few places: all of them in one row, that wraps where it is narrow. */
export function RowNav({ groups }: { groups: NavGroup[] }) {
  const current = useCurrent(groups)
  return (
    <nav aria-label="Bagian" className="px-2">
      <ul className="flex flex-wrap">
        {groups
          .flatMap((g) => g.places)
          .map((p) => (
            <li key={p.href}>
              <Link
                href={p.href}
                aria-current={p.href === current ? 'page' : undefined}
                className="inline-flex min-h-11 items-center gap-2 px-2.5 text-sm font-semibold text-ink hover:text-leaf aria-[current]:text-leaf-dark aria-[current]:shadow-[inset_0_-3px_0_var(--color-leaf)] forced-colors:aria-[current]:border-b-4"
              >
                {p.label}
                {p.waiting > 0 && <Count n={p.waiting} />}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  )
}
