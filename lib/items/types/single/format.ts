import type { FormatPart } from '../format'
import { correct, declaration, template } from '../../formats/qti/write-scoring'
import { exampleOptions } from '../table-cells'
import type { Fields } from './writing'

export const single: FormatPart<'single'> = {
  qti: (content, scoring, pen) => ({
    declared: declaration('RESPONSE', 'single', 'identifier', correct([scoring.key])),
    body: pen.choices(content, 1),
    processing: template('match_correct'),
  }),
  interactions: {},
  moodle: (content, { key }, pen) => ({
    kind: 'multichoice',
    body: pen.choice(content.options, (id) => (id === key ? 1 : 0), true),
    tags: [],
  }),
  table: {
    example: {
      stem: 'Ibu kota Provinsi Lampung adalah …',
      options: exampleOptions('Bandar Lampung', 'Metro', 'Liwa', 'Krui'),
      rows: [],
      key: 'A',
    },
    read: ({ options, key }) => ({ options, key: key.trim().toUpperCase() }),
    write: (f: Fields) => ({ options: f.options, key: f.key }),
  },
}
