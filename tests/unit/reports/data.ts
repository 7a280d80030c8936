import type { Cell } from '@/lib/mapping/model'
import type { MapView } from '@/lib/mapping/service'
import type { TakenView } from '@/lib/reports/map-view'
import type { ReportData } from '@/lib/reports/workbook'

export const shown = (code: string, name: string, n: number, mean: number, roster = 400): Cell => ({
  code,
  name,
  n,
  mean,
  standardError: 1.234,
  margin: 2.5,
  share: 41.3,
  shareMargin: 6.2,
  roster,
  state: n < 30 ? 'hatched' : 'shown',
  compared: 'sekitar',
})
export const empty = (code: string, name: string, roster = 50): Cell => ({
  code,
  name,
  n: 0,
  mean: null,
  standardError: null,
  margin: null,
  share: null,
  shareMargin: null,
  roster,
  state: 'empty',
  compared: null,
})
/** A hidden cell in which somebody forgot its figures: a report must not print them all the same. */
export const HIDDEN = { n: 7, mean: 41.37, standardError: 3.93, margin: 8, share: 12.3, shareMargin: 9, roster: 343 }
export const hidden = (code: string, name: string): Cell => ({ code, name, ...HIDDEN, state: 'hidden', compared: null })

const regions = [
  { code: '18.01', name: 'Lampung Selatan' },
  { code: '18.10', name: 'Pringsewu' },
  { code: '18.71', name: 'Bandar Lampung' },
]
const [south, pringsewu, city] = regions as [(typeof regions)[0], (typeof regions)[0], (typeof regions)[0]]

const view = (bagian: MapView['filter']['bagian']): MapView => ({
  filter: { bagian, mapel: '', jenjang: '', siklus: 'PK25', status: '', nilai: 'rata-rata', dasar: '', tampilan: 'peta' },
  cells: [shown(south.code, south.name, 120, 54.765), hidden(pringsewu.code, pringsewu.name), empty(city.code, city.name)],
  total: { ...shown('18', 'Provinsi Lampung', 1480, 55.5, 1600), compared: null },
  lastClosed: new Date('2025-10-18T05:30:00Z'),
  cycles: [],
  cycle: null,
  subjects: [],
  levels: [],
  rules: { hideBelow: 10, hatchBelow: 30, version: 3, shipped: true },
  basis: 'raw' as const,
  unmeasured: 0,
  choice: false,
  spread: { between: null },
  statuses: [],
  published: null,
  notYetSummed: false,
  withdrawn: [],
})

/** Two parts, three kabupaten: one shown, one hidden, one without data. */
export function reportData(change: Partial<ReportData> = {}): ReportData {
  const cells = [shown(south.code, south.name, 12, 48.25, 0), hidden(pringsewu.code, pringsewu.name), empty(city.code, city.name, 0)]
  const part = (title: string, bagian: MapView['filter']['bagian']) => ({
    title,
    view: view(bagian),
    indicators: [
      {
        code: `${bagian}.1`,
        title: 'Mengenal karakteristik murid',
        domain: false,
        items: 5,
        total: shown(`${bagian}.1`, `${bagian}.1`, 1480, 61.25, 0),
        cells,
      },
    ],
    heat: {
      basis: 'raw' as const,
      regions,
      rows: [
        { code: 'MTK', name: 'Matematika', cells, total: shown('MTK', 'Matematika', 90, 50.5, 0) },
        { code: 'XYZ', name: '=cmd|calc', cells, total: hidden('XYZ', '=cmd|calc') },
      ],
    },
  })
  return {
    title: 'Laporan Pemetaan Kompetensi Guru',
    subtitle: ['Seri 2025', 'Provinsi Lampung'],
    printedAt: '20 Oktober 2025, 08.00 WIB',
    simulated: true,
    ground: [],
    rules: { version: 3, shipped: true, hideBelow: 10 },
    parts: [part('Profesional', '4'), part('Pedagogik', '1')],
    ...change,
  }
}

/** A view of the map as it is taken along: one kabupaten shown, one hidden, one without data. */
export function takenView(change: Partial<TakenView> = {}): TakenView {
  return {
    title: 'Peta, kompetensi pedagogik',
    lead: 'Semua mata pelajaran, semua jenjang, Seri 2025',
    ground: [],
    facts: ['1.480 guru dites (n).', 'Tes terakhir 18 Oktober 2025. Sumber: Petaguru, Seri 2025.'],
    simulated: true,
    view: view('1'),
    body: { heat: null, spread: null, indicators: null, levels: [], boundaries: null },
    region: null,
    ...change,
  }
}
