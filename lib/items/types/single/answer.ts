import { idsOf, rightCodes, evenSteps, type AnswerPart } from '../answer'
import { optionLines } from '../sets'

export const single: AnswerPart<'single'> = {
  fits: (content) => {
    const ids = idsOf(content.options)
    return (value) => typeof value === 'string' && ids.has(value)
  },
  ghosts: (content) => content.options.map((o) => o.id),
  simulated: (content, scoring, right, random) =>
    random() < right ? scoring.key : content.options[Math.floor(random() * content.options.length)]!.id,
  credit: (scoring, value) => (value === scoring.key ? 1 : 0),
  top: () => 1,
  category: evenSteps,
  oneOf: { options: (content) => content.options.map((o) => o.id), best: (scoring) => scoring.key },
  lines: (content, scoring) => optionLines(content.options, (id) => (scoring?.key === id ? 'kunci' : '')),
  said: rightCodes,
  summary: (scoring) => ({ key: scoring.key }),
}
