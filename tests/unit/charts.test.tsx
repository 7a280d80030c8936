import { renderToStaticMarkup } from 'react-dom/server'
import type { ReactElement } from 'react'
import { describe, expect, it } from 'vitest'
import { CategoryCurves } from '@/components/charts/category-curves'
import { DifPlot } from '@/components/charts/dif-plot'
import { DistractorPlot } from '@/components/charts/distractor-plot'
import { History } from '@/components/charts/history'
import { InformationCurve } from '@/components/charts/information-curve'
import { ItemCurve } from '@/components/charts/item-curve'
import { RangeBar } from '@/components/charts/range-bar'
import { lanes, named, show, spread, ticks, widen } from '@/components/charts/scale'
import { Scatter } from '@/components/charts/scatter'
import { ScoreError } from '@/components/charts/score-error'
import { WrightMap } from '@/components/charts/wright-map'

const thetas = Array.from({ length: 61 }, (_, i) => -3 + i / 10)
const logistic = (x: number) => 1 / (1 + Math.exp(-x))
const text = { label: 'Gambar menurut contoh.', caption: 'Contoh' }

/** For every chart: a picture of plausible data, a number that its table must hold, and the same chart without data. */
const charts: Record<string, { full: ReactElement; number: string; empty: ReactElement }> = {
  ItemCurve: {
    full: (
      <ItemCurve
        {...text}
        curve={thetas.map((theta) => ({ theta, expected: logistic(theta) }))}
        points={[
          { theta: -1.05, share: 0.31, n: 212, low: 0.25, high: 0.375 },
          { theta: Number.NaN, share: 0.5, n: 0, low: Number.NaN, high: Number.NaN },
        ]}
        cut={0.4}
      />
    ),
    number: '0,25 s.d. 0,38',
    empty: <ItemCurve {...text} curve={[]} points={[]} />,
  },
  CategoryCurves: {
    full: (
      <CategoryCurves
        {...text}
        categories={['0', '1', '2'].map((name, k) => ({
          name,
          points: thetas.map((theta) => ({ theta, p: Math.exp(-((theta - k + 1) ** 2)) })),
        }))}
      />
    ),
    number: '-3,00',
    empty: <CategoryCurves {...text} categories={[{ name: '0', points: [] }]} />,
  },
  DistractorPlot: {
    full: (
      <DistractorPlot
        {...text}
        groups={['1', '2', '3']}
        options={[
          { id: 'A', isKey: true, shares: [0.3, 0.5, 0.815] },
          { id: 'B', isKey: false, shares: [0.6, Number.NaN, 0.1] },
        ]}
        omitted={[0.1, 0.05, 0.02]}
      />
    ),
    number: '0,30',
    empty: <DistractorPlot {...text} groups={[]} options={[]} />,
  },
  WrightMap: {
    full: (
      <WrightMap
        {...text}
        persons={[
          { theta: -0.25, n: 40 },
          { theta: 0.25, n: 1310 },
        ]}
        items={Array.from({ length: 30 }, (_, i) => ({ id: `B-${i}`, location: 0.125 + i / 100, href: `/butir/${i}` }))}
        cut={0.1}
      />
    ),
    number: '0,13',
    empty: <WrightMap {...text} persons={[]} items={[]} />,
  },
  InformationCurve: {
    full: (
      <InformationCurve
        {...text}
        points={thetas.map((theta) => ({ theta, information: 5 * Math.exp(-(theta ** 2)), se: theta < -2.9 ? Infinity : 0.45 }))}
        cut={1}
      />
    ),
    number: '5,00',
    empty: <InformationCurve {...text} points={[]} />,
  },
  ScoreError: {
    full: <ScoreError {...text} points={[0, 1, 2, 3].map((score) => ({ score, sem: Math.sqrt(score * (3 - score)) }))} />,
    number: '1,41',
    empty: <ScoreError {...text} points={[]} />,
  },
  DifPlot: {
    full: (
      <DifPlot
        {...text}
        rows={[
          { name: 'Perempuan dan laki-laki', delta: -1.234, low: -9, high: -0.4, class: 'B', n: 1203 },
          { name: 'Negeri dan swasta', delta: 0.2, low: -0.3, high: 0.7, class: null, n: 300 },
        ]}
      />
    ),
    number: '-1,23',
    empty: <DifPlot {...text} rows={[]} />,
  },
  Scatter: {
    full: (
      <Scatter
        {...text}
        xName="Skor"
        yName="Nilai"
        cells={[
          { x: 10.5, y: 20.5, n: 3 },
          { x: 30, y: 44, n: 1500 },
        ]}
        line={{ slope: 1.2, intercept: -3 }}
      />
    ),
    number: '1.500',
    empty: <Scatter {...text} xName="Skor" yName="Nilai" cells={[]} line={{ slope: 1, intercept: 0 }} />,
  },
  History: {
    full: (
      <History
        {...text}
        yName="Keandalan"
        points={[
          { name: '2024', value: 0.81, low: 0.78, high: 0.84 },
          { name: '2025', value: 0.86, low: null, high: null },
        ]}
      />
    ),
    number: '0,78 s.d. 0,84',
    empty: <History {...text} yName="Keandalan" points={[]} />,
  },
}

describe('charts', () => {
  for (const [name, { full, number, empty }] of Object.entries(charts)) {
    it(`${name} draws clean numbers, says what it shows and repeats them in a table`, () => {
      const html = renderToStaticMarkup(full)
      expect(html).not.toMatch(/NaN|undefined|Infinity|∞/)
      expect(html).toMatch(/<(svg|g)[^>]* role="img" aria-label="Gambar menurut contoh\."/)
      expect(html).toContain('<figcaption')
      const table = html.slice(html.indexOf('<details'))
      expect(table).toContain('Lihat angka')
      expect(table).toContain(number)
    })
    it(`${name} without data is a sentence`, () => {
      const html = renderToStaticMarkup(empty)
      expect(html).toContain('Belum ada data')
      expect(html).not.toContain('<svg')
    })
  }

  it('keeps the links of the map outside the image role, and in the table', () => {
    const html = renderToStaticMarkup(charts['WrightMap']!.full)
    const image = html.slice(html.indexOf('<g role="img"'), html.indexOf('<a '))
    expect(image.split('</g>').length - image.split('<g').length).toBe(0)
    expect(html.split('href="/butir/7"')).toHaveLength(3)
  })

  it('puts no two item labels of the map on one spot, harder items higher', () => {
    const html = renderToStaticMarkup(charts['WrightMap']!.full)
    const spots = [...html.matchAll(/<a [^>]*><text x="([\d.]+)" y="([\d.]+)"/g)].map((m) => [Number(m[1]), Number(m[2])])
    expect(spots).toHaveLength(30)
    expect(new Set(spots.map(String)).size).toBe(30)
    expect(spots.map((s) => s[1])).toEqual(spots.map((s) => s[1]).sort((a, b) => a! - b!))
  })

  it('tells a teacher everything in one sentence', () => {
    const bar = (value: number) => (
      <RangeBar label="Perkiraan" low={55.1} high={69.7} value={value} cut={60} from={0} to={100} ticks={[{ at: 50, name: '50' }]} />
    )
    const html = renderToStaticMarkup(bar(62.4))
    expect(html).toContain('aria-label="Perkiraan; Nilai 62,4, rentang 55,1 sampai 69,7; batas 60,0; skala 0 sampai 100."')
    expect(html).not.toMatch(/NaN|undefined/)
    expect(renderToStaticMarkup(bar(Number.NaN))).toContain('Belum ada nilai')
  })
})

describe('scales', () => {
  it('chooses round ticks and ends', () => {
    expect(ticks([-3, 3], 6)).toEqual([-3, -2, -1, 0, 1, 2, 3])
    expect(ticks([0, 1])).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(widen([12, 88])).toEqual([0, 100])
    expect(widen([5, 5])[0]).toBeLessThan(5)
    expect(named([0, 0.5], (v) => v).map((t) => t.name)).toEqual(['0,0', '0,5'])
  })
  it('writes no negative zero', () => {
    expect(show(-0.001)).toBe('0,00')
    expect(show(-0.01)).toBe('-0,01')
  })
  it('keeps labels apart', () => {
    const places = spread([50, 50, 51, 90], 13, [0, 100])
    places.slice(1).forEach((p, i) => expect(p - places[i]!).toBeGreaterThanOrEqual(13))
    expect(Math.max(...places)).toBeLessThanOrEqual(100)
    expect(
      lanes(
        [
          { x: 50, text: 'panjang' },
          { x: 55, text: 'panjang' },
        ],
        [0, 100],
      ).map((l) => l.row),
    ).toEqual([0, 1])
  })
})
