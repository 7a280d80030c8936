import { evenSteps, idsOf, lineByLine, rowsOf, type AnswerPart } from '../answer'
import { optionLines } from '../sets'

export const truefalse: AnswerPart<'truefalse'> = {
  fits: (content) => {
    const ids = idsOf(content.statements)
    return (value) => rowsOf(value)?.every(([id, v]) => ids.has(id) && typeof v === 'boolean') ?? false
  },
  ghosts: (content) =>
    [true, false].map((first) => Object.fromEntries(content.statements.map((s, i) => [s.id, i % 2 === 0 ? first : !first]))),
  simulated: (_content, scoring, right, random) =>
    Object.fromEntries(Object.entries(scoring.keys).map(([id, key]) => [id, random() < 0.45 + 0.55 * right ? key : !key])),
  credit: (scoring, value) => {
    if (typeof value !== 'object' || Array.isArray(value)) return 0
    const rows = Object.entries(scoring.keys)
    const net = rows.reduce((sum, [id, key]) => sum + (Object.hasOwn(value, id) ? (value[id] === key ? 1 : -1) : 0), 0)
    return Math.max(0, net / rows.length)
  },
  top: (scoring) => Object.keys(scoring.keys).length,
  category: evenSteps,
  oneOf: null,
  lines: (content, scoring) => optionLines(content.statements, (id) => (scoring ? content.labels[scoring.keys[id] ? 0 : 1] : '')),
  said: lineByLine,
  summary: (scoring) => ({ key: scoring.keys }),
}
