import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { GrowthPage } from '@/components/growth/growth-page'
import { growthView, powerView, type Circle } from '@/lib/growth/figures'
import type { Comparison, Pair } from '@/lib/growth/comparison'
import { parseGrowthFilter, type GrowthFilter, type Withheld } from '@/lib/growth/model'
import type { GrowthBody, GrowthPage as Page } from '@/lib/growth/service'
import { simulateProvince } from '../../load/province'

vi.mock('next/navigation', () => ({ useRouter: () => ({}), usePathname: () => '', useSearchParams: () => new URLSearchParams() }))

/** The growth page of a simulated province as an official reads it. */

const withheld: Withheld = { title: 'Ekonomi', why: 'gate', reasons: ['error'], error: 14.2, anchors: 9, wanted: 29 }
const p = simulateProvince(60, { everybody: 0.2, modules: [0], drift: 0, closing: 0.15, teachers: 600 })
const ids = [...new Set(p.pairs.map((x) => x.regionCode))].sort()
const pairs = p.pairs.map((x, i): Pair => ({
  ...x,
  firstAttempt: `a${i}`,
  secondAttempt: `b${i}`,
  regionId: x.regionCode,
  level: 'SMA',
}))
const comparison: Comparison = {
  chosen: { code: '2604', name: 'Ukur ulang, 18 April 2026', simulated: true, baseCode: '2510', baseName: 'Gelombang I, 18 Oktober 2025' },
  links: [...p.errors].map(([instrumentId, e]) => ({
    title: 'Pedagogik',
    instrumentId,
    runId: 'r',
    error: e.se,
    df: e.df,
    wanted: null,
    unit: p.units.get(instrumentId) ?? null,
    deviations: { before: 100, after: 100 },
    gate: 'open',
    reasons: [],
    anchors: 16,
    dropped: 0,
    at: '2026-05-01T02:00:00Z',
  })),
  withheld: [withheld],
  part: '4',
  pairs,
  gains: new Map(),
  errors: p.errors,
}
const names = {
  regions: ids.map((code, i) => ({ id: code, code, name: `Kabupaten ${i + 1}` })),
  subjects: [],
}
/** The first kabupaten is hidden, of the second the number is not told. */
const circle: Circle = {
  reach: '',
  pairs,
  telling: (kind, id) => ({
    shown: !(kind === 'region' && id === ids[0]),
    counted: !(kind === 'region' && (id === ids[0] || id === ids[1])),
  }),
}
const view = growthView(comparison, circle, names, { first: 640, second: 600, both: 600 }, 10)

const page = (tampilan: GrowthFilter['tampilan'], body: GrowthBody, more: Partial<Page> = {}) =>
  renderToStaticMarkup(
    <GrowthPage
      base="/perubahan"
      filter={parseGrowthFilter({ bagian: '4', tampilan })}
      page={{
        choices: [{ code: '2604', name: 'Ukur ulang, 18 April 2026' }],
        published: { id: 's', series: 'Ukur ulang 2026', number: 3, at: new Date('2026-05-15T02:00:00Z'), seal: 'abcdef123456' },
        withdrawn: [],
        notYetSummed: false,
        planned: true,
        view,
        body,
        practice: null,
        ...more,
      }}
    />,
  )

describe('the growth page', () => {
  it('tells the gap, the change with its range, and which publication they stand in; a closed gate is named before any number', () => {
    const seen = page('ringkasan', { tampilan: 'ringkasan' })
    expect(seen).toContain('jarak antardaerah menyempit?')
    expect(seen).toContain('Terbitan ke-3 rangkaian Ukur ulang 2026, 15 Mei 2026, sidik abcdef123456.')
    expect(seen.indexOf('Ekonomi')).toBeLessThan(seen.indexOf('Perubahan rata-rata'))
    expect(seen).toMatch(/Ekonomi: gerbang tautannya tertutup\. .*14,2 poin dari 9 butir jangkar; kira-kira 29 butir/)
  })
  it('shows hidden kabupaten as hidden, one whose number is not told with its change, and tests without a comparison in their place', () => {
    const seen = page('wilayah', { tampilan: 'wilayah' })
    const line = (name: string) => seen.match(new RegExp(`${name}<.*?</tr>`, 's'))![0]
    const rows = seen.slice(seen.indexOf('<table'))
    expect(rows).toContain('disembunyikan')
    expect(rows).toContain('sedikitnya 10, disamarkan')
    expect(line('Ekonomi')).toContain('tidak diterbitkan')
  })
  it('keeps its axes inside what two scores can differ by', () => {
    const wild = {
      ...view,
      regions: view.regions.map((r) =>
        r.change ? { ...r, change: { ...r.change, raw: { ...r.change.raw, low: -2_000, high: 2_000 } } } : r,
      ),
    }
    const seen = page('wilayah', { tampilan: 'wilayah' }, { view: wild })
    const chart = seen.slice(0, seen.indexOf('<table'))
    const marks = [...chart.matchAll(/>([+−-]?[\d.]+)<\/span>/g)].map((m) => Number(m[1]!.replace('−', '-').replace('.', '')))
    expect(marks.length).toBeGreaterThan(2)
    expect(marks.every((v) => Math.abs(v) <= 600)).toBe(true)
  })
  it('tells what can be seen from the error and the t of the interval, and no power where the number of people is not told', () => {
    const power = powerView(comparison, circle, view)!
    const own = power.curve.find((c) => c.n === 500)!.detectable
    expect(own).toBeGreaterThanOrEqual(view.total.detectable! * 0.9)
    expect(page('daya', { tampilan: 'daya', power })).toContain('Perubahan 20 poin')
    const uncounted = { ...circle, telling: () => ({ shown: true, counted: false }) }
    expect(powerView(comparison, uncounted, view)).toBeNull()
    expect(page('daya', { tampilan: 'daya', power: null })).toContain('Daya tes tidak ditampilkan')
  })
  it('says why there is nothing: nobody measured again, nothing published, nobody in reach, or grants that are too young', () => {
    const empty = { tampilan: 'ringkasan' } as const
    expect(page('ringkasan', empty, { view: null, published: null, planned: false })).toContain('Belum ada ukur ulang')
    expect(page('ringkasan', empty, { view: null, published: null })).toContain('Belum ada perubahan yang terbit')
    expect(page('ringkasan', empty, { view: null })).toContain('Tidak ada guru dengan kedua tes dalam wilayah Anda')
    expect(page('ringkasan', empty, { view: null, notYetSummed: true })).toContain('Belum dijumlahkan untuk kewenangan Anda')
  })
})
