import type { FormatPart } from '../format'
import { htmlWriter } from '../../formats/markup-html'
import { setDeclaration } from '../../formats/qti/write-scoring'

export const hottext: FormatPart<'hottext'> = {
  qti: (content, scoring, { style }) => {
    const inside = htmlWriter({ ...style, hot: (id, words) => `<qti-hottext identifier="${id}">${words}</qti-hottext>` }).blocks(
      content.stem,
    )
    return {
      ...setDeclaration(scoring, scoring.options, (c) => c, 'identifier', true, content.most === 1),
      body: `<qti-hottext-interaction response-identifier="RESPONSE" max-choices="${content.most}">${inside}</qti-hottext-interaction>`,
    }
  },
  interactions: {},
  moodle: { left: 'Moodle tidak mempunyai jenis soal "pilih kata dalam teks"' },
  table: { left: 'jenis "Pilih kata dalam teks"' },
}
