import { z } from 'zod'
import { compileGap, gapFields, GapFields, gapFromLine, gapLine, worthOf } from '../gap-writing'
import { need } from '../../line-model'
import { ruleLine } from '../set-writing'
import { common, known, type WritingPart } from '../writing'

const schema = z.strictObject({
  ...common,
  type: z.literal('cloze'),
  gaps: z.array(GapFields).min(1).max(20),
  rule: z.literal('all').optional(),
  once: z.literal(true).optional(),
})
export type Fields = z.infer<typeof schema>

export const cloze: WritingPart<'cloze', Fields> = {
  schema,
  compile(item, tools) {
    for (const gap of item.gaps) if ('options' in gap) known('key' in gap ? [gap.key] : Object.keys(gap.credits), gap.options, tools)
    const compiled = item.gaps.map((gap, i) => compileGap(gap, String(i + 1), tools.entries))
    return {
      content: { type: 'cloze', stem: tools.stem, gaps: compiled.map((g) => g.gap), ...(item.once ? { once: item.once } : {}) },
      scoring: {
        type: 'cloze',
        gaps: Object.fromEntries(compiled.map((g) => [g.gap.id, g.key])),
        ...(item.rule ? { rule: item.rule } : {}),
        ...worthOf(item.gaps.map((g) => g.worth ?? 1)),
      },
    }
  },
  decompile: (content, key, { words }) => ({
    gaps: content.gaps.map((g) => ({
      ...gapFields(key.gaps[g.id]!, g.kind === 'choice' ? words(g.options) : null),
      ...(key.worth ? { worth: key.worth[g.id] ?? 1 } : {}),
    })),
    ...(key.rule ? { rule: key.rule } : {}),
    ...(content.once ? { once: true } : {}),
  }),
  hint: 'Satu isian setiap baris, sesuai [[1]], [[2]] di dalam soal. teks: a / b   ·   angka: 3,5 ± 0,1   ·   pilihan: *benar / salah / salah. "semua atau nol", "sekali pakai".',
  fromLines(reader) {
    const rules = reader.rule()
    const once = reader.take(/^sekali pakai$/i)
    need(reader.lines.length, 'Tulis satu baris untuk setiap isian.')
    return { gaps: reader.lines.map(gapFromLine), ...rules, ...(once ? { once: true } : {}) }
  },
  toLines(f) {
    const lines = f.gaps.map(gapLine)
    return lines.includes(null) ? null : [...lines, ...ruleLine(f), ...(f.once ? ['sekali pakai'] : [])].join('\n')
  },
}
