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
 * The same for a table whose row and column totals are both published: rows and columns in turn until nothing changes.
 * A column whose own total is hidden elsewhere (`hiddenColumns`) is hidden whole, or its cells would add up to it.
 */
export function hideTable(counts: number[][], threshold: number, hiddenColumns: boolean[] = []): boolean[][] {
  const hidden = counts.map((row) => row.map((n, c) => n > 0 && (n < threshold || hiddenColumns[c] === true)))
  for (;;) {
    let changed = false
    const put = (r: number, c: number, value: boolean) => {
      if (value && !hidden[r]![c]) {
        hidden[r]![c] = true
        changed = true
      }
    }
    counts.forEach((row, r) => hideSmall(row, threshold, hidden[r]).forEach((h, c) => put(r, c, h)))
    for (let c = 0; c < (counts[0]?.length ?? 0); c++) {
      hideSmall(
        counts.map((row) => row[c]!),
        threshold,
        hidden.map((row) => row[c]!),
      ).forEach((h, r) => put(r, c, h))
    }
    if (!changed) return hidden
  }
}
