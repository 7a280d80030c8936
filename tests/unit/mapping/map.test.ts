import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HEXAGON_KM2, hexagons, labels, neighboursOf, tiles } from '@/lib/mapping/mosaic'
import { toCell } from '@/lib/mapping/cells'
import { readBoundaries } from '@/lib/mapping/boundary'
import { hideSmall, hideTable } from '@/lib/mapping/suppress'
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

describe('a cell', () => {
  const province = { key: '', n: 1000, mean: 50, sd: 10 }
  const cell = (mean: number, n = 25, hidden = false) => toCell('x', 'X', { key: 'x', n, mean, sd: 10 }, hidden, 40, 20, province)
  it('carries n and its error, and is called above or below only when that is likely enough', () => {
    expect(cell(53)).toMatchObject({ n: 25, standardError: 2, state: 'shown', compared: 'di atas' })
    expect(cell(52.5).compared).toBe('sekitar')
    expect(cell(47).compared).toBe('di bawah')
    expect(cell(50, 12).state).toBe('hatched')
  })
  it('says nothing of a hidden group but that it is hidden', () => {
    expect(cell(53, 4, true)).toEqual({
      code: 'x',
      name: 'X',
      n: null,
      mean: null,
      standardError: null,
      roster: 40,
      state: 'hidden',
      compared: null,
    })
    expect(toCell('x', 'X', undefined, false, 40, 20, province).state).toBe('empty')
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
