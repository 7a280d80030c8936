import { LIKERT_SCALE, plainText, type Block, type Inline, type ItemContent, type ItemScoring, type Option, type SetKey } from '../../model'
import { hotIds } from '../../hot'
import { letterAt, MOST_OPTIONS, Refused } from '../read'
import { allNamed, attr, childNamed, childrenOf, nameOf, type Element } from '../xml'
import { areaOf, type Declaration } from './declarations'
import type { Scored } from './verify'
import { setKeyOf, singleScores } from './sets'

export type Built = { content: ItemContent; scoring: ItemScoring; problems: string[] }
export type Inside = { scored: Scored; inline: (e: Element) => Inline[]; label: string }

const most = (e: Element): number => {
  const n = Number(attr(e, 'maxChoices') ?? 1)
  return Number.isInteger(n) && n >= 0 ? n : 1
}

/** Options with our letters; their identifiers lead to them. */
export function optionsOf(elements: Element[], inline: (e: Element) => Inline[]): { options: Option[]; codes: Map<string, string> } {
  if (elements.length > MOST_OPTIONS) throw new Refused(`Butir ini mempunyai lebih dari ${MOST_OPTIONS} pilihan.`)
  const codes = new Map(elements.map((e, i) => [attr(e, 'identifier') ?? letterAt(i), letterAt(i)]))
  if (codes.size < elements.length) throw new Refused('Dua pilihan memakai pengenal yang sama.')
  const options = elements.map((e, i) => ({ id: letterAt(i), body: inline(e) }))
  return { options: options.map((o) => ({ ...o, body: o.body.length ? o.body : [{ t: 'text' as const, v: o.id }] })), codes }
}

export function choice(interaction: Element, d: Declaration, stem: Block[], { scored, inline, label }: Inside): Built {
  const { options, codes } = optionsOf(allNamed(interaction, 'simplechoice'), inline)
  if (options.length < 2) throw new Refused('Butir ini mempunyai kurang dari dua pilihan.')
  if (d.cardinality === 'single') {
    const { scores, problems, negative } = singleScores(scored, d, [...codes.keys()])
    const byLetter = Object.fromEntries([...scores].map(([id, s]) => [codes.get(id)!, Math.max(0, s)]))
    const positive = Object.entries(byLetter).filter(([, s]) => s > 0)
    if (!positive.length) throw new Refused('Butir ini tidak menyebut kunci jawaban, sehingga tidak dapat dinilai.')
    const lost = negative ? [...problems, 'Pengurangan nilai untuk pilihan salah tidak ikut.'] : problems
    if (label === 'likert' && options.length === LIKERT_SCALE.length && options.every((o, i) => plainText(o.body) === LIKERT_SCALE[i])) {
      const scoring: ItemScoring = { type: 'likert', reversed: byLetter.A! > byLetter.E!, points: LIKERT_SCALE.length }
      return { content: { type: 'likert', stem, scale: LIKERT_SCALE }, scoring, problems: lost }
    }
    if (positive.length === 1 && label !== 'graded')
      return { content: { type: 'single', stem, options }, scoring: { type: 'single', key: positive[0]![0] }, problems: lost }
    return { content: { type: 'graded', stem, options }, scoring: { type: 'graded', scores: byLetter }, problems: lost }
  }
  const letters = options.map((o) => o.id)
  const limit = most(interaction)
  const { key, problems } = setKeyOf(scored, d, { codes, most: limit, own: 'penalty' }, (k) => ({
    type: 'multiple',
    ...k,
    options: letters,
  }))
  if (limit > 0 && limit < options.length && limit !== key.keys.length) problems.push(`Batas paling banyak ${limit} pilihan tidak ikut.`)
  return { content: { type: 'multiple', stem, options }, scoring: { type: 'multiple', ...key, options: letters }, problems }
}

/** `stem` already holds the hot words under the codes given. */
export function hottext(interaction: Element, d: Declaration, stem: Block[], codes: Map<string, string>, scored: Scored): Built {
  const options = hotIds(stem)
  const limit = d.cardinality === 'single' ? 1 : most(interaction)
  const { key, problems } = setKeyOf(scored, d, { codes, most: limit, own: 'penalty' }, (k) => ({ type: 'hottext', ...k, options }))
  return { content: { type: 'hottext', stem, most: limit }, scoring: { type: 'hottext', ...key, options }, problems }
}

type Picture = { media: string; alt: string; width: number; height: number }

/** The picture of a graphic interaction; its size is told by the file, or found from the areas on it. */
export function pictureOf(interaction: Element, media: (address: string) => string | null, areas: { at: number[] }[]): Picture {
  const image = allNamed(interaction, 'object', 'img', 'image').find((e) => attr(e, 'data') ?? attr(e, 'src'))
  const name = image && media(attr(image, 'data') ?? attr(image, 'src') ?? '')
  if (!image || !name) throw new Refused('Gambar butir ini tidak ada di dalam berkas.')
  const furthest = Math.ceil(Math.max(...areas.flatMap((a) => a.at), 100))
  const size = (side: 'width' | 'height') => Math.round(Number(attr(image, side)?.replace(/px$/, ''))) || furthest
  const alt = (attr(image, 'alt') ?? (nameOf(image) === 'object' ? image.textContent : '') ?? '').replace(/[\s[\]]+/g, ' ').trim()
  return { media: name, alt: alt || 'Gambar', width: size('width'), height: size('height') }
}

export function hotspot(
  interaction: Element,
  d: Declaration,
  stem: Block[],
  scored: Scored,
  media: (address: string) => string | null,
): Built {
  const elements = allNamed(interaction, 'hotspotchoice')
  const problems: string[] = []
  const areas = elements.map((e) => {
    const area = areaOf(e)
    if (!area) throw new Refused('Satu daerah pada gambar tidak mempunyai bentuk yang dapat dibaca.')
    return area
  })
  if (elements.some((e) => (attr(e, 'shape') ?? '').toLowerCase() === 'ellipse')) problems.push('Elips menjadi segi banyak.')
  const picture = pictureOf(interaction, media, areas)
  if (picture.alt === 'Gambar') problems.push('Gambar tanpa teks alternatif; tulis sebelum butir dipakai.')
  const codes = new Map(elements.map((e, i) => [attr(e, 'identifier') ?? letterAt(i), letterAt(i)]))
  const options = [...codes.values()]
  const spots = areas.map((a, i) => ({ ...a, id: letterAt(i), label: attr(elements[i]!, 'hotspotLabel') || letterAt(i) }))
  const limit = d.cardinality === 'single' ? 1 : most(interaction)
  const found = setKeyOf(scored, d, { codes, most: limit, own: 'penalty' }, (k: SetKey) => ({ type: 'hotspot', ...k, options }))
  return {
    content: { type: 'hotspot', stem, ...picture, spots, most: limit },
    scoring: { type: 'hotspot', ...found.key, options },
    problems: [...problems, ...found.problems],
  }
}

/** Points set freely, scored by areas. */
export function selectPoint(interaction: Element, d: Declaration, stem: Block[], media: (address: string) => string | null): Built {
  const limit = d.cardinality === 'single' ? 1 : most(interaction)
  const areas = (d.areas?.areas ?? []).map(({ shape, at, value }) => ({ shape, at, points: value }))
  const positive = areas.map((a) => a.points).filter((p) => p > 0)
  if (!positive.length) throw new Refused('Butir ini tidak menyebut daerah yang benar pada gambar.')
  const sorted = positive.sort((a, b) => b - a)
  const sum = (limit ? sorted.slice(0, limit) : sorted).reduce((a, b) => a + b, 0)
  const picture = pictureOf(interaction, media, areas)
  const problems = [
    ...(picture.alt === 'Gambar' ? ['Gambar tanpa teks alternatif; tulis sebelum butir dipakai.'] : []),
    ...(d.areas!.otherwise !== 0 ? ['Nilai untuk titik di luar daerah tidak ikut.'] : []),
  ]
  return {
    content: { type: 'hotspot', stem, ...picture, spots: [], most: limit, free: true },
    scoring: { type: 'areas', areas, best: Math.min(d.areas!.upper ?? Infinity, sum) },
    problems,
  }
}

/** What an interaction says before its choices. */
export const promptOf = (interaction: Element) => {
  const prompt = childNamed(interaction, 'prompt')
  return prompt ? childrenOf(prompt) : []
}
