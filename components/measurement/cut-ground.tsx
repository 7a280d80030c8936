import type { ReactNode } from 'react'
import type { Decided } from '@/lib/scoring/ground-model'
import { groundLines } from '@/lib/scoring/service'

/** Beside figures that a cut decides: that it is provisional, and which tests carry no decision about a person. */
export function GroundNotice({ said }: { said: readonly string[] }) {
  if (!said.length) return null
  return (
    <div className="cut-ground my-4 max-w-prose rounded-lg border-l-4 border-gold bg-gold-pale px-4 py-3 text-sm print:my-1 print:max-w-none print:px-2 print:py-1 print:text-xs">
      {said.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}

/** The same, asked for these tests. */
export async function CutGround(about: Parameters<typeof groundLines>[0]) {
  return <GroundNotice said={await groundLines(about)} />
}

/** The only way of a screen to closed figures: what they rest on stands before them. */
export function DecidedBy<T>({ of, children }: { of: Decided<T>; children: (figures: T) => ReactNode }) {
  const { figures, said } = of.open()
  return (
    <>
      <GroundNotice said={said} />
      {children(figures)}
    </>
  )
}
