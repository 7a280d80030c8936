import { normalQuadrature, type Quadrature } from './nodes'
import { haebaraLoss, link, stockingLordLoss, type Anchor, type Link } from './linking'
import { locations } from './parameters'
import { problem, value, type Outcome } from './problem'

/** Links of two calibrations with unit slopes (rasch, pcm): θ_to = θ_from + B. The slope is 1 by the model, so only B is sought. */
export const shiftMethods = ['mean', 'weighted', 'haebara', 'stocking-lord'] as const
export type ShiftMethod = (typeof shiftMethods)[number]

const RATIO = (Math.sqrt(5) - 1) / 2
const REACH = 4

/** Lowest point of a function with one valley on [low, high], by golden section to 1e-7. */
function valley(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high]
  let [c, d] = [b - RATIO * (b - a), a + RATIO * (b - a)]
  let [fc, fd] = [f(c), f(d)]
  while (b - a > 1e-7) {
    if (fc < fd) {
      ;[b, d, fd] = [d, c, fc]
      c = b - RATIO * (b - a)
      fc = f(c)
    } else {
      ;[a, c, fc] = [c, d, fd]
      d = a + RATIO * (b - a)
      fd = f(d)
    }
  }
  return (a + b) / 2
}

/**
 * The shift B by one method. 'mean': mean difference of all locations; 'weighted': item differences weighted by `precisions`
 * (1/variance of each anchor's difference); 'haebara' and 'stocking-lord': their losses with the slope held at 1.
 * Problems: no anchor, an infinite location, weights that do not fit.
 */
export function linkShift(
  anchors: readonly Anchor[],
  method: ShiftMethod,
  precisions?: readonly number[],
  weights: Quadrature = normalQuadrature(),
): Outcome<Link> {
  const mean = link(
    anchors.map(({ from, to }) => ({ from: { ...from, a: 1 }, to: { ...to, a: 1 } })),
    'mean-mean',
  )
  if (!mean.ok || method === 'mean') return mean
  if (method === 'weighted') {
    if (precisions?.length !== anchors.length || precisions.some((w) => !(w > 0 && Number.isFinite(w))))
      return problem('out-of-range', 'Each anchor needs a precision above 0.')
    const sum = precisions.reduce((s, w) => s + w, 0)
    const centre = (b: number[]) => b.reduce((s, v) => s + v, 0) / b.length
    return value({
      A: 1,
      B: anchors.reduce((s, x, j) => s + precisions[j]! * (centre(locations(x.to)) - centre(locations(x.from))), 0) / sum,
    })
  }
  const loss = (method === 'haebara' ? haebaraLoss : stockingLordLoss)(anchors, weights)
  return value({ A: 1, B: valley((B) => loss({ A: 1, B }), mean.value.B - REACH, mean.value.B + REACH) })
}
