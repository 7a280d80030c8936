import { numberOrNull } from './number-lines'
import { rowsOf, split, type Lack } from './part'

/** The line, its key and the words at its ends, all as typed. `span`: the key is everything from … to. */
export type Slider = {
  min: string
  max: string
  step: string
  unit: string
  low: string
  high: string
  span: boolean
  answer: string
  tolerance: string
  from: string
  to: string
}
const NUMBER = String.raw`(?:[-−]?\d+(?:[.,]\d+)*)?`
const TO = String.raw`\s*(?:\.\.|…|–|sampai|s\.d\.)\s*`
const LINE = new RegExp(`^\\s*(${NUMBER})${TO}(${NUMBER})\\s+langkah\\s*(${NUMBER})\\s*(.*)$`, 'i')
const SPAN = new RegExp(`^\\s*(${NUMBER})${TO}(${NUMBER})\\s*$`, 'i')
const VALUE = new RegExp(`^\\s*(${NUMBER})\\s*(?:(?:±|\\+/-)\\s*(${NUMBER}))?\\s*$`)

export function readSlider(lines: string): Slider | null {
  const { rules, rows } = split(lines, /^label\s*:\s*(.*?)\s*\/\s*(.*)$/i)
  const none = { min: '', max: '', step: '', unit: '', low: '', high: '', span: false, answer: '', tolerance: '', from: '', to: '' }
  if (!rowsOf(lines).length) return none
  const [line = '', key = '', ...more] = rows.filter((l) => l.trim())
  const m = LINE.exec(line)
  const plain = key.trim().replace(/^kunci\s*:\s*/i, '')
  const [span, value] = [SPAN.exec(plain), VALUE.exec(plain)]
  if (!m || more.length || (!span && !value)) return null
  return {
    ...none,
    min: m[1]!,
    max: m[2]!,
    step: m[3]!,
    unit: m[4]!.trim(),
    low: rules[0]?.[1] ?? '',
    high: rules[0]?.[2] ?? '',
    ...(span ? { span: true, from: span[1]!, to: span[2]! } : { answer: value![1]!, tolerance: value![2] ?? '' }),
  }
}

export function writeSlider(s: Slider): string {
  const t = (text: string) => text.trim()
  const key = s.span ? `${t(s.from)} .. ${t(s.to)}` : `${t(s.answer)}${t(s.tolerance) ? ` ± ${t(s.tolerance)}` : ''}`
  return [
    `${t(s.min)} .. ${t(s.max)} langkah ${t(s.step)}${t(s.unit) ? ` ${t(s.unit)}` : ''}`,
    key,
    ...(t(s.low) || t(s.high) ? [`label: ${t(s.low)} / ${t(s.high)}`] : []),
  ].join('\n')
}

export function lackOfSlider(s: Slider): Lack | null {
  const wanted: [string, string, string][] = [
    [s.min, 'Ujung kiri', 'garis-min'],
    [s.max, 'Ujung kanan', 'garis-max'],
    [s.step, 'Langkah', 'garis-langkah'],
    ...(s.span
      ? ([
          [s.from, 'Kunci dari', 'garis-dari'],
          [s.to, 'Kunci sampai', 'garis-sampai'],
        ] as [string, string, string][])
      : ([[s.answer, 'Nilai yang benar', 'garis-kunci']] as [string, string, string][])),
  ]
  for (const [text, name, at] of wanted) if (numberOrNull(text) === null) return { words: `${name} belum berupa angka.`, at }
  if (!s.span && s.tolerance.trim() && numberOrNull(s.tolerance) === null)
    return { words: 'Toleransi belum berupa angka.', at: 'garis-toleransi' }
  if (!s.low.trim() !== !s.high.trim())
    return { words: 'Kata di ujung ditulis untuk keduanya, atau tidak sama sekali.', at: s.low.trim() ? 'garis-kanan' : 'garis-kiri' }
  return null
}
