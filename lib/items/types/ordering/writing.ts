import { z } from 'zod'
import { orderingItem } from '../../ordering'
import { need } from '../../line-model'
import { common, text, type WritingPart } from '../writing'

const schema = z.strictObject({ ...common, type: z.literal('ordering'), steps: z.array(text).min(2).max(20) })
export type Fields = z.infer<typeof schema>

export const ordering: WritingPart<'ordering', Fields> = {
  schema,
  compile: (item, { stem, body }) => orderingItem(stem, item.steps.map(body)),
  decompile(content, scoring, { words }) {
    const texts = words(content.options)
    return { steps: scoring.order.map((id) => texts[id]!) }
  },
  hint: 'Satu langkah setiap baris, dalam urutan yang benar. Peserta melihatnya teracak.',
  fromLines({ lines }) {
    need(lines.length >= 2, 'Tulis sedikitnya dua langkah dalam urutan yang benar.')
    return { steps: lines }
  },
  toLines: (f) => f.steps.join('\n'),
}
