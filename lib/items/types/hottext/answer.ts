import { hotIds } from '../../hot'
import { distinctOf, text, type AnswerPart } from '../answer'
import { inSet, ticked } from '../sets'

export const hottext: AnswerPart<'hottext'> = {
  ...ticked,
  fits: (content) => {
    const ids = new Set(hotIds(content.stem))
    return (value) => distinctOf(value, (c) => ids.has(c))
  },
  ghosts: (content) => hotIds(content.stem).map((id) => [id]),
  lines: (_content, scoring) =>
    scoring ? scoring.options.map((id) => ({ id, body: text('kata dalam teks'), words: inSet(scoring, id) })) : [],
}
