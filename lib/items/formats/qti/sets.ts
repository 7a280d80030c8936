import type { SetKey } from '../../model'
import { Refused } from '../read'
import { allNamed, attr, childNamed, type Element } from '../xml'
import { mapped, type Declaration } from './declarations'
import { templateOf } from './processing'
import { compare, ruleProblem, scoreOrNull, type Pair, type Scored } from './verify'

/** Whether the item's processing looks up points for this response, or matches it with the right one. */
export function scoredByPoints(item: Element, d: Declaration): boolean {
  const processing = childNamed(item, 'responseprocessing')
  if (!processing) return Boolean(d.mapping ?? d.areas) && !d.correct.length
  const template = templateOf(processing)
  if (template) return template !== 'match_correct'
  return allNamed(processing, 'mapresponse', 'mapresponsepoint').some((e) => attr(e, 'identifier') === d.id)
}

export type SetOptions = {
  /** Their identifiers and ours. */
  codes: Map<string, string>
  most: number
  /** The credit that our type gives without a named rule, for words and for comparing. */
  own: 'penalty' | 'share'
}

/** Subsets worth looking at: nothing, each one, all, the key, the key with one more, one less. */
function samplesOf(all: string[], right: string[]): string[][] {
  const wrong = all.filter((o) => !right.includes(o))
  const sets = [
    [],
    ...all.map((o) => [o]),
    all,
    right,
    ...wrong.map((w) => [...right, w]),
    ...right.map((r) => right.filter((x) => x !== r)),
  ]
  if (wrong.length && right.length) sets.push([right[0]!, ...wrong])
  return sets
}

/** The key of a response that is a set of choices. `scoring` makes our scoring of a key, for the comparison. */
export function setKeyOf(
  scored: Scored,
  d: Declaration,
  { codes, most, own }: SetOptions,
  make: (key: SetKey) => Parameters<typeof compare>[1],
): { key: SetKey; problems: string[] } {
  const ids = [...codes.keys()]
  const byPoints = Boolean(d.mapping) && scoredByPoints(scored.item, d)
  const points = new Map(ids.map((id) => [id, d.mapping ? mapped(d.mapping, id) : 0]))
  const positive = ids.filter((id) => (points.get(id) ?? 0) > 0)
  const rightIds = byPoints || !d.correct.length ? positive : d.correct.filter((c) => codes.has(c))
  if (!rightIds.length) throw new Refused('Butir ini tidak menyebut kunci jawaban, sehingga tidak dapat dinilai.')
  const keys = [...new Set(rightIds.map((id) => codes.get(id)!))].sort()
  const problems: string[] = []
  let key: SetKey = { keys, rule: 'all' }
  if (byPoints) {
    const sorted = positive.map((id) => points.get(id)!).sort((a, b) => b - a)
    const best = Math.min(
      d.mapping!.upper ?? Infinity,
      (most ? sorted.slice(0, most) : sorted).reduce((a, b) => a + b, 0),
    )
    const negative = ids.some((id) => points.get(id)! < 0)
    if (negative && (d.mapping!.lower ?? -1) < 0) problems.push('Nilai negatif menjadi nol.')
    const named: SetKey = {
      keys,
      points: Object.fromEntries(ids.map((id) => [codes.get(id)!, points.get(id)!] as const).filter(([, p]) => p !== 0)),
      best,
    }
    key = isOwnRule(ids, positive, points, best, own) ? { keys } : named
  }
  const samples: Pair[] = samplesOf(ids, rightIds)
    .filter((set) => !most || set.length <= most)
    .map((set) => ({ theirs: { [d.id]: set }, ours: set.map((id) => codes.get(id)!) }))
  const right = { [d.id]: most && rightIds.length > most ? rightIds.slice(0, most) : rightIds }
  let verdict = compare(scored, make(key), right, samples)
  if (verdict !== 'same') {
    for (const other of [{ keys }, { keys, rule: 'all' as const }]) {
      if (compare(scored, make(other), right, samples) === 'same') {
        key = other
        verdict = 'same'
        break
      }
    }
  }
  problems.push(...ruleProblem(scored, verdict, key.rule === 'all' ? 'benar semua atau nol' : 'nilai menurut pilihan yang benar'))
  return { key, problems }
}

/** Whether points are those of our own rule of the type: equal for keys, and what a wrong one costs takes back a right one. */
function isOwnRule(ids: string[], positive: string[], points: Map<string, number>, best: number, own: 'penalty' | 'share'): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) <= 2e-3 * Math.max(1, Math.abs(best))
  const each = points.get(positive[0]!)!
  if (!positive.every((id) => near(points.get(id)!, each)) || !near(best, each * positive.length)) return false
  const wrong = ids.filter((id) => !positive.includes(id))
  const cost = own === 'share' || !wrong.length ? 0 : -best / wrong.length
  return wrong.every((id) => near(points.get(id)!, cost))
}

/** Scores of single choices by asking the item's own rule, else its points, else its right answer. */
export function singleScores(
  scored: Scored,
  d: Declaration,
  ids: string[],
): { scores: Map<string, number>; problems: string[]; negative: boolean } {
  const asked = ids.map((id) => scoreOrNull(scored, { [d.id]: [id] }))
  const known = asked.every((s) => s !== null) && asked.some((s) => s! > 0)
  const declared = ids.map((id) =>
    d.mapping && (scoredByPoints(scored.item, d) || !d.correct.length) ? mapped(d.mapping, id) : d.correct.includes(id) ? 1 : 0,
  )
  const used = known ? (asked as number[]) : declared
  const hasRule = childNamed(scored.item, 'responseprocessing') !== undefined
  return {
    scores: new Map(ids.map((id, i) => [id, used[i]!])),
    problems: hasRule && !known ? ['Aturan penilaian butir ini tidak dikenal; di sini berlaku: kunci yang dinyatakan.'] : [],
    negative: used.some((s) => s < 0),
  }
}
