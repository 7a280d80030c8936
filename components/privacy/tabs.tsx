import { Link } from '@/components/ui/link'

const places = [
  ['/bgtk/privasi', 'Permintaan'],
  ['/bgtk/privasi/kejadian', 'Kejadian'],
  ['/bgtk/privasi/penyimpanan', 'Penyimpanan'],
  ['/bgtk/privasi/pemrosesan', 'Daftar pemrosesan'],
] as const

/** The rooms of privacy, one line on every screen. */
export function PrivacyTabs({ now }: { now: (typeof places)[number][0] }) {
  return (
    <nav aria-label="Bagian privasi" className="no-print mb-6 overflow-x-auto border-b border-line">
      <ul className="flex">
        {places.map(([href, label]) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === now ? 'page' : undefined}
              className={`inline-flex min-h-11 items-center whitespace-nowrap px-3 text-sm font-semibold ${href === now ? 'border-b-2 border-leaf text-leaf' : 'text-ink hover:text-leaf'}`}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
