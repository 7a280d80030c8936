import { Span } from './span'

/** Small groups are hidden, and so is whatever would give a hidden one away by subtraction. Pure. */

/** Marks which cells of one row or column with a published total must be hidden. `n` 0 means nothing to hide. */
export function hideSmall(counts: number[], threshold: number, already: boolean[] = []): boolean[] {
  const hidden = counts.map((n, i) => already[i] === true || (n > 0 && n < threshold))
  const order = counts
    .map((n, i) => [n, i] as const)
    .filter(([n, i]) => n > 0 && !hidden[i])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
  for (;;) {
    const held = counts.filter((_, i) => hidden[i])
    const sum = held.reduce((a, b) => a + b, 0)
    if (held.length === 0 || (held.length >= 2 && sum >= threshold)) return hidden
    const next = order.shift()
    if (!next) return hidden
    hidden[next[1]] = true
  }
}

/**
 * The same for a table that stands alone and whose row and column totals are both published: rows and columns in turn, and any cell that
 * the rest of the table would still tell, until nothing changes. A column whose own total is hidden elsewhere (`hiddenColumns`) is hidden
 * whole, or its cells would add up to it. Tables that are read together are decided by `publishJointly`.
 */
export function hideTable(counts: number[][], threshold: number, hiddenColumns: boolean[] = []): boolean[][] {
  const hidden = counts.map((row) => row.map((n, c) => n > 0 && (n < threshold || hiddenColumns[c] === true)))
  const columns = (counts[0] ?? []).map((_, c) => c)
  for (;;) {
    let changed = false
    const put = (r: number, c: number) => {
      if (hidden[r]![c]) return
      hidden[r]![c] = true
      changed = true
    }
    counts.forEach((row, r) => hideSmall(row, threshold, hidden[r]).forEach((h, c) => h && put(r, c)))
    for (const c of columns) {
      const [line, already] = [counts.map((row) => row[c]!), hidden.map((row) => row[c]!)]
      hideSmall(line, threshold, already).forEach((h, r) => h && put(r, c))
    }
    if (!changed) {
      const next = stillTold(counts, hidden, hiddenColumns)
      if (!next) return hidden
      put(...next)
    }
  }
}

/** The smallest shown cell beside a hidden one that totals and shown cells still tell; null where no hidden cell is told, or nothing is left to hide. */
function stillTold(counts: number[][], hidden: boolean[][], hiddenColumns: boolean[]): [number, number] | null {
  const width = counts[0]?.length ?? 0
  const places = counts.flatMap((row, r) => row.map((n, c) => ({ n, r, c })))
  const span = new Span(places.length)
  const know = (of: typeof places) => span.take(span.residual(of.map(({ r, c }) => [r * width + c, 1] as const)))
  for (const p of places) if (!hidden[p.r]![p.c]) know([p])
  counts.forEach((_, r) => know(places.filter((p) => p.r === r)))
  for (let c = 0; c < width; c++) if (!hiddenColumns[c]) know(places.filter((p) => p.c === c))
  const told = places.filter((p) => hidden[p.r]![p.c] && span.isZero(span.residual([[p.r * width + p.c, 1]])))
  const beside = places.filter((p) => p.n > 0 && !hidden[p.r]![p.c] && told.some((t) => t.r === p.r || t.c === p.c))
  const least = beside.sort((x, y) => x.n - y.n)[0]
  return least ? [least.r, least.c] : null
}
