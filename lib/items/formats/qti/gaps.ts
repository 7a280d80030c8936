import type { Block, Gap, GapKey, ItemScoring, ResponseValue } from '../../model'
import { worthOf } from '../../types/gap-writing'
import { Refused } from '../read'
import { allNamed, attr, childNamed, elementsOf, nameOf, textOf, type Element } from '../xml'
import type { Declaration } from './declarations'
import { optionsOf, type Built, type Inside } from './choices'
import { compare, ruleProblem, scoreOrNull, type Pair } from './verify'

/** One place for an answer: ours, its key, and for choices their identifiers. */
type Read = { gap: Gap; key: GapKey; d: Declaration; theirs: (ours: string) => string; right: string; wrong: string }

const isNumber = (d: Declaration) => d.baseType === 'integer' || d.baseType === 'float'

/** Constants that a processing compares this response with, and the tolerance that it allows. */
function comparedWith(item: Element, id: string): { value: string; tolerance: (v: number) => [number, number]; exact: boolean | null }[] {
  const processing = childNamed(item, 'responseprocessing')
  if (!processing) return []
  return allNamed(processing, 'equal', 'equalrounded', 'stringmatch', 'match').flatMap((e) => {
    if (!allNamed(e, 'variable').some((v) => attr(v, 'identifier') === id)) return []
    const [down = 0, up = down] = (attr(e, 'tolerance') ?? '').split(/\s+/).filter(Boolean).map(Number)
    const mode = attr(e, 'toleranceMode') ?? 'exact'
    const tolerance = (v: number): [number, number] =>
      mode === 'absolute' ? [down, up] : mode === 'relative' ? [Math.abs(v) * (down / 100), Math.abs(v) * (up / 100)] : [0, 0]
    const exact = nameOf(e) === 'stringmatch' ? attr(e, 'caseSensitive') !== 'false' : null
    const values = allNamed(e, 'basevalue').map(textOf)
    return (values.length ? values : ['']).map((value) => ({ value, tolerance, exact }))
  })
}

function textKey(
  scored: Inside['scored'],
  d: Declaration,
  alone: boolean,
  element: Element,
): { key: GapKey; right: string; wrong: string } {
  const compared = comparedWith(scored.item, d.id)
  const candidates = [
    ...new Set([...d.correct, ...(d.mapping?.entries.filter((e) => e.value > 0).map((e) => e.key) ?? []), ...compared.map((c) => c.value)]),
  ].filter(Boolean)
  if (!candidates.length) throw new Refused('Butir ini tidak menyebut jawaban yang benar, sehingga tidak dapat dinilai.')
  const best = alone ? Math.max(0, ...candidates.map((c) => scoreOrNull(scored, { [d.id]: [c] }) ?? 0)) : 0
  const highest = Math.max(0, ...(d.mapping?.entries.map((e) => e.value) ?? []))
  const creditOf = (c: string): number => {
    if (best > 0) return Math.max(0, (scoreOrNull(scored, { [d.id]: [c] }) ?? 0) / best)
    const entry = d.mapping?.entries.find((e) => e.key === c)
    return entry && highest > 0 ? Math.max(0, entry.value / highest) : d.correct.includes(c) || !d.mapping ? 1 : 0
  }
  const credited = candidates.map((c) => ({ c, credit: Math.round(creditOf(c) * 1e6) / 1e6 })).filter((x) => x.credit > 0)
  const sorted = credited.sort((a, b) => b.credit - a.credit)
  if (!sorted.length) throw new Refused('Tidak satu pun jawaban yang dinyatakan mendapat nilai.')
  if (isNumber(d)) {
    const answers = sorted.map(({ c, credit }) => {
      const v = Number(c)
      if (!Number.isFinite(v)) throw new Refused(`Jawaban angka "${c.slice(0, 30)}" bukan angka.`)
      const own = compared.find((x) => x.value === c) ?? compared.find((x) => x.value === '')
      const [down, up] = own?.tolerance(v) ?? [0, 0]
      return { value: v + (up - down) / 2, tolerance: (up + down) / 2, credit }
    })
    const units = attr(element, 'dataUnits')?.split('|').filter(Boolean)
    return {
      key: { kind: 'number', answers, ...(units?.length ? { units } : {}) },
      right: sorted[0]!.c,
      wrong: String(Number(sorted[0]!.c) * 3 + 1017),
    }
  }
  const exactOf = (c: string): boolean => {
    const entry = d.mapping?.entries.find((e) => e.key === c)
    if (entry) return entry.caseSensitive
    return !compared.some((x) => x.exact === false && (x.value === c || x.value === ''))
  }
  return {
    key: { kind: 'text', answers: sorted.map(({ c, credit }) => ({ text: c, credit, ...(exactOf(c) ? { exact: true as const } : {}) })) },
    right: sorted[0]!.c,
    wrong: 'zzzz',
  }
}

function choiceKey(
  scored: Inside['scored'],
  d: Declaration,
  codes: Map<string, string>,
  alone: boolean,
): { key: GapKey; right: string; wrong: string } {
  const ids = [...codes.keys()]
  const asked = alone ? ids.map((id) => scoreOrNull(scored, { [d.id]: [id] }) ?? 0) : []
  const best = Math.max(0, ...asked)
  const highest = Math.max(0, ...(d.mapping?.entries.map((e) => e.value) ?? []))
  const credit = (id: string, i: number) =>
    best > 0
      ? asked[i]! / best
      : d.mapping && highest > 0
        ? (d.mapping.entries.find((e) => e.key === id)?.value ?? 0) / highest
        : d.correct.includes(id)
          ? 1
          : 0
  const credits = Object.fromEntries(ids.map((id, i) => [codes.get(id)!, credit(id, i)] as const).filter(([, c]) => c > 0))
  const right = ids.find((id) => credits[codes.get(id)!] === 1)
  if (!right) throw new Refused('Butir ini tidak menyebut jawaban yang benar, sehingga tidak dapat dinilai.')
  return { key: { kind: 'choice', credits }, right, wrong: ids.find((id) => !credits[codes.get(id)!]) ?? '' }
}

/** Text entries and inline choices, one or many. `stem` holds their places, numbered in reading order. */
export function gaps(
  interactions: Element[],
  stem: Block[],
  declarations: Map<string, Declaration>,
  { scored, inline, label }: Inside,
): Built {
  const alone = interactions.length === 1
  const read = interactions.map((e, i): Read => {
    const d = declarations.get(attr(e, 'responseIdentifier') ?? '')
    if (!d) throw new Refused('Satu isian tidak mempunyai deklarasi jawaban.')
    const id = String(i + 1)
    if (nameOf(e) === 'inlinechoiceinteraction') {
      const { options, codes } = optionsOf(allNamed(e, 'inlinechoice'), inline)
      const back = new Map([...codes].map(([a, b]) => [b, a]))
      return { gap: { id, kind: 'choice', options }, d, theirs: (ours) => back.get(ours) ?? ours, ...choiceKey(scored, d, codes, alone) }
    }
    return { gap: { id, kind: isNumber(d) ? 'number' : 'text' }, d, theirs: (ours) => ours, ...textKey(scored, d, alone, e) }
  })
  return assemble(read, stem, scored, { label, element: interactions[0]! })
}

function assemble(read: Read[], stem: Block[], scored: Inside['scored'], { label, element }: { label: string; element: Element }): Built {
  const only = read.length === 1 ? read[0]! : null
  const type =
    only && only.gap.kind !== 'choice' && !label.startsWith('cloze') ? (only.gap.kind === 'number' ? 'numeric' : 'short') : 'cloze'
  const keys = Object.fromEntries(read.map((r) => [r.gap.id, r.key]))
  const ours = (r: Read, theirs: string) =>
    r.gap.kind === 'choice' ? (r.gap.options.find((o) => r.theirs(o.id) === theirs)?.id ?? theirs) : theirs
  const response = (pick: (r: Read, i: number) => string | null): Pair => ({
    theirs: Object.fromEntries(read.flatMap((r, i) => (pick(r, i) === null ? [] : [[r.d.id, [pick(r, i)!]]]))),
    ours: Object.fromEntries(read.flatMap((r, i) => (pick(r, i) === null ? [] : [[r.gap.id, ours(r, pick(r, i)!)]]))) as ResponseValue,
  })
  const samples = [
    response((r) => r.right),
    response((r) => r.wrong),
    ...read.map((_, k) => response((r, i) => (i === k ? r.wrong : r.right))),
    ...read.map((_, k) => response((r, i) => (i === k ? r.right : null))),
  ]
  const right = samples[0]!.theirs
  const make = (named: { rule?: 'all'; worth?: Record<string, number> } = {}): ItemScoring => ({ type, gaps: keys, ...named })
  const rules = only
    ? [{}]
    : [
        {},
        { rule: 'all' as const },
        weights(
          scored,
          read.map((r) => response((x) => (x === r ? r.right : null)).theirs),
          right,
        ),
      ]
  const verdicts = rules.map((r) => compare(scored, make(r), right, samples))
  const same = verdicts.indexOf('same')
  const key = only?.key
  const unit = type === 'numeric' && key?.kind === 'number' && key.units?.[0] ? { unit: key.units[0] } : {}
  const problems = ruleProblem(
    scored,
    same < 0 ? verdicts[0]! : 'same',
    only ? 'benar menurut kunci yang dinyatakan' : 'bagian isian yang benar',
  )
  if (attr(element, 'patternMask')) problems.push('Pola isian (pattern mask) tidak ikut.')
  return {
    content: { type, stem, gaps: read.map((r) => r.gap), ...unit, ...(label === 'cloze once' ? { once: true as const } : {}) },
    scoring: make(rules[Math.max(0, same)]),
    problems,
  }
}

/** Texts to be put into gaps: each gap becomes a choice among all texts. `stem` holds the gaps' places by `numbers`. */
export function gapMatch(
  interaction: Element,
  d: Declaration,
  stem: Block[],
  { scored, inline }: Inside,
  numbers: Map<string, string>,
): Built {
  if (allNamed(interaction, 'gapimg').length) throw new Refused('Gambar sebagai pengisi rumpang belum didukung.')
  const texts = allNamed(interaction, 'gaptext')
  const { options, codes } = optionsOf(texts, inline)
  const problems: string[] = []
  const points = d.mapping?.entries.filter((e) => e.value > 0) ?? []
  const right = d.correct.length ? d.correct : points.map((e) => e.key)
  const highestOf = (gap: string) => Math.max(0, ...points.filter((e) => e.key.endsWith(` ${gap}`)).map((e) => e.value))
  const credits: Record<string, Record<string, number>> = {}
  for (const pair of [...new Set([...right, ...points.map((e) => e.key)])]) {
    const [text, gap] = pair.split(' ') as [string, string]
    const [letter, number] = [codes.get(text), numbers.get(gap)]
    if (!letter || !number) continue
    const entry = points.find((e) => e.key === pair)
    ;(credits[number] ??= {})[letter] = entry ? entry.value / highestOf(gap) : d.mapping && points.length ? 0 : 1
  }
  const missing = [...numbers.values()].filter((n) => !credits[n])
  if (missing.length) throw new Refused('Satu rumpang tidak mempunyai jawaban yang benar.')
  const gapList: Gap[] = [...numbers.values()].map((id) => ({ id, kind: 'choice', options }))
  const keys = Object.fromEntries(gapList.map((g) => [g.id, { kind: 'choice' as const, credits: credits[g.id]! }]))
  const once = texts.every((t) => Number(attr(t, 'matchMax') ?? 1) === 1)
  const back = new Map([...numbers].map(([a, b]) => [b, a]))
  const toTheirs = new Map([...codes].map(([a, b]) => [b, a]))
  const best = Object.fromEntries(gapList.map((g) => [g.id, Object.entries(credits[g.id]!).sort((a, b) => b[1] - a[1])[0]![0]]))
  const pairOf = (given: Record<string, string>): Pair => ({
    theirs: { [d.id]: Object.entries(given).map(([g, letter]) => `${toTheirs.get(letter)} ${back.get(g)}`) },
    ours: given,
  })
  const without = (g: Gap) => Object.fromEntries(Object.entries(best).filter(([id]) => id !== g.id))
  const wrongFor = (g: Gap) => options.find((o) => !(o.id in credits[g.id]!) && !Object.values(best).includes(o.id))?.id
  const spoiled = gapList.flatMap((g) => (wrongFor(g) ? [{ ...best, [g.id]: wrongFor(g)! }] : []))
  const samples = [best, ...gapList.map(without), ...spoiled].map(pairOf)
  const make = (named: { rule?: 'all'; worth?: Record<string, number> } = {}): ItemScoring => ({ type: 'cloze', gaps: keys, ...named })
  const right1 = pairOf(best).theirs
  const rules = [
    {},
    { rule: 'all' as const },
    weights(
      scored,
      gapList.map((g) => pairOf({ [g.id]: best[g.id]! }).theirs),
      right1,
    ),
  ]
  const verdicts = rules.map((r) => compare(scored, make(r), right1, samples))
  const same = verdicts.indexOf('same')
  problems.push(...ruleProblem(scored, same < 0 ? verdicts[0]! : 'same', 'bagian rumpang yang benar'))
  return {
    content: { type: 'cloze', stem, gaps: gapList, ...(once ? { once: true as const } : {}) },
    scoring: make(rules[Math.max(0, same)]),
    problems,
  }
}

/** What each gap alone is worth, as a share of all right together. */
function weights(scored: Inside['scored'], alone: Pair['theirs'][], all: Pair['theirs']): { worth?: Record<string, number> } {
  const total = scoreOrNull(scored, all) ?? 0
  const each = alone.map((theirs) => scoreOrNull(scored, theirs) ?? 0)
  if (total <= 0 || each.some((w) => w <= 0)) return {}
  return worthOf(each)
}

/** Whether an element holds nothing but one place for an answer. */
export function isLonePlace(element: Element, interaction: Element): boolean {
  return (
    elementsOf(element).length === 1 &&
    elementsOf(element)[0] === interaction &&
    !(element.textContent ?? '').replace(interaction.textContent ?? '', '').trim()
  )
}
