import type { FormatPart } from '../format'
import { text } from '../../formats/moodle/pen'
import { declaration } from '../../formats/qti/write-scoring'
import { xmlText } from '../../formats/xml'

export const extended: FormatPart<'extended'> = {
  qti: (content, scoring, { prompt }) => {
    const rows = scoring.rubric.map((c) => `<tr><th>${xmlText(c.title)}</th>${c.levels.map((l) => `<td>${xmlText(l)}</td>`).join('')}</tr>`)
    return {
      declared: declaration('RESPONSE', 'single', 'string', ''),
      body: `<qti-extended-text-interaction response-identifier="RESPONSE" data-words="${content.words}">${prompt(content)}</qti-extended-text-interaction><qti-rubric-block view="scorer" use="rubric"><qti-content-body><table class="rubric"><tbody>${rows.join('')}</tbody></table></qti-content-body></qti-rubric-block>`,
      processing: '',
    }
  },
  interactions: {},
  moodle: (content, { rubric }) => {
    const rows = rubric.map((c) => `<tr><td>${xmlText(c.title)}</td>${c.levels.map((l) => `<td>${xmlText(l)}</td>`).join('')}</tr>`)
    const widest = Math.max(...rubric.map((c) => c.levels.length))
    const head = `<tr><th>Kriteria</th>${Array.from({ length: widest }, (_, i) => `<th>${i}</th>`).join('')}</tr>`
    return {
      kind: 'essay',
      body: `<responseformat>plain</responseformat><responserequired>1</responserequired>${content.words ? `<maxwordlimit>${content.words}</maxwordlimit>` : ''}<graderinfo format="html">${text(`<table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table>`)}</graderinfo>`,
      tags: ['petaguru:extended'],
    }
  },
  table: { left: 'jenis "Uraian"' },
}
