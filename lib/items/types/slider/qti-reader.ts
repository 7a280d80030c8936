import { Refused } from '../../formats/read'
import type { Built } from '../../formats/qti/choices'
import type { Declaration } from '../../formats/qti/declarations'
import { compare, ruleProblem, scoreOrNull, type Pair, type Scored } from '../../formats/qti/verify'
import { allNamed, attr, childNamed, textOf, type Element } from '../../formats/xml'
import type { ContentOf, ScoringOf } from '../../model'
import { MOST_STOPS, stepsOf, stopAt, stopsOf, isRight } from './stops'

/** A slider of QTI 2 or 3 as ours: its line, and the key that scores every place on it as the file does. */
type Key = ScoringOf<'slider'>['key']

/** Keys that the file may mean, the likeliest first. */
function candidates(item: Element, d: Declaration, scored: Scored, stops: readonly number[]): Key[] {
  const processing = childNamed(item, 'responseprocessing')
  const constants = (e: Element) => allNamed(e, 'basevalue').map((v) => Number(textOf(v)))
  const equal = processing ? allNamed(processing, 'equal') : []
  const near = equal.flatMap((e): Key[] => {
    const mode = attr(e, 'toleranceMode') ?? 'exact'
    const [down = 0, up = down] = (attr(e, 'tolerance') ?? '0').split(/\s+/).map(Number)
    const value = constants(e)[0] ?? Number(d.correct[0])
    const by = mode === 'relative' ? Math.abs(value) / 100 : mode === 'absolute' ? 1 : 0
    return [down === up ? { value, tolerance: up * by } : { from: value - down * by, to: value + up * by }]
  })
  const low = processing ? allNamed(processing, 'gte').flatMap(constants) : []
  const high = processing ? allNamed(processing, 'lte').flatMap(constants) : []
  const between = low.length === 1 && high.length === 1 ? [{ from: low[0]!, to: high[0]! }] : []
  const stated = d.correct.length ? [{ value: Number(d.correct[0]), tolerance: 0 }] : []
  const scores = stops.map((n) => scoreOrNull(scored, { [d.id]: [String(n)] }) ?? 0)
  const best = Math.max(...scores)
  const good = stops.filter((_, i) => best > 0 && scores[i] === best)
  const asked = good.length ? [{ from: good[0]!, to: good.at(-1)! }] : []
  return [...near, ...between, ...stated, ...asked].filter((k) => Object.values(k).every(Number.isFinite))
}

export function readSlider(
  interaction: Element,
  d: Declaration,
  scored: Scored,
  said: Pick<ContentOf<'slider'>, 'stem' | 'unit' | 'labels'>,
): Built {
  if (d.cardinality !== 'single' || !['integer', 'float'].includes(d.baseType))
    throw new Refused('Penggeser ini tidak memberi satu angka, sehingga tidak dapat dinilai.')
  const [min, upper] = [Number(attr(interaction, 'lowerBound') ?? NaN), Number(attr(interaction, 'upperBound') ?? NaN)]
  const step = Number(attr(interaction, 'step') ?? 1) || 1
  if (!Number.isFinite(min) || !Number.isFinite(upper) || upper <= min || !(step > 0))
    throw new Refused('Penggeser ini tidak menyebut ujung garisnya.')
  if ([min, upper, step].some((n) => Math.abs(n) > 1e9 || Number(n.toFixed(6)) !== n))
    throw new Refused('Angka pada penggeser ini terlalu besar atau terlalu halus.')
  const problems: string[] = []
  const max = stopAt({ min, max: upper, step }, Math.floor(stepsOf({ min, max: upper, step }) + 1e-9))
  const scale = { min, max, step }
  if (max !== upper) problems.push('Langkahnya tidak membagi habis garis; ujung kanan menjadi nilai terakhir yang dapat dicapai.')
  if (stepsOf(scale) < 1) throw new Refused('Penggeser ini hanya mempunyai satu nilai.')
  if (stepsOf(scale) + 1 > MOST_STOPS) throw new Refused(`Penggeser ini mempunyai lebih dari ${MOST_STOPS} nilai.`)
  if (attr(interaction, 'reverse') === 'true') problems.push('Arah garis yang terbalik tidak ikut.')
  const stops = stopsOf(scale)
  const samples = stops.map((n): Pair => ({ theirs: { [d.id]: [String(n)] }, ours: { value: String(n) } }))
  const keys = candidates(scored.item, d, scored, stops).filter((key) => stops.some((n) => isRight({ type: 'slider', key }, n)))
  const judged = keys.map((key) => {
    const scoring = { type: 'slider' as const, key }
    const right = stops.find((n) => isRight(scoring, n))!
    return { scoring, verdict: compare(scored, scoring, { [d.id]: [String(right)] }, samples) }
  })
  const chosen = judged.find((j) => j.verdict === 'same') ?? judged[0]
  if (!chosen) throw new Refused('Butir ini tidak menyebut kunci jawaban, sehingga tidak dapat dinilai.')
  if (stops.every((n) => isRight(chosen.scoring, n))) throw new Refused('Semua nilai pada penggeser ini dinilai benar.')
  return {
    content: {
      type: 'slider',
      stem: said.stem,
      ...scale,
      ...(said.unit ? { unit: said.unit } : {}),
      ...(said.labels ? { labels: said.labels } : {}),
    },
    scoring: chosen.scoring,
    problems: [...problems, ...ruleProblem(scored, chosen.verdict, 'benar menurut kunci yang dinyatakan')],
  }
}
