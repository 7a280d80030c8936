import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { partDone, WhatNext } from '@/components/panel/what-next'
import type { Waiting } from '@/lib/agenda/service'
import type { JudgeView } from '@/lib/standards/service'

/** What a judge reads when her part is done. */
type Item = { first: number | null; second: number | null }
const view = (state: string, round: 1 | 2 | null, items: Item[], others: JudgeView['others']): JudgeView =>
  ({ panel: { state, method: 'angoff' }, round, items, mark: null, others }) as unknown as JudgeView
const judged: Item = { first: 0.4, second: null }
const open: Item = { first: null, second: null }
const text = (v: JudgeView, meanwhile: Waiting[] = []) =>
  renderToStaticMarkup(<WhatNext view={v} meanwhile={meanwhile} />)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

describe('after a panel’s round', () => {
  it('is said only when the own part is done', () => {
    expect(partDone(view('round-1', 1, [judged, open], { total: 4, done: 0 }))).toBe(false)
    expect(partDone(view('round-1', 1, [judged, judged], { total: 4, done: 0 }))).toBe(true)
    expect(partDone(view('round-2', 2, [judged, judged], { total: 4, done: 0 }))).toBe(false)
    expect(partDone(view('round-2', 2, [judged, { first: 0.4, second: 0.5 }], { total: 4, done: 0 }))).toBe(true)
    expect(partDone(view('discussion', null, [judged], { total: 4, done: 0 }))).toBe(true)
  })
  it('says what comes, how many are still at it without their names, and what else waits', () => {
    const waiting = [{ id: 'tulis:1', title: 'Tulis 2 butir Matematika', action: { label: 'Tulis', href: '/pakar/tulis/MTK' } }]
    const words = text(view('round-1', 1, [judged], { total: 4, done: 1 }), waiting as Waiting[])
    expect(words).toContain('BGTK membuka diskusi panel')
    expect(words).toContain('3 dari 4 panelis lain belum selesai')
    expect(words).toContain('Tulis 2 butir Matematika')
    expect(text(view('round-1', 1, [judged], { total: 4, done: 4 }))).toContain('Semua 4 panelis lain juga sudah selesai')
  })
  it('counts nobody once the rounds are over', () => {
    expect(text(view('closed', null, [judged], { total: 4, done: 1 }))).not.toContain('panelis lain')
    expect(text(view('discussion', null, [judged], { total: 4, done: 1 }))).toContain('putaran 2')
  })
})
