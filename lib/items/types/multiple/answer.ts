import type { AnswerPart } from '../answer'
import { fitsOptions, inSet, optionLines, ticked } from '../sets'

export const multiple: AnswerPart<'multiple'> = {
  ...ticked,
  fits: (content) => fitsOptions(content.options),
  ghosts: (content) => content.options.flatMap((o, i) => [[o.id], content.options.slice(0, i + 1).map((x) => x.id)]),
  lines: (content, scoring) => optionLines(content.options, (id) => inSet(scoring, id)),
}
