import type { FormatPart } from '../format'
import { answer, number } from '../../formats/moodle/pen'
import { clozeQuestion } from '../../formats/moodle/write-gaps'
import { gapParts } from '../../formats/qti/write-gaps'
import { xmlText } from '../../formats/xml'
import { placedGaps } from '../../model'
import { numberLine } from '../gap-writing'
import { needCell, numberOf } from '../table-cells'
import type { Fields } from './writing'

export const numeric: FormatPart<'numeric'> = {
  qti: gapParts,
  interactions: {},
  moodle: (content, scoring, pen) => {
    const key = scoring.gaps['1']!
    if (placedGaps(content.stem).size || key.kind !== 'number') return clozeQuestion(content, scoring, pen, () => 'numeric')
    const units = key.units
      ? `<units>${key.units.map((u) => `<unit><multiplier>1</multiplier><unit_name>${xmlText(u)}</unit_name></unit>`).join('')}</units>`
      : ''
    return {
      kind: 'numerical',
      body:
        key.answers
          .map((a) => answer(a.credit, number(a.value), `<tolerance>${number(a.tolerance)}</tolerance>`, ' format="moodle_auto_format"'))
          .join('') + units,
      tags: [],
    }
  },
  table: {
    example: { stem: 'Luas persegi bersisi 3,5 cm adalah … cm².', options: {}, rows: [], key: '12,25 ± 0,01 cm² | cm2' },
    read: ({ key }) => {
      const m = /^\s*([-−+]?[\d.,]+)\s*(?:(?:±|\+\/-)\s*([\d.,]+))?\s*(.*)$/.exec(key)
      needCell(m && Number.isFinite(numberOf(m[1]!)), 'Kunci angka ditulis seperti "12,5 ± 0,1 cm".')
      const units = m[3]!
        .split('|')
        .map((u) => u.trim())
        .filter(Boolean)
      return { answer: numberOf(m[1]!), tolerance: m[2] ? numberOf(m[2]) : 0, ...(units.length ? { units } : {}) }
    },
    write: (f: Fields) => (f.others ? { left: 'sebagian jawabannya bernilai sebagian' } : { key: numberLine(f) }),
  },
}
