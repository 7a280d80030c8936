import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { allow, denied } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { correctedScoring, frameworkTitles, scoringItems } from '@/lib/instruments/inside'
import { topCategory } from '@/lib/items/category'
import { ok, refuse, type Result } from '@/lib/platform/result'
import * as pure from './panel'
import { Mark, Rating, openRound } from './panel-model'
import { bookFor } from './panel-book'
import * as store from './panel-store'

/** The actor's panels with the own progress: open ones first. */
export async function myPanels(actor: Actor) {
  allow(actor, 'panel:judge')
  if (!actor.userId) return []
  return (await store.panelsOfUser(actor.userId)).map((p) => {
    const round = openRound(p.state)
    return { ...p, round, total: p.method === 'bookmark' ? 1 : p.items, done: round === 2 ? p.done2 : p.done1 }
  })
}

/** The actor's seat in a panel; null when there is no such panel, Forbidden when the actor sits in another. */
async function seatIn(actor: Actor, panelId: string) {
  allow(actor, 'panel:judge')
  const panel = z.uuid().safeParse(panelId).success ? await store.panelById(panelId) : null
  if (!panel) return null
  const judges = await store.judgesOf(panelId)
  const own = judges.find((j) => j.userId !== null && j.userId === actor.userId)
  if (!own) throw denied(actor, 'panel:judge')
  return { panel, judges, own }
}

/**
 * What a judge has before the eyes: items with their keys and the own judgements. Others' judgements are counted in only
 * as a range, from round 2 on and where the own one is in; figures about how teachers answered never appear here.
 */
export async function judgePanel(actor: Actor, panelId: string) {
  const seat = await seatIn(actor, panelId)
  if (!seat) return null
  const { panel, judges, own } = seat
  const [judgements, rows, titles] = await Promise.all([store.judgementsOf(panelId), scoringItems(panel.formId), frameworkTitles()])
  const corrected = await correctedScoring(
    rows.map((r) => r.itemVersionId),
    true,
  )
  const ids = judges.map((j) => j.id)
  const bookmark = panel.method === 'bookmark'
  const targets = bookmark ? [null] : rows.map((r) => r.itemVersionId)
  const first = pure.ratingsAfter(ids, targets, judgements, 1)
  const shown = panel.state === 'round-2' || panel.state === 'closed'
  const mine = (round: number, target: string | null) =>
    judgements.find((g) => g.judgeId === own.id && g.round === round && g.itemVersionId === target)?.value ?? null
  const about = (column: number) => {
    const [given, again] = [mine(1, targets[column]!), mine(2, targets[column]!)]
    // Nobody reads what others said of an item before having said something herself.
    const told = shown && (panel.state === 'closed' || given !== null || again !== null)
    return { first: given, second: again, range: told ? pure.spreadOf(first.map((row) => row[column]!)) : null }
  }
  const item = (r: (typeof rows)[number]) => {
    const scoring = corrected.get(r.itemVersionId) ?? r.scoring
    return {
      itemVersionId: r.itemVersionId,
      itemCode: r.itemCode,
      content: r.content,
      stimulus: r.stimulus,
      scoring,
      steps: topCategory(scoring),
      node: `${r.nodeCode} ${titles.get(r.nodeCode)?.title ?? ''}`.trim(),
    }
  }
  const book = bookmark ? await bookFor(panel.calibrationId!, panel.formId) : null
  const codes = new Map(book?.items.map((i) => [i.id, i.codes]))
  return {
    panel,
    round: openRound(panel.state),
    items: bookmark ? [] : rows.map((r, column) => ({ ...item(r), ...about(column) })),
    /** Pages of the ordered book: `reach` is the lowest number of the item's steps that this page asks for. */
    pages: (book?.pages ?? []).map((p) => ({
      ...item(rows.find((r) => r.itemVersionId === p.id)!),
      reach: codes.get(p.id)?.[p.category] ?? p.category,
    })),
    mark: bookmark ? about(0) : null,
    /** How far the others are, without who: nobody is pressed by name, and nobody's judgement shows in a number of persons. */
    others: pure.othersDone(ids, own.id, targets.length, judgements, openRound(panel.state) ?? 2),
  }
}

const moved = () =>
  refuse(
    'state',
    'Panel sudah berpindah tahap, jadi nilai ini tidak disimpan. Nilai Anda yang lain aman; muat ulang halaman untuk melihat tahap sekarang.',
  )

/** One judgement of the open round; a later one replaces it while the round is open. */
export async function rateItem(actor: Actor, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'panel:judge')
  const parsed = Rating.safeParse(input)
  if (!parsed.success)
    return refuse('input', 'Isi bilangan bulat antara 0 dan 100. Nilai ini belum disimpan; nilai yang lain aman.', faultsOf(parsed))
  const { panelId, itemVersionId, round, percent } = parsed.data
  const seat = await seatIn(actor, panelId)
  if (seat?.panel.method !== 'angoff') return refuse('panel', 'Panel itu tidak ada. Nilai ini belum disimpan.')
  if (openRound(seat.panel.state) !== round) return moved()
  if (!(await scoringItems(seat.panel.formId)).some((i) => i.itemVersionId === itemVersionId))
    return refuse('item', 'Butir itu tidak termasuk panel ini. Nilai ini belum disimpan; nilai yang lain aman.')
  const state = seat.panel.state
  return (await store.saveJudgement({ panelId, state, judgeId: seat.own.id, round, itemVersionId, value: percent / 100 }, now))
    ? ok(null)
    : moved()
}

/** Puts the judge's one bookmark of the open round on a page. */
export async function placeBookmark(actor: Actor, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'panel:judge')
  const parsed = Mark.safeParse(input)
  if (!parsed.success) return refuse('input', 'Pilih satu halaman. Penanda belum dipindahkan.', faultsOf(parsed))
  const { panelId, round, page } = parsed.data
  const seat = await seatIn(actor, panelId)
  if (seat?.panel.method !== 'bookmark') return refuse('panel', 'Panel itu tidak ada. Penanda belum dipindahkan.')
  if (openRound(seat.panel.state) !== round) return moved()
  const { pages } = await bookFor(seat.panel.calibrationId!, seat.panel.formId)
  if (page > pages.length) return refuse('page', `Buku ini hanya mempunyai ${pages.length} halaman. Penanda belum dipindahkan.`)
  const state = seat.panel.state
  return (await store.saveJudgement({ panelId, state, judgeId: seat.own.id, round, itemVersionId: null, value: page }, now))
    ? ok(null)
    : moved()
}

export type JudgeView = NonNullable<Awaited<ReturnType<typeof judgePanel>>>
