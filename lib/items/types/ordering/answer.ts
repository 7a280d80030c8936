import { evenSteps, type AnswerPart } from '../answer'
import { fitsOptions, optionLines } from '../sets'

export const ordering: AnswerPart<'ordering'> = {
  fits: (content) => fitsOptions(content.options),
  ghosts: (content) => [content.options.map((o) => o.id), content.options.map((o) => o.id).reverse()],
  simulated: (_content, scoring, right, random) => {
    const order = [...scoring.order]
    if (random() >= right) order.push(order.splice(Math.floor(random() * (order.length - 1)), 1)[0]!)
    return order
  },
  credit: (scoring, value) =>
    Array.isArray(value) && value.length === scoring.order.length && scoring.order.every((id, i) => value[i] === id) ? 1 : 0,
  top: () => 1,
  category: evenSteps,
  oneOf: null,
  lines: (content, scoring) => optionLines(content.options, (id) => (scoring ? `ke-${scoring.order.indexOf(id) + 1}` : '')),
  said: (scoring) => scoring.order.join(' – '),
  summary: (scoring) => ({ key: scoring.order }),
}
