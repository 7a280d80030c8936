import { distinctOf, evenSteps, type AnswerPart } from '../answer'
import { namedRule, optionLines, setSummary, setTop } from '../sets'

export const matching: AnswerPart<'matching'> = {
  fits: (content) => {
    const pairs = new Set(content.premises.flatMap((p) => content.choices.map((c) => `${p.id}-${c.id}`)))
    return (value) => distinctOf(value, (c) => pairs.has(c))
  },
  ghosts: (content) => content.choices.map((c) => content.premises.map((p) => `${p.id}-${c.id}`)),
  simulated: ({ choices }, scoring, right, random) =>
    // A wrong pair may be one that is chosen already; it is chosen once.
    [
      ...new Set(
        scoring.keys.map((pair) =>
          random() < right ? pair : `${pair.split('-')[0]}-${choices[Math.floor(random() * choices.length)]!.id}`,
        ),
      ),
    ],
  credit: (scoring, value) => {
    if (!Array.isArray(value)) return 0
    const pairs = new Set(value)
    return namedRule(scoring, pairs) ?? scoring.keys.filter((k) => pairs.has(k)).length / scoring.keys.length
  },
  top: setTop,
  category: evenSteps,
  oneOf: null,
  lines: (content, scoring) => {
    const taken = (id: string) =>
      (scoring?.keys ?? [])
        .filter((k) => k.startsWith(`${id}-`))
        .map((k) => `→ ${k.slice(id.length + 1)}`)
        .join(' ')
    return [...optionLines(content.premises, taken), ...optionLines(content.choices, () => '')]
  },
  said: (_scoring, lines) => lines.map((l) => `${l.id}: ${l.words.replaceAll('→ ', '')}`).join('  ·  '),
  summary: setSummary,
}
