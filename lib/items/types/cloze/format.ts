import type { FormatPart } from '../format'
import { clozeQuestion } from '../../formats/moodle/write-gaps'
import { gapParts } from '../../formats/qti/write-gaps'

export const cloze: FormatPart<'cloze'> = {
  qti: (content, scoring, pen) => ({ ...gapParts(content, scoring, pen), label: content.once ? 'cloze once' : 'cloze' }),
  interactions: {},
  moodle: (content, scoring, pen) =>
    clozeQuestion(content, scoring, pen, (order) => `cloze ${order.join(' ')}${content.once ? ' once' : ''}${scoring.rule ? ' all' : ''}`),
  table: { left: 'jenis "Teks rumpang"' },
}
