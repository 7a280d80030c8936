import { evenSteps, text, type AnswerPart } from '../answer'

export const likert: AnswerPart<'likert'> = {
  fits: (content) => (value) => typeof value === 'number' && value >= 1 && value <= content.scale.length,
  ghosts: (content) => content.scale.map((_, i) => i + 1),
  simulated: (_content, scoring, right, random) => {
    let towards = 1
    for (let step = 0; step < scoring.points - 1; step++) if (random() < 0.1 + 0.85 * right) towards++
    return scoring.reversed ? scoring.points + 1 - towards : towards
  },
  credit: (scoring, value) => {
    if (typeof value !== 'number' || value < 1 || value > scoring.points) return 0
    const towards = scoring.reversed ? scoring.points + 1 - value : value
    return (towards - 1) / (scoring.points - 1)
  },
  top: (scoring) => scoring.points - 1,
  category: evenSteps,
  oneOf: null,
  lines: (content, scoring) =>
    content.scale.map((label, i) => ({
      id: String(i + 1),
      body: text(label),
      words: scoring ? `skor ${scoring.reversed ? scoring.points - 1 - i : i}` : '',
    })),
  said: (scoring) => (scoring.reversed ? 'dinilai terbalik' : 'dinilai searah'),
  summary: (scoring) => ({ key: null, reversed: scoring.reversed }),
}
