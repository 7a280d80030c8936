import { z } from 'zod'
import { gapFields, numberFields, numberFromLine, numberGap, numberLine } from '../gap-writing'
import { LineProblem, need } from '../../line-model'
import { common, type WritingPart } from '../writing'

const schema = z.strictObject({ ...common, type: z.literal('numeric'), ...numberFields })
export type Fields = z.infer<typeof schema>

export const numeric: WritingPart<'numeric', Fields> = {
  schema,
  compile: (item, { stem }) => ({
    content: { type: 'numeric', stem, gaps: [{ id: '1', kind: 'number' }], ...(item.units?.length ? { unit: item.units[0] } : {}) },
    scoring: { type: 'numeric', gaps: { 1: numberGap(item) } },
  }),
  decompile: (_content, scoring) => gapFields(scoring.gaps['1']!, null),
  hint: 'Jawaban, toleransi, dan satuan, misalnya: 12,5 ± 0,1 cm | cm2.',
  fromLines({ lines: [first, ...others] }) {
    need(first, 'Tulis jawabannya, misalnya 12,5 ± 0,1 cm.')
    const extra = others.map((l) => {
      const m = /^(\d{1,3})\s*%\s*\|\s*(.+)$/.exec(l)
      if (!m) throw new LineProblem(`Jawaban kedua "${l.slice(0, 20)}" belum didahului persen nilainya.`)
      const { answer, tolerance } = numberFromLine(m[2]!)
      return { answer, tolerance, credit: Number(m[1]) / 100 }
    })
    return { ...numberFromLine(first), ...(extra.length ? { others: extra } : {}) }
  },
  toLines: (f) => [numberLine(f), ...(f.others ?? []).map((o) => `${Math.round(o.credit * 100)}% | ${numberLine(o)}`)].join('\n'),
}
