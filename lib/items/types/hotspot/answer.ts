import { centreOf, inside } from '../../geometry-model'
import { distinctOf, lineByLine, rightCodes, text, type AnswerPart } from '../answer'
import { inSet, setSummary, setTop, ticked } from '../sets'

export const hotspot: AnswerPart<'hotspot'> = {
  ...ticked,
  fits: (content) => {
    const ids = new Set(content.spots.map((s) => s.id))
    if (!content.free) return (value) => distinctOf(value, (c) => ids.has(c))
    const onPicture = (code: string) => {
      const [, x, y] = /^(\d{1,5})-(\d{1,5})$/.exec(code) ?? []
      return x !== undefined && Number(x) <= content.width && Number(y) <= content.height
    }
    return (value) => distinctOf(value, onPicture) && (!content.most || (value as string[]).length <= content.most)
  },
  ghosts: (content) =>
    content.free ? [[`${Math.round(content.width / 2)}-${Math.round(content.height / 2)}`]] : content.spots.map((s) => [s.id]),
  simulated: (content, scoring, right, random) =>
    scoring.type === 'areas'
      ? scoring.areas
          .slice(0, content.most ?? Infinity)
          .map((a, i) => (random() < right ? centreOf(a).map(Math.round).join('-') : `${i}-0`))
      : ticked.simulated(content, scoring, right, random),
  credit: (scoring, value) => {
    if (scoring.type === 'hotspot') return ticked.credit(scoring, value)
    if (!Array.isArray(value)) return 0
    const hit = new Set(
      value.flatMap((code) => {
        const [x = NaN, y = NaN] = code.split('-').map(Number)
        const at = scoring.areas.findIndex((a) => inside(a, x, y))
        return at < 0 ? [] : [at]
      }),
    )
    const sum = [...hit].reduce((total, i) => total + scoring.areas[i]!.points, 0)
    return Math.min(1, Math.max(0, sum / scoring.best))
  },
  top: (scoring) => (scoring.type === 'areas' ? scoring.areas.filter((a) => a.points > 0).length : setTop(scoring)),
  lines: (content, scoring, say) =>
    scoring?.type === 'areas'
      ? scoring.areas.map((a, i) => ({
          id: String(i + 1),
          body: text(`daerah ${a.shape} (${a.at.map(say).join('; ')})`),
          words: `${say(a.points)} dari ${say(scoring.best)}`,
        }))
      : content.spots.map((s) => ({ id: s.id, body: text(s.label), words: inSet(scoring, s.id) })),
  said: (scoring, lines) => (scoring.type === 'areas' ? lineByLine(scoring, lines) : rightCodes(scoring, lines)),
  summary: (scoring) => (scoring.type === 'areas' ? { key: scoring.areas } : setSummary(scoring)),
}
