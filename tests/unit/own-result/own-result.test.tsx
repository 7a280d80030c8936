import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { SinceLastTime } from '@/components/growth/since'
import { DueSitting, PastSittings } from '@/components/own-result/due'
import { LatestResults } from '@/components/own-result/latest'
import { PartFold } from '@/components/own-result/part'
import { latestOfEach, newestAndEarlier, resultAnchor, resultLine } from '@/components/own-result/words'
import type { DuePart } from '@/lib/delivery/service'
import type { OwnProfile } from '@/lib/plans/service'
import type { PartResult } from '@/lib/scoring/service'
import { competencyOrder } from '@/lib/sittings/model'

const seat = (id: string, cycleName: string) => ({ id, cycleName, practice: false, simulated: false }) as unknown as PartResult['seat']
const first = seat('s1', 'Pemetaan 2025')
const again = seat('s2', 'Ukur ulang 2026')
const measure = {
  points: 470,
  likely: 465,
  low: 430,
  high: 500,
  masteryLow: 40,
  masteryHigh: 55,
  standing: { state: 'below', pAbove: 0.002 },
  items: 26,
  theta: -0.4,
  se: 0.3,
  thetaCut: 0,
  sigma: 1,
  cutError: 0,
  provisionalCut: true,
  cutReason: 'Batas sementara.',
  releasedAt: null,
} as unknown as NonNullable<PartResult['measure']>
const result = (change: Partial<PartResult> = {}): PartResult =>
  ({
    attemptId: 'a1',
    seat: first,
    part: '1',
    released: true,
    counted: true,
    closedAt: new Date('2025-10-18T03:00:00Z'),
    total: { raw: 13, max: 26, percent: 50, items: 26, scope: 'total' },
    indicators: [{ scopeCode: '1.1', title: 'Lingkungan belajar', percent: 40, items: 5 }],
    domains: [],
    measure,
    unrated: 0,
    reach: { items: 26, answered: 26, reached: 26 },
    notReached: 'ignored',
    ...change,
  }) as unknown as PartResult
const profile = (part: string): OwnProfile =>
  ({
    attemptId: 'a1',
    part,
    latest: true,
    tier: null,
    strengths: [{ code: '2.1', title: 'Kematangan moral', percent: 78, items: 6 }],
    needs: [{ code: '2.2', title: 'Refleksi diri', percent: 21, items: 6 }],
    unclear: [],
  }) as unknown as OwnProfile
const page = (part: PartResult, own?: OwnProfile) => renderToStaticMarkup(<PartFold part={part} profile={own} />)
/** What stands on the screen while every fold inside is closed. */
const unfolded = (html: string) => html.slice(html.indexOf('</summary>')).replace(/<details.*?<\/details>/gs, '')

describe('a teacher’s result', () => {
  it('says in a line what is known, and keeps chances and jargon behind “Cara menghitung”', () => {
    expect(resultLine(result())).toBe('Paling mungkin antara 430 dan 500; batas kompeten 500.')
    const html = page(result(), profile('1'))
    expect(html).toContain('Peluang kemampuan sebenarnya mencapai 500: kurang dari 1 dari 100')
    for (const jargon of ['Peluang', 'θ', 'galat', 'persen bahan rujukan']) expect(unfolded(html), jargon).not.toContain(jargon)
    expect(unfolded(html)).toContain('Batas 500 masih sementara')
  })

  it('describes a self-description in words: no figure, no state and no chance stands open', () => {
    const own = result({ part: '2', measure: { ...measure, standing: null } })
    expect(resultLine(own)).toBe('Cermin diri, bukan nilai: tidak ada jawaban benar atau salah.')
    const open = unfolded(page(own, profile('2')))
    expect(open).toContain('Refleksi diri')
    for (const wound of ['430', '500', '21', 'standar', 'Area penguatan', 'Kekuatan Anda', 'kurang dari'])
      expect(open, wound).not.toContain(`>${wound}`)
    expect(open).not.toMatch(/Refleksi diri<\/span>/)
  })

  it('tells a fall kindly and with its range, and never the chance of a rise', () => {
    const told = { low: -90, high: -10, pImproved: 0.01, word: 'down' as const }
    const about = { from: 'Pemetaan 2025', to: 'Ukur ulang 2026', linkError: 4 }
    const html = renderToStaticMarkup(
      <SinceLastTime
        changes={[
          { ...about, part: '1', told },
          { ...about, part: '2', told: { ...told, word: null } },
          { ...about, part: '3', told: null, linkError: 31 },
        ]}
      />,
    )
    expect(html).toContain('lebih rendah kali ini')
    expect(html).toContain('−90')
    expect(html).toContain('Sebabnya tidak diukur')
    expect(html).not.toMatch(/turun|meningkat|1 dari 100/)
    // A self-description has no better side, so no figure of points stands beside it.
    expect(html.match(/−90/g)).toHaveLength(1)
    // Where nothing is told of one person, the error for which it is not told is one tap away.
    expect(html).toContain('galat penautan 31 poin, terlalu besar')
  })

  it('folds what lies before the newest result that can be read, and leaves a test that waits beside it', () => {
    const waits = result({ attemptId: 'a3', seat: again, released: false, total: null, measure: null })
    expect(newestAndEarlier([waits, result()])).toEqual({ newest: [waits, result()], earlier: [] })
    const both = newestAndEarlier([result({ attemptId: 'a3', seat: again }), result()])
    expect([both.newest, both.earlier].map((l) => l.map((p) => p.attemptId))).toEqual([['a3'], ['a1']])
  })

  it('stands on the home by competency, each leading to its own part of the results', () => {
    const parts = [
      result({ attemptId: 'a3', seat: again, part: '4', released: false, total: null }),
      result({ attemptId: 'a2', part: '4' }),
      result(),
    ]
    expect(latestOfEach(parts, competencyOrder).map((p) => p.attemptId)).toEqual(['a2', 'a1'])
    const html = renderToStaticMarkup(<LatestResults parts={parts} />)
    for (const id of ['a1', 'a2']) expect(html).toContain(`href="/guru/hasil#${resultAnchor(id)}"`)
    for (const part of parts) expect(page(part)).toContain(`id="${resultAnchor(part.attemptId)}"`)
  })

  it('is said to be missing where too little was answered', () => {
    const few = result({ reach: { items: 26, answered: 5, reached: 5 } })
    expect(resultLine(few)).toBe('Terlalu sedikit jawaban untuk diukur.')
    expect(page(few, profile('1'))).not.toMatch(/antara <strong|Standar|Menuju standar/)
  })
})

describe('a teacher’s home', () => {
  const due = (change: Partial<DuePart>): DuePart =>
    ({
      seat: {
        ...first,
        opensAt: new Date('2026-11-28T01:00:00Z'),
        closesAt: new Date('2026-11-28T04:00:00Z'),
        venueName: 'SMA 1',
        participantNumber: 'P-1',
      },
      part: '1',
      minutes: 60,
      state: 'ready',
      attemptId: null,
      deadline: null,
      title: 'Pedagogik',
      ...change,
    }) as unknown as DuePart

  it('opens a part that is due in one tap, and names it to whoever hears the page', () => {
    const d = due({})
    const html = renderToStaticMarkup(createElement(DueSitting, { seat: d.seat, parts: [d], open: true }))
    expect(html).toContain('href="/tes#tes-1.s1"')
    expect(html).toMatch(/Buka<span class="sr-only"> Pedagogik/)
  })

  it('folds tests that are over, with their number, and leads each part to its result', () => {
    const d = due({ state: 'done', attemptId: 'a1' })
    const html = renderToStaticMarkup(createElement(PastSittings, { seats: [d.seat], partsOf: () => [d] }))
    expect(html).toContain('Tes yang sudah lewat (1)')
    expect(html).toContain(`href="/guru/hasil#${resultAnchor('a1')}"`)
    expect(html).not.toContain('<details open')
  })
})
