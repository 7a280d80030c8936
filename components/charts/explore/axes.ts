import { extent, named, ticks, widen } from '../scale'

/** An axis with round ends and ticks for these values. */
export function axisFor(name: string, values: number[], wanted = 5) {
  const span = widen(extent(values), wanted)
  return { name, span, ticks: named(ticks(span, wanted), (v) => v).map(({ at, name: words }) => ({ at, name: words })) }
}
