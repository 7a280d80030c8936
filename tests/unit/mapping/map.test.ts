import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HEXAGON_KM2, hexagons, labels, neighboursOf, tiles } from '@/lib/mapping/mosaic'
import { toCell, toCells, type Group, type Place } from '@/lib/mapping/cells'
import { readBoundaries } from '@/lib/mapping/boundary'
import { hideSmall, hideTable } from '@/lib/mapping/suppress'
import { solved } from './solve'
import { parseMapFilter } from '@/lib/mapping/model'

/** Official areas in km² (Kepmendagri 300.2.2-2138/2025). */
const areas: Record<string, number> = {
  '18.01': 2227.4,
  '18.02': 4559.6,
  '18.03': 2669.3,
  '18.04': 2110.1,
  '18.05': 3118.6,
  '18.06': 2947.2,
  '18.07': 3860.5,
  '18.08': 3522.1,
  '18.09': 1286.8,
  '18.10': 617.2,
  '18.11': 2200.4,
  '18.12': 1257.1,
  '18.13': 2937.5,
  '18.71': 183.7,
  '18.72': 73.2,
}
const codes = Object.keys(areas)
const at = new Map(hexagons.map((h) => [`${h.column},${h.row}`, h.code]))
const touching = (a: string, b: string) =>
  hexagons.some((h) => h.code === a && neighboursOf(h).some((n) => at.get(`${n.column},${n.row}`) === b))

describe('the mosaic', () => {
  it.each(codes)('gives %s as many hexagons as its area asks for, at least one', (code) => {
    const n = hexagons.filter((h) => h.code === code).length
    if (areas[code]! < HEXAGON_KM2) expect(n).toBe(1)
    else expect(Math.abs(n * HEXAGON_KM2 - areas[code]!) / areas[code]!).toBeLessThanOrEqual(0.15)
  })
  it.each(codes)('keeps %s in one piece', (code) => {
    const own = hexagons.filter((h) => h.code === code)
    const seen = new Set<string>()
    const visit = (h: { column: number; row: number }) => {
      const key = `${h.column},${h.row}`
      if (seen.has(key) || at.get(key) !== code) return
      seen.add(key)
      neighboursOf(h).forEach(visit)
    }
    visit(own[0]!)
    expect(seen.size).toBe(own.length)
  })
  it.each([
    ['18.01', '18.07'],
    ['18.01', '18.09'],
    ['18.01', '18.71'],
    ['18.02', '18.03'],
    ['18.02', '18.04'],
    ['18.02', '18.05'],
    ['18.02', '18.06'],
    ['18.02', '18.07'],
    ['18.02', '18.09'],
    ['18.02', '18.10'],
    ['18.02', '18.12'],
    ['18.02', '18.72'],
    ['18.03', '18.04'],
    ['18.03', '18.08'],
    ['18.03', '18.12'],
    ['18.04', '18.06'],
    ['18.04', '18.08'],
    ['18.04', '18.13'],
    ['18.05', '18.11'],
    ['18.05', '18.12'],
    ['18.06', '18.09'],
    ['18.06', '18.10'],
    ['18.06', '18.13'],
    ['18.07', '18.72'],
    ['18.08', '18.12'],
    ['18.09', '18.10'],
    ['18.09', '18.71'],
    ['18.11', '18.12'],
  ])('keeps %s and %s neighbours', (a, b) => expect(touching(a, b)).toBe(true))
  it.each([
    ['18.13', '18.07'],
    ['18.11', '18.01'],
    ['18.08', '18.07'],
    ['18.71', '18.05'],
  ])('keeps %s and %s apart', (a, b) => expect(touching(a, b)).toBe(false))
  it('has a tile and a label for every kabupaten/kota, no two tiles in one place', () => {
    expect(Object.keys(tiles).sort()).toEqual([...codes].sort())
    expect(Object.keys(labels).sort()).toEqual([...codes].sort())
    expect(new Set(Object.values(tiles).map(String)).size).toBe(15)
  })
})

/** Schools of five people each with these means; their people lie up to 10 around it. */
const schools = (means: number[]): Group => ({
  n: 5 * means.length,
  schools: means.map((m) => {
    const people = [m - 10, m - 5, m, m + 5, m + 10]
    return { n: 5, sum: people.reduce((s, v) => s + v, 0), squares: people.reduce((s, v) => s + v * v, 0) }
  }),
})
const around = (middle: number, count: number) => schools(Array.from({ length: count }, (_, i) => middle + (i % 2 ? 4 : -4)))
const place = (code: string, group: Group | undefined, hidden = false): Place => ({ code, name: code, group, hidden, roster: 40 })

describe('a cell', () => {
  it('carries n and an error that respects schools', () => {
    const cell = toCell(place('x', around(50, 10)), 60, null)
    expect(cell).toMatchObject({ n: 50, mean: 50, state: 'hatched', compared: null })
    // Ten equal schools 4 from their mean: sd of schools / √10.
    expect(cell.standardError).toBeCloseTo(Math.sqrt((10 * 16) / 9 / 10), 10)
    expect(cell.margin! / cell.standardError!).toBeCloseTo(2.262, 3)
    expect(toCell(place('x', around(50, 10)), 20, null).state).toBe('shown')
  })
  it('says nothing of a hidden group but that it is hidden', () => {
    expect(toCell(place('x', around(50, 1), true), 20, null)).toEqual({
      code: 'x',
      name: 'x',
      n: null,
      mean: null,
      standardError: null,
      margin: null,
      share: null,
      shareMargin: null,
      roster: 40,
      state: 'hidden',
      compared: null,
    })
    expect(toCell(place('x', undefined), 20, null).state).toBe('empty')
  })
  it('is called above or below against the rest, never itself, and only where the words stand up to their number', () => {
    const others = Array.from({ length: 14 }, (_, i) => place(`w${i}`, around(50, 12)))
    const words = (middle: number) => toCells([place('x', around(middle, 12)), ...others], 20, null)[0]!.compared
    expect(words(50)).toBe('sekitar')
    expect(words(60)).toBe('di atas')
    expect(words(40)).toBe('di bawah')
    // 1.9 standard errors: enough for one alone, not for one of fifteen.
    expect(words(52.5)).toBe('sekitar')
    // Two kabupaten only: each is the other's rest, so that the large one does not hide the small one's distance in its own mean.
    const two = toCells([place('small', around(40, 6)), place('large', around(50, 60))], 20, null)
    expect(two.map((c) => c.compared)).toEqual(['di bawah', 'di atas'])
    expect(toCells([place('alone', around(40, 6))], 20, null)[0]!.compared).toBeNull()
  })
  it('of a school has the error of its own people', () => {
    const [one] = toCells([place('a', schools([60])), place('b', schools([50, 50, 52, 48, 51, 49]))], 3, null, true)
    expect(one!.standardError).toBeCloseTo(Math.sqrt(250 / 4 / 5), 10)
  })
})

describe('hiding small groups', () => {
  it('hides a small one and the next smallest with it, so that the total gives nothing away', () => {
    expect(hideSmall([4, 50, 30, 80], 10)).toEqual([true, false, true, false])
    expect(hideSmall([50, 30, 80], 10)).toEqual([false, false, false])
    expect(hideSmall([6, 7, 80], 10)).toEqual([true, true, false])
    expect(hideSmall([0, 5, 40], 10)).toEqual([false, true, true])
  })
  it('hides every cell of a kabupaten whose own total is hidden, so that its subjects do not add up to it', () => {
    expect(
      hideTable(
        [
          [12, 0, 90],
          [0, 40, 80],
        ],
        10,
        [true, false, false],
      ),
    ).toEqual([
      [true, false, true],
      [false, true, true],
    ])
    expect(hideTable([[12, 30, 90]], 10, [true, true, false])).toEqual([[true, true, false]])
  })
  it('hides one more where two pairs of hidden cells hang together by a single one, which their totals would tell', () => {
    // Rows and columns each hide two or three, and yet what the first two rows hide less the first two columns is the cell in the middle.
    const counts = [
      [5, 6, 50, 50],
      [6, 5, 7, 50],
      [50, 50, 6, 5],
      [50, 50, 5, 6],
    ]
    const hidden = hideTable(counts, 10, [])
    const unknown = counts.flatMap((row, r) => row.map((n, c) => ({ n, r, c }))).filter(({ r, c }) => hidden[r]![c])
    const people = counts.flatMap((row, r) => row.flatMap((n, c) => Array.from({ length: n }, () => ({ r, c }))))
    const lines = [0, 1, 2, 3].flatMap((i) => [people.filter((p) => p.r === i), people.filter((p) => p.c === i)])
    const shown = counts.flatMap((row, r) => row.map((_, c) => people.filter((p) => p.r === r && p.c === c && !hidden[r]![c])))
    const readings = [
      ...[...lines, ...shown].map((p) => ({ of: 'n', people: p, hidden: false, where: '' })),
      ...unknown.map((u) => ({ of: 'n', people: people.filter((p) => p.r === u.r && p.c === u.c), hidden: true, where: `${u.r}${u.c}` })),
    ]
    expect(solved(readings)[0]!.examples).toEqual([])
  })
  it('leaves in no row or column a single hidden cell or a hidden sum below the threshold, unless nothing else is left', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 5, maxLength: 5 }), { minLength: 2, maxLength: 6 }),
        (counts) => {
          const hidden = hideTable(counts, 10)
          const lines = [
            ...counts.map((row, r) => row.map((n, c) => ({ n, h: hidden[r]![c]! }))),
            ...counts[0]!.map((_, c) => counts.map((row, r) => ({ n: row[c]!, h: hidden[r]![c]! }))),
          ]
          for (const line of lines) {
            for (const cell of line) if (cell.n > 0 && cell.n < 10) expect(cell.h).toBe(true)
            const held = line.filter((c) => c.h)
            const shown = line.filter((c) => c.n > 0 && !c.h)
            if (held.length && shown.length) expect(held.length >= 2 && held.reduce((a, c) => a + c.n, 0) >= 10).toBe(true)
          }
        },
      ),
    )
  })
})

describe('the filter in the address', () => {
  it('takes what it knows and falls back quietly on what it does not', () => {
    expect(parseMapFilter({ bagian: '4', mapel: 'MTK', tampilan: 'tabel' })).toMatchObject({
      bagian: '4',
      mapel: 'MTK',
      tampilan: 'tabel',
      siklus: '',
    })
    expect(parseMapFilter({ bagian: '9', tampilan: 'x', mapel: 'x'.repeat(99) })).toMatchObject({
      bagian: '1',
      tampilan: 'peta',
      mapel: '',
    })
  })
})

describe('the door for true boundaries', () => {
  const square = (code: string, km: number, turn = false) => {
    const d = km / 111.2 / 2
    const ring = [
      [105 - d, -d],
      [105 - d, d],
      [105 + d, d],
      [105 + d, -d],
      [105 - d, -d],
    ]
    return { type: 'Feature', properties: { kode: code }, geometry: { type: 'Polygon', coordinates: [turn ? [...ring].reverse() : ring] } }
  }
  const official = new Map([
    ['18.01', 10_000],
    ['18.02', 2500],
  ])
  const file = (...features: object[]) => JSON.stringify({ type: 'FeatureCollection', features })
  it('accepts the right file whatever the winding of its rings', () => {
    for (const turn of [false, true])
      expect(readBoundaries(file(square('1801', 100, turn), square('18.02', 50, turn)), official)).toMatchObject({ ok: true })
  })
  it('refuses missing codes, false areas, open rings, swapped coordinates and files that are no map', () => {
    expect(readBoundaries(file(square('18.01', 100)), official)).toMatchObject({ ok: false, code: 'codes' })
    expect(readBoundaries(file(square('18.01', 120), square('18.02', 50)), official)).toMatchObject({ ok: false, code: 'area' })
    const open = square('18.01', 100)
    open.geometry.coordinates[0]!.pop()
    expect(readBoundaries(file(open, square('18.02', 50)), official)).toMatchObject({ ok: false, code: 'ring' })
    const swapped = square('18.01', 100)
    swapped.geometry.coordinates[0] = swapped.geometry.coordinates[0]!.map(([x, y]) => [y!, x!])
    expect(readBoundaries(file(swapped, square('18.02', 50)), official)).toMatchObject({ ok: false, code: 'order' })
    expect(readBoundaries('bukan peta', official)).toMatchObject({ ok: false, code: 'json' })
    expect(readBoundaries(' '.repeat(1_100_000), official)).toMatchObject({ ok: false, code: 'size' })
  })
  const real = '../shared/data/lampung-kabkota.topo.json'
  it.skipIf(!existsSync(real))('accepts the true boundaries of Lampung where such a file lies beside the checkout', () => {
    const result = readBoundaries(readFileSync(real, 'utf8'), new Map(Object.entries(areas)))
    expect(result.ok ? result.value.features.length : result.message).toBe(15)
  })
})
