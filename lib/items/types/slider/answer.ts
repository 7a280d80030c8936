import { evenSteps, text, type AnswerPart } from '../answer'
import { chosenIn, isRight, stepsOf, stopAt, stopsOf } from './stops'

const response = (n: number) => ({ value: String(n) })

export const slider: AnswerPart<'slider'> = {
  fits: (scale) => (value) => {
    const n = chosenIn(value)
    if (n === null || n < scale.min || n > scale.max) return false
    return Math.abs(n - stopAt(scale, Math.round((n - scale.min) / scale.step))) < 1e-6
  },
  ghosts: (scale) => [0, Math.floor(stepsOf(scale) / 2), Math.floor(stepsOf(scale))].map((steps) => response(stopAt(scale, steps))),
  simulated: (scale, scoring, right, random) => {
    const stops = stopsOf(scale)
    const good = stops.filter((n) => isRight(scoring, n))
    const from = random() < right && good.length ? good : stops
    return response(from[Math.floor(random() * from.length)]!)
  },
  credit: (scoring, value) => {
    const n = chosenIn(value)
    return n !== null && isRight(scoring, n) ? 1 : 0
  },
  top: () => 1,
  category: evenSteps,
  oneOf: null,
  lines: ({ min, max, step, unit, labels }, scoring, say) => {
    const key = scoring?.key
    return [
      {
        id: '1',
        body: text(
          `${labels ? `${labels[0]} ` : ''}${say(min)} sampai ${say(max)}${unit ? ` ${unit}` : ''}${labels ? ` ${labels[1]}` : ''}, langkah ${say(step)}`,
        ),
        words: !key
          ? ''
          : 'value' in key
            ? `${say(key.value)}${key.tolerance ? ` ± ${say(key.tolerance)}` : ''}`
            : `${say(key.from)} sampai ${say(key.to)}`,
      },
    ]
  },
  said: (_scoring, lines) => lines.map((l) => l.words).join(),
  summary: (scoring) => ({ key: scoring.key }),
}
