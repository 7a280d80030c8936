/** A line of an outline: a node of the competency framework, or a content domain. Codes are for ever; titles may be made clearer. */
export type OutlineLine = { code: string; title: string; retired: boolean }

export type OutlineChange =
  | { kind: 'added'; code: string; to: string }
  | { kind: 'retitled'; code: string; from: string; to: string }
  | { kind: 'retired' | 'restored'; code: string; to: string }

/** What one version of an outline changed against the one before, in the order of the codes. */
export function changesBetween(before: readonly OutlineLine[], after: readonly OutlineLine[]): OutlineChange[] {
  const old = new Map(before.map((l) => [l.code, l]))
  return after.flatMap((l): OutlineChange[] => {
    const was = old.get(l.code)
    if (!was) return [{ kind: 'added', code: l.code, to: l.title }]
    return [
      ...(was.title === l.title ? [] : [{ kind: 'retitled' as const, code: l.code, from: was.title, to: l.title }]),
      ...(was.retired === l.retired ? [] : [{ kind: l.retired ? ('retired' as const) : ('restored' as const), code: l.code, to: l.title }]),
    ]
  })
}

/** The next free code below a node of the framework: codes are never used twice, not even those of retired nodes. */
export function nextCode(parent: string, codes: readonly string[]): string {
  const own = codes.filter((c) => c.startsWith(`${parent}.`) && c.split('.').length === parent.split('.').length + 1)
  return `${parent}.${1 + Math.max(0, ...own.map((c) => Number(c.split('.').at(-1))))}`
}
