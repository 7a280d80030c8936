import type { ReactNode } from 'react'

/** What a proctor needs in a hurry, each with the part of the page where it stands. */
const parts = { kejadian: 'Kejadian', kode: 'Kode rilis', serah: 'Serah terima' } as const
type Part = keyof typeof parts

/** Within one thumb's reach wherever the list has been scrolled to; plain links, so that they lead there before any script runs. */
export function Reach() {
  return (
    <nav
      aria-label="Langsung ke"
      data-thumb
      className="no-print sticky bottom-0 z-10 -mx-4 mt-6 border-t border-line bg-card px-4 pb-[env(safe-area-inset-bottom)]"
    >
      <ul className="grid grid-cols-3 gap-2">
        {(Object.keys(parts) as Part[]).map((part) => (
          <li key={part}>
            <a href={`#${part}`} className="flex min-h-12 items-center justify-center text-center text-sm font-semibold text-leaf">
              {parts[part]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** One of those parts, which takes the focus when a link leads to it. */
export function Reached({ part, children }: { part: Part; children: ReactNode }) {
  return (
    <div id={part} tabIndex={-1} className="scroll-mt-4">
      {children}
    </div>
  )
}
