import type { FormatPart } from '../format'
import { answer, cased } from '../../formats/moodle/pen'
import { clozeQuestion } from '../../formats/moodle/write-gaps'
import { gapParts } from '../../formats/qti/write-gaps'
import { placedGaps } from '../../model'
import type { Fields } from './writing'

export const short: FormatPart<'short'> = {
  qti: gapParts,
  interactions: {},
  moodle: (content, scoring, pen) => {
    const key = scoring.gaps['1']!
    if (placedGaps(content.stem).size || key.kind !== 'text') return clozeQuestion(content, scoring, pen, () => 'short')
    return {
      kind: 'shortanswer',
      body: `<usecase>${cased(key) ? 1 : 0}</usecase>${key.answers.map((a) => answer(a.credit, a.text.replaceAll('*', '\\*'), '', ' format="moodle_auto_format"')).join('')}`,
      tags: [],
    }
  },
  table: {
    example: { stem: 'Proses tumbuhan membuat makanan disebut …', options: {}, rows: [], key: 'fotosintesis | asimilasi karbon' },
    read: ({ key }) => {
      const exact = /^tepat\s*:/i.test(key)
      const answers = key
        .replace(/^tepat\s*:/i, '')
        .split('|')
        .map((a) => a.trim())
        .filter(Boolean)
      return { answers, ...(exact ? { exact: true } : {}) }
    },
    write: (f: Fields) =>
      f.answers.some((a) => typeof a !== 'string')
        ? { left: 'sebagian jawabannya bernilai sebagian' }
        : { key: `${f.exact ? 'tepat: ' : ''}${f.answers.join(' | ')}` },
  },
}
