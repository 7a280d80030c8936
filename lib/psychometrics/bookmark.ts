import { cutSummary, type CutSummary } from './angoff'
import { probabilities, type ItemParameters } from './parameters'
import { problem, value, type Outcome } from './problem'

/** One page of the ordered item book: threshold `category` (1 … m) of an item and its location in θ. */
export type BookmarkLocation = { id: string; category: number; location: number }

/**
 * Which θ a bookmark stands for. A judge puts the bookmark on the first page the borderline candidate does NOT master at the
 * response probability: 'first-not-mastered' takes the location of that page, 'last-mastered' of the page before it.
 */
export type BookmarkConvention = 'last-mastered' | 'first-not-mastered'

/** Highest |θ| a location may take before it counts as unreachable. */
const LIMIT = 100

/**
 * The ordered item book: θ where P(X ≥ k) = `rp`, ascending (ties by id, then category). Binary and graded items in closed form,
 * b + logit(rp)/a, with guessing logit((rp − c)/(1 − c)); partial credit by bisection.
 * Mitzel, Lewis, Patz & Green 2001; Huynh 2006 (Educational Measurement 25(2), 19–20) for RP = 2/3.
 * Problems: empty; out-of-range (rp outside 0..1 or not above the guessing parameter, slope not positive, no location within ±100).
 */
export function bookmarkLocations(items: readonly ItemParameters[], rp = 2 / 3): Outcome<BookmarkLocation[]> {
  if (!items.length) return problem('empty', 'There are no items.')
  if (!(rp > 0 && rp < 1)) return problem('out-of-range', `A response probability of ${rp} is not between 0 and 1.`)
  const book: BookmarkLocation[] = []
  for (const item of items) {
    if (!(item.a > 0)) return problem('out-of-range', `Item ${item.id} has the slope ${item.a}; it must be above 0.`)
    for (let k = 1; k <= item.d.length; k++) {
      const location = locate(item, k, rp)
      if (!(Math.abs(location) < LIMIT))
        return problem('out-of-range', `Item ${item.id} never reaches a probability of ${rp} for category ${k}.`)
      book.push({ id: item.id, category: k, location })
    }
  }
  return value(book.sort((x, y) => x.location - y.location || (x.id < y.id ? -1 : x.id > y.id ? 1 : x.category - y.category)))
}

/** θ with P(X ≥ k) = rp; not finite or at the limit where there is none. */
function locate(item: ItemParameters, k: number, rp: number): number {
  if (item.model !== 'pcm' && item.model !== 'gpcm') {
    const share = (rp - item.c) / (1 - item.c)
    return share > 0 ? (Math.log(share / (1 - share)) - item.d[k - 1]!) / item.a : Infinity
  }
  let [low, high] = [-LIMIT, LIMIT]
  for (let step = 0; step < 70; step++) {
    const middle = (low + high) / 2
    const reached = probabilities(item, middle).reduce((sum, p, at) => (at >= k ? sum + p : sum), 0)
    if (reached < rp) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/**
 * Cuts in θ from the `pages` (1 = first page, locations.length + 1 = after the last) on which the judges put their bookmark,
 * `locations` in book order. Problems: empty, too-few (under 2 judges), out-of-range (no such page, or, for 'last-mastered',
 * no page before it).
 */
export function bookmarkCut(
  pages: readonly number[],
  locations: readonly BookmarkLocation[],
  convention: BookmarkConvention,
): Outcome<{ judges: number[] } & CutSummary> {
  if (!locations.length) return problem('empty', 'The item book has no pages.')
  const judges: number[] = []
  for (const [at, page] of pages.entries()) {
    const found = locations[convention === 'first-not-mastered' ? page - 1 : page - 2]
    if (!found) return problem('out-of-range', `Judge ${at + 1}: a bookmark on page ${page} names no item under the rule ${convention}.`)
    judges.push(found.location)
  }
  const summary = cutSummary(judges)
  return summary.ok ? value({ judges, ...summary.value }) : summary
}
