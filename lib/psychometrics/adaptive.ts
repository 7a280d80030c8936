import { normalCdf } from './distributions'
import { itemInformation, type ItemParameters } from './parameters'
import { problem, value, type Outcome } from './problem'

export type BankItem = ItemParameters & { content: string }

export type NextItemRequest = {
  bank: readonly BankItem[]
  answered: readonly { id: string; response: number }[]
  /** Present estimate (the cut before the first answer). */
  theta: number
  /** Wanted share of each content; any positive unit. Contents without a share come last. */
  shares: Readonly<Record<string, number>>
  /** Share of past sittings in which an item was given, 0..1; absent = never. */
  exposure?: Readonly<Record<string, number>>
  /** Ceiling of the exposure, 0 < maxRate ≤ 1. */
  maxRate: number
  /** The first `items` items are drawn among the `top` most informative (default 5 and 5). */
  randomesque?: { top: number; items: number }
  /** Uniform in [0, 1); used once while randomesque, else never. */
  random: () => number
}

/** 'ceiling-lifted': every item left had reached its exposure ceiling, so the least exposed one was taken. */
export type NextItemReason = 'most-informative' | 'one-of-the-best' | 'ceiling-lifted'

/**
 * The next item of an adaptive test. Content first: the largest deficit share·(n + 1) − given (Kingsbury & Zara 1989, Applied
 * Measurement in Education 2, 359–375; ties by name), going on to the next content when one has no item left. Inside it only items
 * below their exposure ceiling are eligible (restricted maximum information, Revuelta & Ponsoda 1998; compared with
 * item-eligibility by Barrada, Abad & Veldkamp 2009, Psicothema 21, 313–320). Then the highest Fisher information at θ,
 * ties by lowest id, or one of the best at random early in the test. When every item left is at its ceiling, the
 * least exposed is taken, information deciding ties.
 * Problems: empty (bank, or nothing left), unknown-item (answered but not in the bank), out-of-range (θ, shares, maxRate).
 */
export function nextItem(request: NextItemRequest): Outcome<{ id: string; information: number; reason: NextItemReason }> {
  const { bank, answered, theta, shares, exposure = {}, maxRate, randomesque = { top: 5, items: 5 }, random } = request
  if (!bank.length) return problem('empty', 'The bank is empty.')
  if (!Number.isFinite(theta)) return problem('out-of-range', `θ = ${theta} is not a number.`)
  if (!(maxRate > 0 && maxRate <= 1)) return problem('out-of-range', `An exposure ceiling of ${maxRate} is not above 0 and up to 1.`)
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0)
  if (!(total > 0 && Number.isFinite(total)) || Object.values(shares).some((share) => share < 0))
    return problem('out-of-range', 'The content shares are not positive numbers.')

  const given = new Set(answered.map((a) => a.id))
  const counts = new Map<string, number>()
  const left: BankItem[] = []
  for (const item of bank) {
    if (!given.delete(item.id)) left.push(item)
    else counts.set(item.content, (counts.get(item.content) ?? 0) + 1)
  }
  for (const id of given) return problem('unknown-item', `The answered item ${id} is not in the bank.`)
  if (!left.length) return problem('empty', 'Every item of the bank has been given.')

  const rate = (item: BankItem) => exposure[item.id] ?? 0
  const allowed = left.filter((item) => rate(item) < maxRate)
  const content = neediest(allowed.length ? allowed : left, counts, answered.length, (name) => (shares[name] ?? 0) / total)
  const ranked = (allowed.length ? allowed : left)
    .filter((item) => item.content === content)
    .map((item) => ({ id: item.id, information: itemInformation(item, theta), rate: rate(item) }))
    .sort((x, y) => (allowed.length ? 0 : x.rate - y.rate) || y.information - x.information || (x.id < y.id ? -1 : 1))
  const draw = allowed.length > 0 && answered.length < randomesque.items && randomesque.top > 1
  const { id, information } = ranked[draw ? Math.floor(random() * Math.min(randomesque.top, ranked.length)) : 0]!
  return value({ id, information, reason: !allowed.length ? 'ceiling-lifted' : draw ? 'one-of-the-best' : 'most-informative' })
}

/** Content with the largest deficit among those that still have items; contents without a share only when no other is left. */
function neediest(items: readonly BankItem[], counts: Map<string, number>, n: number, share: (content: string) => number): string {
  const need = (content: string) => (share(content) > 0 ? share(content) * (n + 1) - (counts.get(content) ?? 0) : -Infinity)
  return [...new Set(items.map((item) => item.content))].reduce((best, content) => {
    const [x, y] = [need(content), need(best)]
    return x > y || (x === y && content < best) ? content : best
  })
}

export type StopRequest = {
  /** How many items were answered. */
  answered: number
  se: number
  theta: number
  /** Cut in θ units; without one, only precision counts. */
  cut?: number
  minItems?: number
  maxItems?: number
  targetSe?: number
  pCorrect?: number
}

/**
 * Whether an adaptive test ends: never before `minItems` (20), always at `maxItems` (40); between them when the SE is below
 * `targetSe` (0.30) and, with a cut, the decision is right with probability Φ(|θ − cut|/se) ≥ `pCorrect` (0.90).
 * An SE that is not a positive number counts as imprecise.
 */
export function shouldStop(request: StopRequest): {
  stop: boolean
  reason: 'too-short' | 'longest' | 'imprecise' | 'near-the-cut' | 'precise'
} {
  const { answered, se, theta, cut, minItems = 20, maxItems = 40, targetSe = 0.3, pCorrect = 0.9 } = request
  if (answered >= maxItems) return { stop: true, reason: 'longest' }
  if (answered < minItems) return { stop: false, reason: 'too-short' }
  if (!(se > 0 && se < targetSe)) return { stop: false, reason: 'imprecise' }
  if (cut !== undefined && !(normalCdf(Math.abs(theta - cut) / se) >= pCorrect)) return { stop: false, reason: 'near-the-cut' }
  return { stop: true, reason: 'precise' }
}
