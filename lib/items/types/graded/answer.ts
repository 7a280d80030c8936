import { idsOf, lineByLine, type AnswerPart } from '../answer'
import { optionLines } from '../sets'

const ranked = (scores: Record<string, number>) => Object.entries(scores).sort((a, b) => b[1] - a[1])

export const graded: AnswerPart<'graded'> = {
  fits: (content) => {
    const ids = idsOf(content.options)
    return (value) => typeof value === 'string' && ids.has(value)
  },
  ghosts: (content) => content.options.map((o) => o.id),
  simulated: (_content, scoring, right, random) => {
    const order = ranked(scoring.scores)
    for (const [id] of order.slice(0, -1)) if (random() < 0.15 + 0.5 * right) return id
    return order.at(-1)![0]
  },
  credit: (scoring, value) => {
    const top = Math.max(...Object.values(scoring.scores))
    return typeof value === 'string' && Object.hasOwn(scoring.scores, value) && top > 0 ? Math.max(0, scoring.scores[value]! / top) : 0
  },
  top: (scoring) => new Set(Object.values(scoring.scores)).size - 1,
  category: (scoring, value) => {
    const ladder = [...new Set(Object.values(scoring.scores))].sort((a, b) => a - b)
    return typeof value === 'string' && Object.hasOwn(scoring.scores, value) ? ladder.indexOf(scoring.scores[value]!) : 0
  },
  oneOf: { options: (content) => content.options.map((o) => o.id), best: (scoring) => ranked(scoring.scores)[0]![0] },
  lines: (content, scoring, say) => optionLines(content.options, (id) => (scoring ? `skor ${say(scoring.scores[id] ?? 0)}` : '')),
  said: lineByLine,
  summary: (scoring) => ({ key: ranked(scoring.scores)[0]![0], points: scoring.scores }),
}
