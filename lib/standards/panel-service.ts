import { isDeepStrictEqual } from 'node:util'
import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { usersWithRole } from '@/lib/access/inside'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { correctedScoring, instrumentByCode, latestForms, scoringItems } from '@/lib/instruments/inside'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { instrumentsForAnalysis, leadingCalibration } from '@/lib/calibration/inside'
import type { Measured } from '@/lib/psychometrics/place-share'
import { addCut, cutsInForce, cutsOf, type CutRow } from './cut-store'
import * as pure from './panel'
import { bookFor, panelResult } from './panel-book'
import { Decision, FEWEST_JUDGES, NewPanel, nextState, openRound, type PanelState } from './panel-model'
import * as store from './panel-store'
import { competentShare } from './rules-model'
import { currentRules } from './rules-store'

export * from './judge-service'
export {
  BOOKMARK_RP,
  FEWEST_JUDGES,
  nextState,
  openRound,
  panelMethodNames,
  panelMethods,
  panelStateNames,
  reliabilityWords,
} from './panel-model'
export type { PanelMethod, PanelState } from './panel-model'
export { decisionLimits } from './panel'
export type { PanelResult, Spread } from './panel'
export type { PanelRow } from './panel-store'

/** Panels, the cut in force of every instrument, and the experts who may be called to a panel. */
export async function panelHome(actor: Actor) {
  allow(actor, 'panel:manage')
  const [panels, instruments, cuts, rules, experts] = await Promise.all([
    store.panels(),
    instrumentsForAnalysis(),
    cutsInForce(),
    currentRules(),
    usersWithRole('pakar'),
  ])
  const shipped = competentShare(rules.rules)
  return {
    panels,
    experts,
    cuts: instruments.map((i) => {
      const cut = cuts.find((c) => c.instrumentId === i.id) ?? null
      return { ...i, cut, share: cut?.share ?? shipped, provisional: !cut || cut.method === 'provisional' }
    }),
  }
}

/** Opens a panel in round 1 on the newest form of an instrument. */
export async function createPanel(actor: Actor, input: unknown, now: Date): Promise<Result<string>> {
  allow(actor, 'panel:manage')
  const parsed = NewPanel.safeParse(input)
  if (!parsed.success)
    return refuse(
      'input',
      `${parsed.error.issues[0]?.message ?? 'Isian belum lengkap.'} Panel belum dibuat.`,
      faultsOf(parsed, { judges: 'judge' }),
    )
  const { instrument: code, method, title, judges } = parsed.data
  const experts = new Map((await usersWithRole('pakar')).map((u) => [u.id, u.name]))
  if (judges.some((j) => !experts.has(j.userId)) || new Set(judges.map((j) => j.userId)).size < judges.length)
    return refuse(
      'judges',
      'Panelis harus akun pakar yang aktif, masing-masing satu kali. Panel belum dibuat; muat ulang halaman dan pilih lagi.',
      ['judge'],
    )
  const instrument = await instrumentByCode(code)
  const form = instrument && (await latestForms()).find((f) => f.instrumentId === instrument.id)
  if (!instrument || !form) return refuse('instrument', 'Instrumen itu belum mempunyai butir. Panel belum dibuat.')
  let calibrationId: string | null = null
  if (method === 'bookmark') {
    const calibration = await leadingCalibration(instrument.id)
    if (!calibration?.converged || (await bookFor(calibration.id, form.formId)).pages.length < 5)
      return refuse(
        'calibration',
        'Bookmark memerlukan kalibrasi yang selesai dan konvergen untuk butir-butir ini. Panel belum dibuat; pakai Angoff, atau kalibrasikan dahulu.',
      )
    calibrationId = calibration.id
  }
  return act(async (tx) => {
    await takeTurn(tx, 'panel', instrument.id)
    const wanted = judges.map((j) => j.userId).sort()
    for (const p of await store.panels())
      if (
        p.instrumentId === instrument.id &&
        p.state === 'round-1' &&
        p.method === method &&
        p.title === title &&
        p.formId === form.formId
      ) {
        const seated = (await store.judgesOf(p.id)).map((j) => j.userId!).sort()
        if (isDeepStrictEqual(seated, wanted)) return ok(p.id)
      }
    const { panelId } = await store.addPanel(
      { instrumentId: instrument.id, formId: form.formId, method, title, simulated: false, calibrationId, createdBy: actor.userId },
      judges.map((j) => ({ userId: j.userId, name: experts.get(j.userId)!, expertise: j.expertise })),
      now,
    )
    await audit(
      actor,
      'panel:manage',
      `panel:${panelId}`,
      { count: judges.length, detail: { created: title, instrument: code, method } },
      tx,
    )
    return ok(panelId)
  })
}

const find = async (id: string) => (z.uuid().safeParse(id).success ? store.panelById(id) : null)

/** `tests`: answer sheets of the people, who count once each. */
export type Impact = pure.Impact & { basis: 'theta' | 'raw'; tests: number }
type Told = { people: Measured[]; tests: number }

/**
 * Everybody measured so far with an instrument, once, by the newest test: θ by the released run, or null when none is, and raw shares (0–1). Told
 * by the room that measures.
 */
export type MeasuredSoFar = {
  thetas: (instrumentId: string) => Promise<Told | null>
  shares: (instrumentId: string) => Promise<Told>
}

/** What the cut would mean for those measured so far; null where they are few. */
async function impactOf(panel: store.PanelRow, result: pure.PanelResult, measured: MeasuredSoFar): Promise<Impact | null> {
  const { hideBelow } = (await currentRules()).rules
  const thetas = result.theta !== null && result.thetaSe !== null ? await measured.thetas(panel.instrumentId) : null
  const { people, tests } = thetas ?? (await measured.shares(panel.instrumentId))
  if (people.length < hideBelow) return null
  return thetas
    ? { basis: 'theta', tests, ...pure.impactOn(people, result.theta!, result.thetaSe!) }
    : { basis: 'raw', tests, ...pure.impactOn(people, result.share, result.se) }
}

/**
 * A panel as the office leads it. In round 1, and while the reader owes judgements of her own (`owing`), only progress; from the discussion on the spread of the first judgements by
 * letter; the result and its impact once round 2 is closed.
 */
export async function panelPage(actor: Actor, id: string, measured: MeasuredSoFar) {
  allow(actor, 'panel:manage')
  const panel = await find(id)
  if (!panel) return null
  const [judges, judgements, rows, cuts] = await Promise.all([
    store.judgesOf(id),
    store.judgementsOf(id),
    scoringItems(panel.formId),
    cutsOf(panel.instrumentId),
  ])
  const round = openRound(panel.state)
  const ids = judges.map((j) => j.id)
  const targets = panel.method === 'bookmark' ? [null] : rows.map((r) => r.itemVersionId)
  const letters = pure.judgeLetters(ids)
  const corrected = await correctedScoring(
    rows.map((r) => r.itemVersionId),
    true,
  )
  const closed = panel.state === 'closed'
  // Whoever leads a panel that she judges in reads others' judgements after her own are in, as every judge does.
  const own = judges.findIndex((j) => j.userId !== null && j.userId === actor.userId)
  const owing = own >= 0 && !closed && pure.ratingsAfter(ids, targets, judgements, 2)[own]!.includes(null)
  const matrix = panel.state === 'round-1' || owing ? null : pure.ratingsAfter(ids, targets, judgements, closed ? 2 : 1)
  const first = closed ? pure.ratingsAfter(ids, targets, judgements, 1) : null
  const spreads = (matrix ? targets : []).map((target, column) => {
    const item = rows.find((r) => r.itemVersionId === target) ?? null
    const values = ids.flatMap((judge, i) =>
      matrix![i]![column] === null ? [] : [{ letter: letters.get(judge)!, value: matrix![i]![column]! }],
    )
    return {
      item: item && { ...item, scoring: corrected.get(item.itemVersionId) ?? item.scoring },
      values: values.sort((a, b) => a.value - b.value || (a.letter < b.letter ? -1 : 1)),
      spread: pure.spreadOf(values.map((v) => v.value)),
      before: first ? pure.spreadOf(first.map((row) => row[column]!)) : null,
    }
  })
  const result = closed ? await panelResult(panel, ids, judgements, 2) : null
  const book = panel.method === 'bookmark' ? await bookFor(panel.calibrationId!, panel.formId) : null
  return {
    panel,
    round,
    next: nextState(panel.state),
    targets: targets.length,
    owing,
    pages: book?.pages.length ?? null,
    missing: book?.missing ?? 0,
    judges: judges.map((j) => ({ ...j, done: judgements.filter((g) => g.judgeId === j.id && g.round === (round ?? 1)).length })),
    complete: completeJudges(ids, targets.length, judgements),
    spreads: spreads.sort((a, b) => (b.spread?.sd ?? 0) - (a.spread?.sd ?? 0) || (a.item?.position ?? 0) - (b.item?.position ?? 0)),
    result: result && {
      ...result,
      judges: result.judges.map((j) => ({ ...j, letter: letters.get(j.judgeId)! })).sort((a, b) => (a.letter < b.letter ? -1 : 1)),
    },
    before: closed ? await panelResult(panel, ids, judgements, 1) : null,
    impact: result ? await impactOf(panel, result, measured) : null,
    cut: cuts[0] ?? null,
    decisions: cuts.filter((c) => c.panelId === id),
  }
}

const completeJudges = (ids: string[], targets: number, judgements: pure.Judgement[]): number =>
  ids.filter((id) => judgements.filter((g) => g.judgeId === id && g.round === 1).length >= targets).length

/** One step forward. Round 1 ends only when enough judges have judged everything; later rounds build on it. */
export async function advancePanel(actor: Actor, id: string, from: PanelState): Promise<Result<PanelState>> {
  allow(actor, 'panel:manage')
  const panel = await find(id)
  if (panel && panel.state === nextState(from)) return ok(panel.state)
  const to = panel && nextState(panel.state)
  if (!panel || !to || panel.state !== from)
    return refuse('state', 'Panel sudah berada di tahap lain. Tidak ada yang berubah; muat ulang halaman untuk melihat tahap sekarang.')
  if (panel.state === 'round-1') {
    const [judges, judgements] = await Promise.all([store.judgesOf(id), store.judgementsOf(id)])
    const targets = panel.method === 'bookmark' ? 1 : panel.items
    const complete = completeJudges(
      judges.map((j) => j.id),
      targets,
      judgements,
    )
    if (complete < FEWEST_JUDGES)
      return refuse(
        'few',
        `Baru ${complete} panelis menyelesaikan putaran 1; diskusi memerlukan sedikitnya ${FEWEST_JUDGES}. Penilaian yang sudah masuk tetap tersimpan.`,
      )
  }
  return act(async (tx) => {
    if (!(await store.movePanel(id, panel.state, to))) {
      if ((await find(id))?.state === to) return ok(to)
      return refuse('state', 'Tahap panel baru saja diubah orang lain. Tidak ada yang berubah oleh Anda; muat ulang halaman.')
    }
    await audit(actor, 'panel:manage', `panel:${id}`, { detail: { from: panel.state, to } }, tx)
    return ok(to)
  })
}

/** The authority's decision: the panel's cut, or one within ±1 SE of it with a reason. No score changes by it. */
export async function decideCut(actor: Actor, id: string, input: unknown, now: Date): Promise<Result<number>> {
  allow(actor, 'panel:manage')
  const panel = await find(id)
  if (panel?.state !== 'closed')
    return refuse('state', 'Keputusan baru dapat diambil setelah putaran 2 ditutup. Batas yang berlaku tidak berubah.')
  const parsed = Decision.safeParse(input)
  if (!parsed.success)
    return refuse(
      'input',
      'Isi batas sebagai persen antara 0 dan 100. Batas yang berlaku tidak berubah.',
      faultsOf(parsed, { share: 'percent' }),
    )
  return act(async (tx) => {
    await takeTurn(tx, 'cut-score', panel.instrumentId)
    const [newest] = await cutsOf(panel.instrumentId)
    const decided = await recordDecision(panel, parsed.data, actor.userId, now, newest)
    if (decided.ok && (await cutsOf(panel.instrumentId))[0]?.id !== newest?.id)
      await audit(actor, 'panel:manage', `panel:${id}`, { detail: { cut: decided.value, reason: parsed.data.reason } }, tx)
    return decided
  })
}

/** The rule of a decision and its record; also for the demonstration, where no person acts. What is decided just so in `newest` is not written again. */
export async function recordDecision(
  panel: store.PanelRow,
  { share, reason }: z.infer<typeof Decision>,
  decidedBy: string | null,
  now: Date,
  newest: CutRow | null = null,
): Promise<Result<number>> {
  const [judges, judgements] = await Promise.all([store.judgesOf(panel.id), store.judgementsOf(panel.id)])
  const result = await panelResult(
    panel,
    judges.map((j) => j.id),
    judgements,
    2,
  )
  if (!result) return refuse('few', 'Panel ini tidak mempunyai cukup penilaian untuk sebuah batas. Batas yang berlaku tidak berubah.')
  const moved = share !== null && Math.abs(share - result.share) > 1e-9
  if (moved && !pure.withinOneError(share, result))
    return refuse(
      'range',
      'Batas hanya boleh digeser paling jauh satu galat baku dari hasil panel. Batas yang berlaku tidak berubah; pilih nilai di dalam rentang, atau bentuk panel lain.',
      ['percent'],
    )
  if (moved && reason.length < 20)
    return refuse(
      'reason',
      'Batas yang digeser memerlukan alasan tertulis, sedikitnya dua puluh huruf. Batas yang berlaku tidak berubah; tulis alasannya lalu simpan lagi.',
    )
  const decided = moved ? share : result.share
  const why = reason || 'Hasil panel diterima tanpa perubahan.'
  if (newest?.panelId === panel.id && newest.share === decided && newest.reason === why) return ok(decided)
  await addCut(
    {
      instrumentId: panel.instrumentId,
      panelId: panel.id,
      method: panel.method,
      share: decided,
      se: result.se,
      recommended: result.share,
      reason: why,
    },
    decidedBy,
    now,
  )
  return ok(decided)
}
