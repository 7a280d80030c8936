import { MOST_TYPED, plainText } from '../../model'
import { rowsOf, text, type AnswerPart } from '../answer'

/** Means of two or three raters fall between steps: to the nearest, halves to the even one, so that neither direction gains. */
function nearestEven(x: number): number {
  const below = Math.floor(x + 1e-9)
  const over = x - below
  return Math.abs(over - 0.5) < 1e-6 ? below + (below % 2) : below + Number(over > 0.5)
}

export const extended: AnswerPart<'extended'> = {
  fits: () => (value) => rowsOf(value)?.every(([id, v]) => id === 'text' && typeof v === 'string' && v.length <= MOST_TYPED) ?? false,
  ghosts: () => [{ text: 'Saya akan membahasnya bersama rekan sejawat.' }],
  simulated: () => ({ text: 'Jawaban simulasi.' }),
  credit: (_scoring, _value, rated) => rated,
  top: (scoring) => scoring.rubric.reduce((sum, c) => sum + c.levels.length - 1, 0),
  category: (_scoring, _value, share, top) => nearestEven(share * top),
  oneOf: null,
  lines: (_content, scoring) =>
    (scoring?.rubric ?? []).map((c, i) => ({
      id: String(i + 1),
      body: text(c.title),
      words: c.levels.map((l, n) => `${n}: ${l}`).join(' · '),
    })),
  said: (_scoring, lines) => lines.map((l) => `${l.id}. ${plainText(l.body)} (${l.words})`).join('\n'),
  summary: (scoring) => ({ key: null, rubric: scoring.rubric }),
}
