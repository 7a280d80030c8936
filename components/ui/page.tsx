import { Link } from '@/components/ui/link'
import type { ReactNode } from 'react'

/** Title, optional line beneath, optional actions at the right. */
export function PageHead({
  title,
  lead,
  back,
  children,
}: {
  title: string
  lead?: ReactNode
  back?: { href: string; label: string }
  children?: ReactNode
}) {
  return (
    <header className="frame mb-6">
      {back && (
        <Link
          href={back.href}
          className="no-print mb-2 inline-flex min-h-11 items-center text-sm font-semibold text-leaf underline-offset-4 hover:underline"
        >
          ← {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-0">
          <h1>{title}</h1>
          {lead && <p className="mt-1 max-w-prose text-soft">{lead}</p>}
        </div>
        {children && <div className="no-print flex flex-wrap items-center gap-2">{children}</div>}
      </div>
    </header>
  )
}

export function Card({ title, children, className = '' }: { title?: string; children: ReactNode; className?: string }) {
  return (
    <section className={`rounded-xl border border-line bg-card p-4 sm:p-5 ${className}`}>
      {title && <h2 className="mb-3">{title}</h2>}
      {children}
    </section>
  )
}

/** What a list says when there is nothing in it, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="rounded-xl border border-dashed border-line bg-card px-5 py-8 text-center">
      <p className="font-semibold">{title}</p>
      {children && <div className="mx-auto mt-1 max-w-prose text-sm text-soft">{children}</div>}
    </div>
  )
}

const badgeTones = {
  plain: 'bg-paper text-ink border-line',
  good: 'bg-leaf-pale text-leaf-dark border-leaf/30',
  care: 'bg-gold-pale text-ink border-gold',
  bad: 'bg-manggis-pale text-manggis border-manggis/40',
  info: 'bg-indigo-pale text-indigo border-indigo/30',
}
export function Badge({ tone = 'plain', children }: { tone?: keyof typeof badgeTones; children: ReactNode }) {
  return (
    <span className={`inline-block rounded-full sm:whitespace-nowrap border px-2.5 py-0.5 text-xs font-semibold ${badgeTones[tone]}`}>
      {children}
    </span>
  )
}

export const Simulated = () => <Badge tone="care">Data simulasi</Badge>

/** One figure with its name and its honesty beneath. */
export function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div className="rounded-xl border border-line bg-card px-4 py-3">
      <p className="text-sm text-soft">{label}</p>
      <p className="text-2xl font-bold tabular-nums">{value}</p>
      {note && <p className="text-xs text-soft">{note}</p>}
    </div>
  )
}
