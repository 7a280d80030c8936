import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { inForce, publicIsOpen, withdrawnSeries, type Snapshot } from '@/lib/publication/inside'
import { publicFiguresOf } from './public-figures'
import { readPublicParts } from './public-making'
import type { PublicFigures } from './public-model'

/** What anybody may read without a login, while both offices want it: figures of the snapshots in force, never of people. */

export type PublicPage = {
  series: string[]
  /** Nothing where no publication is in force. */
  figures: PublicFigures | null
  /** Series whose last publication was withdrawn: that it was and when, without the reason. */
  withdrawn: { series: string; at: Date }[]
}

/** Figures by snapshot, which never change; so few are in force that a handful is all that is asked for. */
const made = new Map<string, Promise<PublicFigures>>()
const KEPT = 12

const make = async (s: Snapshot): Promise<PublicFigures> => publicFiguresOf(s, await readPublicParts(s))

function figuresOf(s: Snapshot): Promise<PublicFigures> {
  const found = made.get(s.id)
  if (found) return found
  const making = make(s)
  making.catch(() => made.delete(s.id))
  if (made.size >= KEPT) made.delete(made.keys().next().value!)
  made.set(s.id, making)
  return making
}

async function pageOf(series: string): Promise<PublicPage> {
  const [snapshots, withdrawn] = await Promise.all([inForce(), withdrawnSeries()])
  const chosen = snapshots.find((s) => s.series === series) ?? snapshots[0]
  return {
    series: snapshots.map((s) => s.series),
    figures: chosen ? await figuresOf(chosen) : null,
    withdrawn: withdrawn.map(({ series: name, at }) => ({ series: name, at })),
  }
}

/** The page for everybody; null while it is shut. */
export const publicPage = async (series: string): Promise<PublicPage | null> => ((await publicIsOpen()) ? pageOf(series) : null)

/** The same for the two offices that decide about it, before they do. */
export async function publicPreview(actor: Actor, series: string): Promise<PublicPage> {
  allow(actor, 'publication:public')
  return pageOf(series)
}
