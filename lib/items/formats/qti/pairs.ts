import type { Block, ItemScoring } from '../../model'
import { orderingItem } from '../../ordering'
import { MOST_OPTIONS, Refused } from '../read'
import { allNamed, attr, childrenNamed, type Element } from '../xml'
import { mapped, type Declaration } from './declarations'
import { optionsOf, type Built, type Inside } from './choices'
import { scoredByPoints, setKeyOf } from './sets'
import { compare, ruleProblem } from './verify'

const limit = (e: Element): number => Number(attr(e, 'matchMax') ?? 1)

export function match(interaction: Element, d: Declaration, stem: Block[], { scored, inline, label }: Inside): Built {
  const [left, right] = childrenNamed(interaction, 'simplematchset')
  if (!left || !right) throw new Refused('Butir menjodohkan ini tidak mempunyai dua daftar.')
  const sources = allNamed(left, 'simpleassociablechoice')
  const targets = allNamed(right, 'simpleassociablechoice')
  if (sources.length > MOST_OPTIONS) throw new Refused(`Butir ini mempunyai lebih dari ${MOST_OPTIONS} pernyataan.`)
  const premises = sources.map((e, i) => ({ id: String(i + 1), body: inline(e), theirs: attr(e, 'identifier') ?? '' }))
  const { options: choices, codes } = optionsOf(targets, inline)
  const many = sources.some((e) => limit(e) !== 1)

  const truth = choices.length === 2 && !many ? truthTable(d, premises, [...codes.keys()]) : null
  if (truth && (label === 'truefalse' || scoredByPoints(scored.item, d))) {
    const [yes, no] = [...codes.keys()] as [string, string]
    const scoring: ItemScoring = { type: 'truefalse', keys: truth }
    const all = Object.entries(truth)
    const pair = (id: string, value: boolean) => `${premises[Number(id) - 1]!.theirs} ${value ? yes : no}`
    const samples = all.map((_, wrong) => ({
      theirs: { [d.id]: all.map(([id, v], i) => pair(id, i === wrong ? !v : v)) },
      ours: Object.fromEntries(all.map(([id, v], i) => [id, i === wrong ? !v : v])),
    }))
    if (compare(scored, scoring, { [d.id]: all.map(([id, v]) => pair(id, v)) }, samples) === 'same') {
      const labels = choices.map((c) => c.body.map((n) => ('v' in n ? n.v : '')).join('')) as [string, string]
      return {
        content: { type: 'truefalse', stem, statements: premises.map(({ id, body }) => ({ id, body })), labels },
        scoring,
        problems: [],
      }
    }
  }

  const pairs = new Map(premises.flatMap((p) => [...codes].map(([theirs, ours]) => [`${p.theirs} ${theirs}`, `${p.id}-${ours}`] as const)))
  const { key, problems } = setKeyOf(
    scored,
    d,
    { codes: pairs, most: Number(attr(interaction, 'maxAssociations') ?? 0) || 0, own: 'share' },
    (k) => ({
      type: 'matching',
      ...k,
    }),
  )
  return {
    content: {
      type: 'matching',
      stem,
      premises: premises.map(({ id, body }) => ({ id, body })),
      choices,
      ...(many ? { many: true as const } : {}),
    },
    scoring: { type: 'matching', ...key },
    problems,
  }
}

/** The truth of every row of a two-column table, when each row has exactly one right column. */
function truthTable(d: Declaration, premises: { id: string; theirs: string }[], [yes, no]: string[]): Record<string, boolean> | null {
  const right = (pair: string) => (d.correct.length ? d.correct.includes(pair) : d.mapping ? mapped(d.mapping, pair) > 0 : false)
  const out: Record<string, boolean> = {}
  for (const p of premises) {
    const [a, b] = [right(`${p.theirs} ${yes}`), right(`${p.theirs} ${no}`)]
    if (a === b) return null
    out[p.id] = a
  }
  return out
}

/** Pairs within one list become two lists: those that stand first in a right pair, and all others. */
export function associate(interaction: Element, d: Declaration, stem: Block[], { scored, inline }: Inside): Built {
  const elements = allNamed(interaction, 'simpleassociablechoice')
  const id = (e: Element) => attr(e, 'identifier') ?? ''
  const right = d.correct.length ? d.correct : (d.mapping?.entries.filter((e) => e.value > 0).map((e) => e.key) ?? [])
  const first = new Set(right.map((p) => p.split(' ')[0]!))
  if (!right.length || right.some((p) => first.has(p.split(' ')[1]!)))
    throw new Refused('Pasangan butir ini tidak dapat dipisahkan menjadi dua daftar.')
  const left = elements.filter((e) => first.has(id(e)))
  const { options: choices, codes } = optionsOf(
    elements.filter((e) => !first.has(id(e))),
    inline,
  )
  const premises = left.map((e, i) => ({ id: String(i + 1), body: inline(e) }))
  const pairs = new Map(left.flatMap((e, i) => [...codes].map(([theirs, ours]) => [`${id(e)} ${theirs}`, `${i + 1}-${ours}`] as const)))
  const many = left.some((e) => right.filter((p) => p.startsWith(`${id(e)} `)).length > 1)
  const { key, problems } = setKeyOf(scored, d, { codes: pairs, most: 0, own: 'share' }, (k) => ({ type: 'matching', ...k }))
  return {
    content: { type: 'matching', stem, premises, choices, ...(many ? { many: true as const } : {}) },
    scoring: { type: 'matching', ...key },
    problems: ['Satu daftar pasangan menjadi dua daftar.', ...problems],
  }
}

export function order(interaction: Element, d: Declaration, stem: Block[], { scored, inline }: Inside): Built {
  const elements = allNamed(interaction, 'simplechoice')
  const byId = new Map(elements.map((e) => [attr(e, 'identifier') ?? '', inline(e)]))
  if (!d.correct.length) throw new Refused('Butir ini tidak menyebut urutan yang benar.')
  if (d.correct.length !== byId.size || d.correct.some((c) => !byId.has(c)))
    throw new Refused('Urutan yang benar tidak memuat setiap langkah satu kali; mengurutkan sebagian belum didukung.')
  const built = orderingItem(
    stem,
    d.correct.map((c) => byId.get(c)!),
  )
  const code = (theirs: string) => built.scoring.order[d.correct.indexOf(theirs)]!
  const swapped = [...d.correct]
  swapped.push(swapped.shift()!)
  const samples = [d.correct, swapped, [...d.correct].reverse()].map((o) => ({ theirs: { [d.id]: o }, ours: o.map(code) }))
  const verdict = compare(scored, built.scoring, { [d.id]: d.correct }, samples)
  return { ...built, problems: ruleProblem(scored, verdict, 'urutan benar semua atau nol') }
}
