import type { FormatPart } from '../format'
import { text } from '../../formats/moodle/pen'
import { correct, declaration, template } from '../../formats/qti/write-scoring'
import type { Fields } from './writing'

export const ordering: FormatPart<'ordering'> = {
  qti: (content, scoring, pen) => ({
    declared: declaration('RESPONSE', 'ordered', 'identifier', correct(scoring.order)),
    body: `<qti-order-interaction response-identifier="RESPONSE" shuffle="true">${pen.prompt(content)}\n${pen.simple(content.options)}</qti-order-interaction>`,
    processing: template('match_correct'),
  }),
  interactions: {},
  moodle: (content, { order }, pen) => {
    const rows = order.map(
      (id, i) =>
        `<answer fraction="${i + 1}" format="html">${text(pen.write.inline(content.options.find((o) => o.id === id)!.body))}</answer>`,
    )
    return {
      kind: 'ordering',
      body: `<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><gradingtype>ALL_OR_NOTHING</gradingtype>${rows.join('')}`,
      tags: [],
    }
  },
  table: {
    example: {
      stem: 'Urutkan tahap metamorfosis kupu-kupu.',
      options: {},
      rows: ['telur', 'ulat', 'kepompong', 'kupu-kupu'],
      key: '',
    },
    read: ({ rows }) => ({ steps: rows }),
    write: (f: Fields) => ({ rows: f.steps }),
  },
}
