import type { FormatPart } from '../format'
import { setDeclaration } from '../../formats/qti/write-scoring'
import { exampleOptions } from '../table-cells'
import type { Fields } from './writing'

export const multiple: FormatPart<'multiple'> = {
  qti: (content, scoring, pen) => ({
    ...setDeclaration(scoring, scoring.options, (c) => c, 'identifier', true, false),
    body: pen.choices(content, 0),
  }),
  interactions: {},
  moodle: (content, key, pen) => {
    const wrong = key.options.length - key.keys.length
    const share = (id: string) =>
      key.points
        ? (key.points[id] ?? 0) / (key.best ?? 1)
        : key.keys.includes(id)
          ? 1 / key.keys.length
          : key.rule || !wrong
            ? 0
            : -1 / wrong
    const points =
      key.points &&
      `petaguru:points ${Object.entries(key.points)
        .map(([c, p]) => `${c}=${p}`)
        .join(',')};${key.best ?? 1}`
    return {
      kind: 'multichoice',
      body: pen.choice(content.options, share, false),
      tags: key.rule ? ['petaguru:multiple all'] : points ? [points] : [],
    }
  },
  table: {
    example: {
      stem: 'Kota berikut yang berstatus kota otonom adalah …',
      options: exampleOptions('Bandar Lampung', 'Metro', 'Liwa', 'Krui'),
      rows: [],
      key: 'A, B',
    },
    read: ({ options, key }) => {
      const all = /^semua\s*:/i.test(key)
      const letters = key
        .replace(/^semua\s*:/i, '')
        .toUpperCase()
        .match(/[A-H]/g)
      return { options, key: letters ?? [], ...(all ? { rule: 'all' } : {}) }
    },
    write: (f: Fields) =>
      f.points ? { left: 'bobot opsinya tersendiri' } : { options: f.options, key: `${f.rule ? 'semua: ' : ''}${f.key.join(', ')}` },
  },
}
