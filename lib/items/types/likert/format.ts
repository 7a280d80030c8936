import type { FormatPart } from '../format'
import { declaration, mapping, template } from '../../formats/qti/write-scoring'
import { needCell } from '../table-cells'
import type { Fields } from './writing'

export const likert: FormatPart<'likert'> = {
  qti: (content, scoring, pen) => {
    const options = content.scale.map((label, i) => ({ id: 'ABCDE'[i]!, body: [{ t: 'text' as const, v: label }] }))
    const points = options.map((o, i): [string, number] => [o.id, scoring.reversed ? scoring.points - 1 - i : i])
    return {
      declared: declaration('RESPONSE', 'single', 'identifier', mapping(points, {})),
      body: pen.choices({ stem: content.stem, options }, 1),
      processing: template('map_response'),
      label: 'likert',
    }
  },
  interactions: {},
  moodle: (content, { reversed, points }, pen) => {
    const options = content.scale.map((v, i) => ({ id: String(i), body: [{ t: 'text' as const, v }] }))
    const share = (id: string) => (reversed ? points - 1 - Number(id) : Number(id)) / (points - 1)
    return {
      kind: 'multichoice',
      body: pen.choice(options, share, true),
      tags: [`petaguru:likert${reversed ? ' reversed' : ''}`],
    }
  },
  table: {
    example: { stem: 'Saya menanyakan kabar murid yang tampak murung.', options: {}, rows: [], key: 'searah' },
    read: ({ key }) => {
      const reversed = /terbalik|dibalik/i.test(key)
      needCell(reversed || /searah/i.test(key), 'Kunci skala Likert ditulis "searah" atau "terbalik".')
      return { reversed }
    },
    write: (f: Fields) => ({ key: f.reversed ? 'terbalik' : 'searah' }),
  },
}
