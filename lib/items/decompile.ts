import { LIKERT_SCALE, type GapKey, type ItemContent, type ItemScoring, type Option, type SetKey } from './model'
import { writeBlocks, writeInline, type NameOfMedia } from './writing'

/** An item's trees back to the fields that people write: `compileItem` of the answer gives the trees again. */
export type ItemFields = { type: ItemContent['type']; stem: string } & Record<string, unknown>

const named = (key: SetKey) => ({
  ...(key.rule ? { rule: key.rule } : {}),
  ...(key.points ? { points: key.points, best: key.best ?? 1 } : {}),
})

function gapFields(key: GapKey, options: Record<string, string> | null): Record<string, unknown> {
  switch (key.kind) {
    case 'text': {
      const exact = key.answers.every((a) => a.exact)
      const plain = key.answers.map(({ text, credit, exact: own }) =>
        credit === 1 && (exact || !own) ? text : { text, credit, ...(own && !exact ? { exact: true } : {}) },
      )
      return { answers: plain, ...(exact ? { exact: true } : {}) }
    }
    case 'number': {
      const [first, ...others] = key.answers
      return {
        answer: first!.value,
        tolerance: first!.tolerance,
        ...(key.units ? { units: key.units } : {}),
        ...(others.length ? { others: others.map((o) => ({ answer: o.value, tolerance: o.tolerance, credit: o.credit })) } : {}),
      }
    }
    case 'choice': {
      const right = Object.entries(key.credits)
      return right.length === 1 && right[0]![1] === 1 ? { options, key: right[0]![0] } : { options, credits: key.credits }
    }
  }
}

/** The scoring of the type asked for; anything else is a bug of the caller. */
function of<T extends ItemScoring['type']>(scoring: ItemScoring, type: T): Extract<ItemScoring, { type: unknown }> & { type: T } {
  if (scoring.type !== type) throw new Error(`expected a key of type ${type}, found ${scoring.type}`)
  return scoring as Extract<ItemScoring, { type: unknown }> & { type: T }
}

export function itemFields(content: ItemContent, scoring: ItemScoring, name: NameOfMedia): ItemFields {
  const stem = writeBlocks(content.stem, name)
  const words = (o: readonly Option[]) => Object.fromEntries(o.map((x) => [x.id, writeInline(x.body, name)]))
  switch (content.type) {
    case 'single':
      return { type: 'single', stem, options: words(content.options), key: of(scoring, 'single').key }
    case 'multiple': {
      const key = of(scoring, 'multiple')
      return { type: 'multiple', stem, options: words(content.options), key: key.keys, ...named(key) }
    }
    case 'graded': {
      const { scores } = of(scoring, 'graded')
      const texts = words(content.options)
      return {
        type: 'graded',
        stem,
        options: Object.fromEntries(content.options.map((o) => [o.id, { text: texts[o.id]!, score: scores[o.id] ?? 0 }])),
      }
    }
    case 'truefalse': {
      const { keys } = of(scoring, 'truefalse')
      const plain = content.labels[0] === 'Benar' && content.labels[1] === 'Salah'
      return {
        type: 'truefalse',
        stem,
        statements: content.statements.map((s) => ({ text: writeInline(s.body, name), key: keys[s.id]! })),
        ...(plain ? {} : { labels: content.labels }),
      }
    }
    case 'likert': {
      if (content.scale.join() !== LIKERT_SCALE.join()) throw new Error('a Likert item with another scale cannot be written')
      return { type: 'likert', stem, reversed: of(scoring, 'likert').reversed }
    }
    case 'matching': {
      const key = of(scoring, 'matching')
      const taken = (premise: string) => key.keys.filter((k) => k.startsWith(`${premise}-`)).map((k) => k.slice(premise.length + 1))
      return {
        type: 'matching',
        stem,
        premises: content.premises.map((p) => writeInline(p.body, name)),
        choices: words(content.choices),
        pairs: content.premises.map((p) => (content.many ? taken(p.id) : taken(p.id)[0]!)),
        ...named(key),
      }
    }
    case 'ordering': {
      const texts = words(content.options)
      return { type: 'ordering', stem, steps: of(scoring, 'ordering').order.map((id) => texts[id]!) }
    }
    case 'short':
      return { type: 'short', stem, ...gapFields(of(scoring, 'short').gaps['1']!, null) }
    case 'numeric':
      return { type: 'numeric', stem, ...gapFields(of(scoring, 'numeric').gaps['1']!, null) }
    case 'cloze': {
      const key = of(scoring, 'cloze')
      return {
        type: 'cloze',
        stem,
        gaps: content.gaps.map((g) => ({
          ...gapFields(key.gaps[g.id]!, g.kind === 'choice' ? words(g.options) : null),
          ...(key.worth ? { worth: key.worth[g.id] ?? 1 } : {}),
        })),
        ...(key.rule ? { rule: key.rule } : {}),
        ...(content.once ? { once: true } : {}),
      }
    }
    case 'hottext': {
      const key = of(scoring, 'hottext')
      return { type: 'hottext', stem, key: key.keys, most: content.most, ...named(key) }
    }
    case 'hotspot': {
      const picture = {
        type: 'hotspot' as const,
        stem,
        picture: name(content.media),
        alt: content.alt,
        size: [content.width, content.height],
        most: content.most,
      }
      if (content.free) {
        const { areas, best } = of(scoring, 'areas')
        return { ...picture, areas, best }
      }
      const key = of(scoring, 'hotspot')
      const spots = Object.fromEntries(content.spots.map((s) => [s.id, { label: s.label, shape: s.shape, at: s.at }]))
      return { ...picture, spots, key: key.keys, ...named(key) }
    }
    case 'extended':
      return { type: 'extended', stem, words: content.words, rubric: of(scoring, 'extended').rubric }
  }
}
