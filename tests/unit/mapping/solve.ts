/** What somebody finds who adds and subtracts all numbers that were read. Pure, and written apart from the code that it attacks. */

/** A number that was read, or that was not to be read. `of`: the quantity whose sum over `people` it tells. */
export type Reading<Person> = { of: string; people: readonly Person[]; hidden: boolean; where: string }

/** An odd prime, another than the product's. */
const P = 33_554_393
const mod = (x: number) => {
  const r = x % P
  return r < 0 ? r + P : r
}
function inverse(a: number): number {
  let [r, s, x, y] = [P, a, 0, 1]
  while (s) [r, s, x, y] = [s, r % s, y, x - Math.floor(r / s) * y]
  return mod(x)
}

export type System = { columns: number; sizes: number[]; shown: number[][]; hidden: { at: number[]; n: number; where: string }[] }

/** The readings of one quantity as a system: people whom no reading tells apart are one unknown. */
export function systemOf<Person>(readings: readonly Reading<Person>[]): System {
  const marks = new Map<Person, number[]>()
  const unique = new Map<readonly Person[], number>()
  readings.forEach((r) => {
    if (!unique.has(r.people)) {
      const id = unique.size
      unique.set(r.people, id)
      for (const s of r.people) marks.set(s, [...(marks.get(s) ?? []), id])
    }
  })
  const columns = new Map<string, number>()
  const sizes: number[] = []
  const column = new Map<Person, number>()
  for (const [s, ids] of marks) {
    const name = ids.join()
    const c = columns.get(name) ?? columns.size
    columns.set(name, c)
    sizes[c] = (sizes[c] ?? 0) + 1
    column.set(s, c)
  }
  const shown = new Map<string, number[]>()
  const hidden = new Map<string, System['hidden'][number]>()
  for (const r of readings) {
    if (!r.people.length) continue
    const at = [...new Set(r.people.map((s) => column.get(s)!))].sort((a, b) => a - b)
    if (r.hidden) hidden.set(at.join(), { at, n: r.people.length, where: r.where })
    else shown.set(at.join(), at)
  }
  return { columns: columns.size, sizes, shown: [...shown.values()], hidden: [...hidden.values()] }
}

/** Which hidden sums are sums and differences of shown ones. */
export function determined(system: System): System['hidden'] {
  const rows: { pivot: number; v: Float64Array }[] = []
  const reduced = (at: readonly number[]) => {
    const v = new Float64Array(system.columns)
    for (const i of at) v[i] = 1
    for (const row of rows) {
      const f = v[row.pivot]!
      if (f) for (let i = 0; i < v.length; i++) if (row.v[i]) v[i] = mod(v[i]! - ((f * row.v[i]!) % P))
    }
    return v
  }
  for (const at of [...system.shown].sort((a, b) => a.length - b.length)) {
    const v = reduced(at)
    const pivot = v.findIndex((x) => x !== 0)
    if (pivot < 0) continue
    const scale = inverse(v[pivot]!)
    rows.push({ pivot, v: v.map((x) => (x * scale) % P) })
  }
  return system.hidden.filter((h) => reduced(h.at).every((x) => x === 0))
}

/** How many different hidden sums there are of each quantity, and how many of them are known to whoever adds and subtracts. */
export function solved<Person>(
  readings: readonly Reading<Person>[],
): { of: string; shown: number; hidden: number; determined: number; examples: string[] }[] {
  return [...new Set(readings.map((r) => r.of))].map((of) => {
    const system = systemOf(readings.filter((r) => r.of === of))
    const found = determined(system)
    return {
      of,
      shown: system.shown.length,
      hidden: system.hidden.length,
      determined: found.length,
      examples: found.slice(0, 5).map((f) => f.where),
    }
  })
}
