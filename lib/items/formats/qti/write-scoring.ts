import type { Area, Gap, GapKey, ItemScoring, SetKey } from '../../model'
import { xmlText } from '../xml'

/** Declarations and processing of QTI 3.0 for our keys: standard templates where one says it, plain rules where none does. */
const RP = 'https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/'
export const template = (name: 'match_correct' | 'map_response' | 'map_response_point') =>
  `<qti-response-processing template="${RP}${name}.xml"/>`

const number = (n: number) => String(Math.round(n * 1e8) / 1e8)
const value = (v: string) => `<qti-value>${xmlText(v)}</qti-value>`
export const correct = (values: readonly string[]) =>
  values.length ? `<qti-correct-response>${values.map(value).join('')}</qti-correct-response>` : ''

type Bounds = { lower?: number; upper?: number; otherwise?: number }
const bounds = ({ lower, upper, otherwise = 0 }: Bounds) =>
  `${lower === undefined ? '' : ` lower-bound="${number(lower)}"`}${upper === undefined ? '' : ` upper-bound="${number(upper)}"`} default-value="${number(otherwise)}"`

export const mapping = (entries: [string, number][], b: Bounds, caseSensitive = true) =>
  `<qti-mapping${bounds(b)}>${entries
    .map(([k, v]) => `<qti-map-entry map-key="${xmlText(k)}" mapped-value="${number(v)}" case-sensitive="${caseSensitive}"/>`)
    .join('')}</qti-mapping>`

/** Every answer with its own heed of case. */
const textMapping = (answers: readonly { text: string; credit: number; exact?: true }[]) =>
  `<qti-mapping default-value="0">${answers
    .map((a) => `<qti-map-entry map-key="${xmlText(a.text)}" mapped-value="${number(a.credit)}" case-sensitive="${a.exact === true}"/>`)
    .join('')}</qti-mapping>`

export const coords = ({ at }: Area) => at.map(number).join(',')

export const areaMapping = (areas: readonly (Area & { points: number })[], best: number) =>
  `<qti-area-mapping${bounds({ lower: 0, upper: best })}>${areas
    .map((a) => `<qti-area-map-entry shape="${a.shape}" coords="${coords(a)}" mapped-value="${number(a.points)}"/>`)
    .join('')}</qti-area-mapping>`

export const declaration = (id: string, cardinality: string, baseType: string, inside: string) =>
  `<qti-response-declaration identifier="${id}" cardinality="${cardinality}" base-type="${baseType}">${inside}</qti-response-declaration>`

/** A set of choices: all or nothing by match, else points. `wrong` are the codes that our penalty counts against, none for a share. */
export function setDeclaration(
  key: SetKey,
  all: readonly string[],
  theirs: (code: string) => string,
  base: string,
  penalty: boolean,
  single: boolean,
) {
  const right = correct(key.keys.map(theirs))
  const cardinality = single ? 'single' : 'multiple'
  if (key.rule === 'all') return { declared: declaration('RESPONSE', cardinality, base, right), processing: template('match_correct') }
  const wrong = all.filter((c) => !key.keys.includes(c))
  const points: [string, number][] = key.points
    ? Object.entries(key.points).map(([c, p]) => [theirs(c), p])
    : [
        ...key.keys.map((c): [string, number] => [theirs(c), 1 / key.keys.length]),
        ...(penalty ? wrong.map((c): [string, number] => [theirs(c), -1 / wrong.length]) : []),
      ]
  const upper = key.points ? (key.best ?? 1) : 1
  return {
    declared: declaration('RESPONSE', cardinality, base, right + mapping(points, { lower: 0, upper })),
    processing: template('map_response'),
  }
}

const setOutcome = (id: string, expression: string) => `<qti-set-outcome-value identifier="${id}">${expression}</qti-set-outcome-value>`
const float = (n: number) => `<qti-base-value base-type="float">${number(n)}</qti-base-value>`
const variable = (id: string) => `<qti-variable identifier="${id}"/>`

/** Declarations, outcomes and rules of gaps: each gap earns its own outcome, the item their mean or all of them. */
export function gapScoring(gaps: readonly Gap[], scoring: Extract<ItemScoring, { gaps: unknown }>) {
  const alone = gaps.length === 1
  const responseId = (g: Gap) => (alone ? 'RESPONSE' : `RESPONSE_${g.id}`)
  const outcomeId = (g: Gap) => (alone ? 'SCORE' : `SCORE_${g.id}`)
  const parts = gaps.map((g) => {
    const key = scoring.gaps[g.id] as GapKey
    const id = responseId(g)
    if (key.kind === 'number') {
      const several = key.answers.length > 1
      const table = several
        ? mapping(
            key.answers.map((a) => [number(a.value), a.credit]),
            {},
          )
        : ''
      const branches = key.answers.map((a, i) => {
        const test = `<qti-equal tolerance-mode="absolute" tolerance="${number(a.tolerance)} ${number(a.tolerance)}">${float(a.value)}${variable(id)}</qti-equal>`
        const tag = i === 0 ? 'qti-response-if' : 'qti-response-else-if'
        return `<${tag}>${test}${setOutcome(outcomeId(g), float(a.credit))}</${tag}>`
      })
      return {
        declared: declaration(id, 'single', 'float', correct([number(key.answers[0]!.value)]) + table),
        rule: `<qti-response-condition>${branches.join('')}</qti-response-condition>`,
      }
    }
    const entries: [string, number][] = key.kind === 'text' ? key.answers.map((a) => [a.text, a.credit]) : Object.entries(key.credits)
    const best = [...entries].sort((a, b) => b[1] - a[1])[0]!
    return {
      declared: declaration(
        id,
        'single',
        key.kind === 'choice' ? 'identifier' : 'string',
        correct([best[0]]) + (key.kind === 'text' ? textMapping(key.answers) : mapping(entries, {})),
      ),
      rule: setOutcome(outcomeId(g), `<qti-map-response identifier="${id}"/>`),
    }
  })
  const outcomes = alone
    ? ''
    : gaps
        .map(
          (g) =>
            `<qti-outcome-declaration identifier="${outcomeId(g)}" cardinality="single" base-type="float"><qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>`,
        )
        .join('')
  const worth = gaps.map((g) => scoring.worth?.[g.id] ?? 1)
  const weighted = (g: Gap, i: number) =>
    worth[i] === 1 ? variable(outcomeId(g)) : `<qti-product>${float(worth[i]!)}${variable(outcomeId(g))}</qti-product>`
  const sum = `<qti-sum>${gaps.map(weighted).join('')}</qti-sum>`
  const total = alone
    ? ''
    : scoring.rule === 'all'
      ? `<qti-response-condition><qti-response-if><qti-and>${gaps.map((g) => `<qti-gte>${variable(outcomeId(g))}${float(1)}</qti-gte>`).join('')}</qti-and>${setOutcome('SCORE', float(1))}</qti-response-if></qti-response-condition>`
      : setOutcome('SCORE', `<qti-divide>${sum}${float(worth.reduce((a, b) => a + b, 0))}</qti-divide>`)
  return {
    declared: parts.map((p) => p.declared).join('') + outcomes,
    processing: `<qti-response-processing>${parts.map((p) => p.rule).join('')}${total}</qti-response-processing>`,
    responseId,
  }
}
