import { describe, expect, it } from 'vitest'
import type { Cell } from '@/lib/mapping/model'
import { certaintyOf, figureIn, HIDDEN, legendOf, NO_DATA, paintOf, palette, scaleFor, shortFigure } from '@/lib/mapping/palette-model'
import { empty, hidden, shown } from '../reports/data'

const linear = (c: number) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)
const rgb = (hex: string) => [1, 3, 5].map((i) => linear(parseInt(hex.slice(i, i + 2), 16)))
const luminance = (hex: string) => rgb(hex).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i]!, 0)
const contrast = (a: string, b: string) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** What an eye sees that lacks one kind of cone (Machado, Oliveira & Fernandes 2009, severity 1), on linear RGB. */
const eyes: Record<string, number[][]> = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue cones': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}
const seen = (hex: string, eye: number[][]) =>
  eye.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((s, m, i) => s + m * rgb(hex)[i]!, 0),
      ),
    ),
  )
function lab([r, g, b]: number[]): number[] {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = f((0.4124 * r! + 0.3576 * g! + 0.1805 * b!) / 0.95047)
  const y = f(0.2126 * r! + 0.7152 * g! + 0.0722 * b!)
  const z = f((0.0193 * r! + 0.1192 * g! + 0.9505 * b!) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
const chroma = (hex: string) => Math.hypot(...lab(rgb(hex)).slice(1))

const everyPaint = [...Object.values(palette).flat(), HIDDEN, NO_DATA]

describe('the colours of the map', () => {
  it('carry text that reads on every one of them', () => {
    for (const { fill, ink } of everyPaint) expect(contrast(fill, ink), `${ink} on ${fill}`).toBeGreaterThanOrEqual(4.5)
  })

  it.each(Object.keys(eyes))('of figures are told apart by an eye with %s', (name) => {
    const fills = [...Object.values(palette).flat(), HIDDEN].map((p) => p.fill)
    for (const [i, a] of fills.entries())
      for (const b of fills.slice(i + 1)) {
        const [x, y] = [lab(seen(a, eyes[name]!)), lab(seen(b, eyes[name]!))]
        expect(Math.hypot(...x.map((v, k) => v - y[k]!)), `${a} beside ${b}`).toBeGreaterThan(10)
      }
  })

  it('are less vivid, and fewer, the less certain a figure is', () => {
    const [sure, rough, unsure] = [palette.sure, palette.rough, palette.unsure].map((of) => Math.max(...of.map((p) => chroma(p.fill))))
    expect(sure!).toBeGreaterThan(rough!)
    expect(rough!).toBeGreaterThan(unsure!)
    expect(Object.values(palette).map((of) => of.length)).toEqual([4, 2, 1])
    const dullest = Math.min(...palette.sure.map((p) => chroma(p.fill)))
    expect(dullest).toBeGreaterThan(rough!)
  })

  it('of one competency do not change with what a filter shows', () => {
    const one = { ...shown('18.01', 'Lampung Selatan', 100, 52), margin: 2 }
    const paint = paintOf(one, scaleFor({ bagian: '1', nilai: 'rata-rata' }))
    for (const others of [[], [shown('18.02', 'A', 50, 12)], [shown('18.02', 'A', 50, 99), empty('18.03', 'B')]]) {
      const cells: Cell[] = [one, ...others]
      expect(cells.map((c) => paintOf(c, scaleFor({ bagian: '1', nilai: 'rata-rata' })))[0]).toEqual(paint)
    }
  })
})

describe('the certainty of a figure', () => {
  const scale = scaleFor({ bagian: '1', nilai: 'rata-rata' })
  it('is that of the colour class against its 95 % interval', () => {
    expect([0, 2.5, 2.6, 5, 5.1, null].map((m) => certaintyOf(m, scale))).toEqual(['sure', 'sure', 'rough', 'rough', 'unsure', 'unsure'])
  })

  it('stands before the number too, so that nobody needs the colour', () => {
    const at = (margin: number | null) => shortFigure({ ...shown('1', 'A', 50, 51.44), margin }, scale)
    expect([at(1), at(4), at(9), at(null)]).toEqual(['51,4', '≈ 51,4', '? 51,4', '? 51,4'])
    expect([shortFigure(hidden('1', 'A'), scale), shortFigure(empty('1', 'A'), scale)]).toEqual(['•', '–'])
  })

  it('never tells two uncertain values apart', () => {
    const at = (mean: number, margin: number) => paintOf({ ...shown('1', 'A', 50, mean), margin }, scale).fill
    expect(at(20, 9)).toBe(at(90, 9))
    expect(at(46, 4)).toBe(at(49, 4))
    expect(at(46, 4)).not.toBe(at(51, 4))
    expect(at(44, 1)).not.toBe(at(46, 1))
  })
})

describe('the share of competent teachers', () => {
  const scale = scaleFor({ bagian: '1', nilai: 'kompeten' })
  it('is pictured by its own figure and error, and nothing is pictured where it is not known', () => {
    expect(figureIn(shown('1', 'A', 50, 51), 'kompeten')).toEqual({ value: 41.3, margin: 6.2 })
    const unknown = { ...shown('1', 'A', 50, 51), share: null, shareMargin: null }
    expect(paintOf(unknown, scale)).toBe(HIDDEN)
    expect(shortFigure(unknown, scale)).toBe('–')
  })

  it('of a hidden group is not pictured even if a figure were left in the cell', () => {
    expect(paintOf(hidden('1', 'A'), scale)).toBe(HIDDEN)
    expect(figureIn(hidden('1', 'A'), 'kompeten')).toBeNull()
  })

  it('has a legend in round numbers', () => {
    expect(legendOf(scale).map((l) => l.classes.map((c) => c.label))).toEqual([
      ['di bawah 25', '25–50', '50–75', '75 ke atas'],
      ['di bawah 50', '50 ke atas'],
      ['nilai tidak dibedakan'],
    ])
    expect(legendOf(scale)[0]!.words).toBe('Cukup pasti: ± 12,5 poin persen atau kurang')
  })
})
