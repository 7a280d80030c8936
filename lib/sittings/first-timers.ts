import { createHash } from 'node:crypto'
import { groupBy } from '@/lib/platform/group'

/** A random part of the people of a cycle who are tested for the first time at its re-test. Pure. */

/**
 * Who waits for the re-test: within each stratum the rounded share of its people, in the order of SHA-256 of seed and teacher. The same seed
 * and people give the same group, whatever the order of the input.
 */
export function drawLater(people: readonly { teacherId: string; stratum: string }[], share: number, seed: string): Set<string> {
  const place = (id: string) => createHash('sha256').update(`${seed}|${id}`).digest('hex')
  return new Set(
    [...groupBy(people, (p) => p.stratum).values()].flatMap((own) =>
      own
        .map((p) => ({ id: p.teacherId, by: place(p.teacherId) }))
        .sort((a, b) => (a.by < b.by ? -1 : 1))
        .slice(0, Math.round((own.length * share) / 100))
        .map((p) => p.id),
    ),
  )
}
