import { z } from 'zod'
import { LineProblem, need } from '../../line-model'
import { common, text, type WritingPart } from '../writing'
import { isRight, MOST_STOPS, stepsOf, stopsOf } from './stops'
import { keyFrom, keyText, lineFrom, lineText } from './text'

const number = z.number().min(-1e9).max(1e9)
const schema = z.strictObject({
  ...common,
  type: z.literal('slider'),
  min: number,
  max: number,
  step: z.number().positive().max(1e9),
  unit: text.optional(),
  /** Words at the lower and the upper end. */
  labels: z.tuple([text, text]).optional(),
  answer: number.optional(),
  tolerance: z.number().min(0).optional(),
  /** Instead of answer and tolerance: everything from … to. */
  range: z.tuple([number, number]).optional(),
})
export type Fields = z.infer<typeof schema>

export const slider: WritingPart<'slider', Fields> = {
  schema,
  compile(item, { stem, bad }) {
    const { min, max, step, unit, labels, answer, tolerance, range } = item
    if (max <= min) bad('ujung kanan harus lebih besar daripada ujung kiri')
    const steps = stepsOf(item)
    if (!Number.isInteger(steps)) bad('langkah harus membagi habis jarak kedua ujung')
    if (steps + 1 > MOST_STOPS) bad(`lebih dari ${MOST_STOPS} nilai; gunakan isian angka`)
    if (Number(step.toFixed(6)) !== step || Number(min.toFixed(6)) !== min) bad('paling banyak enam angka di belakang koma')
    if ((answer === undefined) === (range === undefined)) bad('kunci adalah satu nilai dengan toleransi, atau satu rentang')
    if (range && (tolerance !== undefined || range[1] < range[0]))
      bad('rentang kunci ditulis dari yang kecil ke yang besar, tanpa toleransi')
    const scoring = {
      type: 'slider' as const,
      key: range ? { from: range[0], to: range[1] } : { value: answer!, tolerance: tolerance ?? 0 },
    }
    const right = stopsOf(item).filter((n) => isRight(scoring, n)).length
    if (right === 0) bad('tidak ada nilai pada garis yang termasuk kunci')
    if (right === steps + 1) bad('semua nilai pada garis termasuk kunci')
    return { content: { type: 'slider', stem, min, max, step, ...(unit ? { unit } : {}), ...(labels ? { labels } : {}) }, scoring }
  },
  decompile({ min, max, step, unit, labels }, { key }) {
    const line = { min, max, step, ...(unit ? { unit } : {}), ...(labels ? { labels } : {}) }
    if ('from' in key) return { ...line, range: [key.from, key.to] }
    return { ...line, answer: key.value, ...(key.tolerance ? { tolerance: key.tolerance } : {}) }
  },
  hint: 'Baris pertama: garisnya, misalnya 0 .. 100 langkah 5 °C. Baris kedua: kuncinya, misalnya 40 ± 5 atau 35 .. 45. Kata di ujung: "label: dingin / panas".',
  fromLines(reader) {
    const labels = reader.take(/^label\s*:\s*(.+?)\s*\/\s*(.+)$/i)
    const [line, key, ...more] = reader.lines
    need(line, 'Tulis garisnya, misalnya 0 .. 100 langkah 5 °C.')
    const read = lineFrom(line)
    need(key, 'Tulis kuncinya di baris kedua, misalnya 40 ± 5 atau 35 .. 45.')
    if (more.length) throw new LineProblem(`Baris "${more[0]!.slice(0, 30)}" tidak dikenal: garis di baris pertama, kunci di baris kedua.`)
    return { ...read, ...keyFrom(key.replace(/^kunci\s*:\s*/i, '')), ...(labels ? { labels: [labels[1]!, labels[2]!] } : {}) }
  },
  toLines: (f) => [lineText(f), keyText(f), ...(f.labels ? [`label: ${f.labels.join(' / ')}`] : [])].join('\n'),
}
