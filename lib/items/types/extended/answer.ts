import { MOST_TYPED, plainText } from '../../model'
import { evenSteps, rowsOf, text, type AnswerPart } from '../answer'

export const extended: AnswerPart<'extended'> = {
  fits: () => (value) => rowsOf(value)?.every(([id, v]) => id === 'text' && typeof v === 'string' && v.length <= MOST_TYPED) ?? false,
  ghosts: () => [{ text: 'Saya akan membahasnya bersama rekan sejawat.' }],
  simulated: () => ({ text: 'Jawaban simulasi.' }),
  credit: (_scoring, _value, rated) => rated,
  top: (scoring) => scoring.rubric.reduce((sum, c) => sum + c.levels.length - 1, 0),
  category: evenSteps,
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
