import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { scoringItems } from '@/lib/instruments/inside'
import { giveTask, rateRelevance, reviewPage, validityPage } from '@/lib/instruments/service'
import { sql } from '@/lib/platform/db'
import { cutInForce } from '@/lib/standards/cuts'
import { shippedRules, type Rules } from '@/lib/standards/rules-model'
import {
  advancePanel,
  changeRules,
  createPanel,
  decideCut,
  judgePanel,
  myPanels,
  panelHome,
  placeBookmark,
  rateItem,
  rulesInForce,
} from '@/lib/standards/service'
import { panelPage } from '@/lib/scoring/service'
import { writeOpenPanel, writePanels } from '@/prisma/seed/panels'
import { anAccount, idOf, openWorld } from './world'

/** Standard setting and content validity against a real database: design of psychometrics §7 and §8. */
const NOW = new Date('2026-01-20T02:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let judges: Actor[]

beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
  judges = []
  for (let i = 0; i < 6; i++) judges.push(await anAccount('pakar'))
  await smallForm()
})
afterAll(async () => {
  await world.close()
})

/** A newer form of Mathematics with three items, so that a whole panel fits on one page of arithmetic. */
let small: { formId: string; items: string[] }
async function smallForm(): Promise<void> {
  const instrumentId = await idOf('instrument', 'MTK')
  const rows = await sql<{ id: string }>(
    `SELECT v.id FROM item_version v JOIN item i ON i.id = v.item_id WHERE i.instrument_id = $1 AND v.type = 'single' ORDER BY i.code LIMIT 3`,
    [instrumentId],
  )
  const formId = uuidv7()
  await sql(`INSERT INTO form (id, instrument_id, code, label, sha256, frozen_at) VALUES ($1,$2,'MTK-KECIL','A','kecil',$3)`, [
    formId,
    instrumentId,
    NOW,
  ])
  for (const [i, r] of rows.entries())
    await sql(`INSERT INTO form_item (form_id, position, item_version_id) VALUES ($1,$2,$3)`, [formId, i + 1, r.id])
  small = { formId, items: rows.map((r) => r.id) }
}

const seats = (list: Actor[]) => list.map((j) => ({ userId: j.userId, expertise: 'Guru Matematika' }))
async function aPanel(list: Actor[], method = 'angoff'): Promise<string> {
  const made = await createPanel(office, { instrument: 'MTK', method, title: 'Panel uji', judges: seats(list) }, NOW)
  if (!made.ok) throw new Error(made.message)
  return made.value
}
const rate = (actor: Actor, panelId: string, item: number, percent: number, round = 1) =>
  rateItem(actor, { panelId, itemVersionId: small.items[item], round, percent }, later(1))
async function rateAll(panelId: string, list: Actor[], table: number[][], round = 1): Promise<void> {
  for (const [j, row] of table.entries())
    for (const [i, percent] of row.entries()) expect(await rate(list[j]!, panelId, i, percent, round)).toMatchObject({ ok: true })
}

const ROUND_1 = [
  [40, 60, 80],
  [50, 50, 90],
  [30, 70, 70],
  [60, 60, 90],
]
const ROUND_2 = [
  [45, 60, 80],
  [50, 55, 85],
  [40, 65, 75],
  [55, 60, 85],
]

/** Two-way random effects by the textbook's sums of squares, apart from the product's own arithmetic. */
function textbook(rows: number[][]): { mean: number; se: number; icc2k: number } {
  const [k, n] = [rows.length, rows[0]!.length]
  const all = rows.flat()
  const grand = all.reduce((s, v) => s + v, 0) / all.length
  const judgeMeans = rows.map((r) => r.reduce((s, v) => s + v, 0) / n)
  const itemMeans = rows[0]!.map((_, j) => rows.reduce((s, r) => s + r[j]!, 0) / k)
  const square = (list: number[]) => list.reduce((s, v) => s + (v - grand) ** 2, 0)
  const [ssItem, ssJudge] = [k * square(itemMeans), n * square(judgeMeans)]
  const [msItem, msJudge] = [ssItem / (n - 1), ssJudge / (k - 1)]
  const msError = (square(all) - ssItem - ssJudge) / ((n - 1) * (k - 1))
  const sd = Math.sqrt(square(judgeMeans) / (k - 1))
  return { mean: grand, se: sd / Math.sqrt(k), icc2k: (msItem - msError) / (msItem + (msJudge - msError) / n) }
}

describe('the provisional cut', () => {
  const shares = async () => (await panelHome(office)).cuts.filter((c) => !c.cut).map((c) => c.share)
  const rename = async (change: (rules: Rules) => Rules, note: string) => {
    const { rules, version } = await rulesInForce()
    return changeRules(office, change(structuredClone(rules)), note, version)
  }
  it('follows the level that counts as competent, whatever that level is called', async () => {
    await rename((r) => ({ ...r, levels: r.levels.map((l) => (l.name === 'Kompeten' ? { ...l, from: 60 } : l)) }), 'Surat tentang batas')
    const before = await shares()
    expect(new Set(before)).toEqual(new Set([0.6]))
    await rename((r) => ({ ...r, levels: r.levels.map((l, i) => ({ ...l, name: `Tingkat ${i + 1}` })) }), 'Surat tentang nama')
    expect(await shares()).toEqual(before)
    expect((await cutInForce(await idOf('instrument', 'SEJ'), NOW)).share).toBe(0.6)
  })
  it('follows that level to its new place when a level is added below it, and is never left without one', async () => {
    const done = await rename(
      (r) => ({ ...r, levels: [r.levels[0]!, { from: 20, name: 'Tambahan', advice: '' }, ...r.levels.slice(1)], competentLevel: 3 }),
      'Surat tentang jenjang',
    )
    expect([done.ok, new Set(await shares())]).toEqual([true, new Set([0.6])])
    expect(await rename((r) => ({ ...r, competentLevel: 5 }), 'Surat kosong')).toMatchObject({ ok: false, code: 'competent' })
    expect(await rename((r) => ({ ...r, competentLevel: -1 }), 'Surat kosong')).toMatchObject({ ok: false, code: 'competent' })
    await rename(() => shippedRules, 'Kembali ke bawaan')
  })
})

describe('an Angoff panel', () => {
  let panelId: string
  const four = () => judges.slice(0, 4)

  it('is opened with active experts only, and with at least three', async () => {
    expect(
      await createPanel(office, { instrument: 'MTK', method: 'angoff', title: 'Panel uji', judges: seats(judges.slice(0, 2)) }, NOW),
    ).toMatchObject({
      code: 'input',
    })
    expect(
      await createPanel(
        office,
        { instrument: 'MTK', method: 'angoff', title: 'Panel uji', judges: seats([...judges.slice(0, 3), office]) },
        NOW,
      ),
    ).toMatchObject({ code: 'judges' })
    panelId = await aPanel(four())
    expect((await panelHome(office)).panels.map((p) => p.id)).toContain(panelId)
    expect(await myPanels(judges[0]!)).toMatchObject([{ id: panelId, total: 3, done: 0, round: 1 }])
  })
  it('keeps every judgement and replaces it by the same judge’s later one', async () => {
    await rateAll(panelId, four(), ROUND_1)
    await rate(judges[0]!, panelId, 0, 95)
    await rate(judges[0]!, panelId, 0, ROUND_1[0]![0]!)
    const rows = await sql<{ value: number }>(
      `SELECT g.value FROM panel_judgement g JOIN panel_judge j ON j.id = g.judge_id WHERE j.panel_id = $1 AND j.user_id = $2 ORDER BY g.value`,
      [panelId, judges[0]!.userId],
    )
    expect(rows.map((r) => r.value)).toEqual([0.4, 0.6, 0.8])
  })
  it('refuses a number outside 0–100, an item of another form, and a round that is not open', async () => {
    expect(await rate(judges[0]!, panelId, 0, 101)).toMatchObject({ code: 'input' })
    expect(await rateItem(judges[0]!, { panelId, itemVersionId: uuidv7(), round: 1, percent: 50 }, NOW)).toMatchObject({ code: 'item' })
    expect(await rate(judges[0]!, panelId, 0, 50, 2)).toMatchObject({ code: 'state' })
  })
  it('shows nobody the judgements of others in round 1, not even the office', async () => {
    const mine = (await judgePanel(judges[0]!, panelId))!
    expect(mine.items.map((i) => i.first)).toEqual([0.4, 0.6, 0.8])
    expect(mine.items.every((i) => i.range === null && i.second === null)).toBe(true)
    const led = (await panelPage(office, panelId))!
    expect(led).toMatchObject({ spreads: [], result: null, impact: null, before: null, complete: 4 })
    expect(JSON.stringify(led)).not.toContain('"value"')
  })
  it('is closed to a judge of another panel and to strangers', async () => {
    const other = await aPanel(judges.slice(3, 6))
    await expect(judgePanel(judges[0]!, other)).rejects.toThrow(Forbidden)
    await expect(rate(judges[0]!, other, 0, 50)).rejects.toThrow(Forbidden)
    await expect(rate(judges[5]!, panelId, 0, 50)).rejects.toThrow(Forbidden)
    await expect(judgePanel(office, panelId)).rejects.toThrow(Forbidden)
  })
  it('does not leave round 1 before three judges are done', async () => {
    const other = await aPanel(judges.slice(0, 3))
    expect(await advancePanel(office, other, 'round-1')).toMatchObject({ ok: false, code: 'few' })
  })
  it('shows the office the spread by letter in the discussion, widest first, and takes no judgement', async () => {
    expect(await advancePanel(office, panelId, 'round-1')).toMatchObject({ ok: true, value: 'discussion' })
    expect(await advancePanel(office, panelId, 'round-1')).toMatchObject({ ok: true, value: 'discussion' })
    expect(await advancePanel(office, panelId, 'round-2')).toMatchObject({ code: 'state' })
    const led = (await panelPage(office, panelId))!
    expect(led.spreads[0]).toMatchObject({ item: { position: 1 }, spread: { min: 0.3, max: 0.6, n: 4 } })
    expect(led.spreads[0]!.values.map((v) => v.letter).sort()).toEqual(['A', 'B', 'C', 'D'])
    expect(led.result).toBeNull()
    expect(await rate(judges[0]!, panelId, 0, 50)).toMatchObject({ code: 'state' })
    expect((await judgePanel(judges[0]!, panelId))!.items[0]!.range).toBeNull()
  })
  it('shows a judge the own first value and the panel’s range in round 2', async () => {
    expect(await advancePanel(office, panelId, 'discussion')).toMatchObject({ ok: true })
    const mine = (await judgePanel(judges[0]!, panelId))!
    expect(mine.items[0]).toMatchObject({ first: 0.4, second: null, range: { min: 0.3, max: 0.6, median: 0.45 } })
    expect(await rate(judges[0]!, panelId, 0, 50, 1)).toMatchObject({ code: 'state' })
    expect(await decideCut(office, panelId, { share: null, reason: '' }, NOW)).toMatchObject({ code: 'state' })
    await rateAll(panelId, four(), ROUND_2.slice(0, 3), 2)
    // The fourth judge leaves one value alone: it keeps that of round 1.
    await rate(judges[3]!, panelId, 0, 55, 2)
    await rate(judges[3]!, panelId, 2, 85, 2)
  })
  it('computes cut, error and agreement as the textbook does, once round 2 is closed', async () => {
    expect(await advancePanel(office, panelId, 'round-2')).toMatchObject({ ok: true, value: 'closed' })
    const { result, before } = (await panelPage(office, panelId))!
    const [first, second] = [textbook(ROUND_1), textbook(ROUND_2)]
    expect(result!.share).toBeCloseTo(second.mean / 100, 12)
    expect(result!.share).toBeCloseTo(0.62917, 5)
    // Round 2 brought the judges together: the error stays that of what they said independently, and items are in it.
    expect(result!.error.judges).toBeCloseTo(Math.max(first.se, second.se) / 100, 12)
    expect(result!.se).toBeCloseTo(Math.hypot(result!.error.judges, result!.error.items), 12)
    expect(result!.icc).toBeCloseTo(second.icc2k, 10)
    expect(before!.icc).toBeCloseTo(first.icc2k, 10)
    expect(result!.judges.map((j) => j.letter)).toEqual(['A', 'B', 'C', 'D'])
    expect(await rate(judges[0]!, panelId, 0, 50, 2)).toMatchObject({ code: 'state' })
    expect((await judgePanel(judges[0]!, panelId))!.round).toBeNull()
  })
  it('lets the office move the cut within one standard error with a reason, and not further', async () => {
    const { share, se } = (await panelPage(office, panelId))!.result!
    const reason = 'Dewan mempertimbangkan masa peralihan kurikulum.'
    expect(await decideCut(office, panelId, { share: share + 1.01 * se, reason }, later(2))).toMatchObject({ code: 'range' })
    expect(await decideCut(office, panelId, { share: share - 0.9 * se, reason: 'singkat' }, later(2))).toMatchObject({ code: 'reason' })
    expect(await decideCut(office, panelId, { share: Number.NaN, reason }, later(2))).toMatchObject({ code: 'input' })
    expect(await sql(`SELECT 1 FROM cut_score WHERE panel_id = $1`, [panelId])).toHaveLength(0)
    expect(await decideCut(office, panelId, { share: null, reason: '' }, later(3))).toMatchObject({ ok: true, value: share })
    expect(await decideCut(office, panelId, { share: share - 0.9 * se, reason }, later(4))).toMatchObject({ ok: true })
    const view = (await panelPage(office, panelId))!
    expect(view.decisions).toHaveLength(2)
    expect(view.cut).toMatchObject({ panelId, method: 'angoff', reason, recommended: share, se })
    expect((await panelHome(office)).cuts.find((c) => c.code === 'MTK')).toMatchObject({ provisional: false, share: share - 0.9 * se })
  })
})

describe('whoever leads a panel and judges in it', () => {
  it('reads others’ judgements after her own are in, on every page', async () => {
    const both: Actor = { ...judges[0]!, grants: [...office.grants, ...judges[0]!.grants] }
    const panel = await aPanel([both, ...judges.slice(1, 5)])
    await rateAll(panel, judges.slice(1, 5), ROUND_1)
    expect(await rate(both, panel, 0, 55)).toMatchObject({ ok: true })
    expect(await advancePanel(both, panel, 'round-1')).toMatchObject({ ok: true })
    expect(await panelPage(both, panel)).toMatchObject({ owing: true, spreads: [], result: null })
    expect((await panelPage(office, panel))!.spreads).toHaveLength(3)
    expect(await advancePanel(both, panel, 'discussion')).toMatchObject({ ok: true })
    expect(await panelPage(both, panel)).toMatchObject({ owing: true, spreads: [] })
    expect((await judgePanel(both, panel))!.items.map((i) => i.range !== null)).toEqual([true, false, false])
    for (const item of [1, 2]) expect(await rate(both, panel, item, 70, 2)).toMatchObject({ ok: true })
    expect((await panelPage(both, panel))!.spreads).toHaveLength(3)
    expect((await judgePanel(both, panel))!.items.map((i) => i.range !== null)).toEqual([true, true, true])
  })
  it('reads the relevance of an item after her own word on it', async () => {
    const [one, two] = [judges[0]!, judges[1]!]
    const both: Actor = { ...two, grants: [...office.grants, ...two.grants] }
    for (const e of [one, two])
      expect(await giveTask(office, 'BIN', { userId: e.userId, kind: 'validate' }, NOW)).toMatchObject({ ok: true })
    const [item] = (await reviewPage(one, 'BIN'))!.items
    const word = { itemVersionId: item!.itemVersionId, relevance: 2, comment: 'Kurang tepat.' }
    expect(await rateRelevance(one, word, NOW)).toMatchObject({ ok: true })
    const seen = async () => (await validityPage(both, 'BIN'))!
    expect(await seen()).toMatchObject({ items: [], experts: 0 })
    expect((await validityPage(office, 'BIN'))!.items.some((i) => i.comments.length > 0)).toBe(true)
    expect(await rateRelevance(two, { ...word, relevance: 4, comment: '' }, NOW)).toMatchObject({ ok: true })
    expect((await seen()).items).toMatchObject([{ comments: [{ comment: 'Kurang tepat.' }] }])
  })
})

describe('a panel that moves on while a judge saves', () => {
  it('either has the judgement or refuses it, and never holds one made after the change', async () => {
    const list = judges.slice(0, 3)
    const panelId = await aPanel(list)
    await rateAll(panelId, list, ROUND_1.slice(0, 3))
    const [moved, ...saved] = await Promise.all([
      advancePanel(office, panelId, 'round-1'),
      ...[11, 12, 13, 14, 15].map((percent) => rate(list[0]!, panelId, 0, percent)),
    ])
    expect(moved).toMatchObject({ ok: true })
    const values = await sql<{ value: number }>(
      `SELECT g.value FROM panel_judgement g JOIN panel_judge j ON j.id = g.judge_id WHERE j.panel_id = $1 AND j.user_id = $2 AND g.item_version_id = $3`,
      [panelId, list[0]!.userId, small.items[0]],
    )
    expect(values).toHaveLength(1)
    if (saved.every((s) => !s.ok)) expect(values[0]!.value).toBe(0.4)
  })
})

describe('a bookmark panel', () => {
  const list = () => judges.slice(0, 3)
  it('is refused without a calibration', async () => {
    expect(
      await createPanel(office, { instrument: 'BIN', method: 'bookmark', title: 'Panel uji', judges: seats(list()) }, NOW),
    ).toMatchObject({
      code: 'calibration',
    })
  })
  it('runs on the ordered book: one mark a judge and round, θ at two thirds, share through the curve', async () => {
    const instrumentId = await idOf('instrument', 'PED')
    const form = await sql<{ id: string }>(`SELECT id FROM form WHERE instrument_id = $1`, [instrumentId])
    const items = await scoringItems(form[0]!.id)
    const calibrationId = uuidv7()
    await sql(
      `INSERT INTO calibration (id, instrument_id, cycle_codes, state, settings, engine, n, converged, latent_mean, latent_variance, created_at, finished_at)
       VALUES ($1,$2,'{}','done','{}','uji',500,true,0,1,$3,$3)`,
      [calibrationId, instrumentId, NOW],
    )
    // Rasch items one logit apart; the third has two steps, so that the book holds one page for each.
    for (const [i, b] of [-2, -1, 0, 1, 2].entries())
      await sql(
        `INSERT INTO item_parameter (calibration_id, item_version_id, model, a, d, c, codes, statistics) VALUES ($1,$2,'pcm',1,$3,0,$4,'{}')`,
        [calibrationId, items[i]!.itemVersionId, i === 2 ? [1, -1] : [-b], i === 2 ? [0, 1, 2] : [0, 1]],
      )
    const made = await createPanel(office, { instrument: 'PED', method: 'bookmark', title: 'Panel buku', judges: seats(list()) }, NOW)
    if (!made.ok) throw new Error(made.message)
    const panelId = made.value
    const view = (await judgePanel(judges[0]!, panelId))!
    expect(view.pages).toHaveLength(6)
    expect(view.pages[0]!.itemVersionId).toBe(items[0]!.itemVersionId)
    expect(view.pages.filter((p) => p.itemVersionId === items[2]!.itemVersionId).map((p) => p.reach)).toEqual([1, 2])
    const mark = (j: number, page: number, round = 1) => placeBookmark(judges[j]!, { panelId, round, page }, NOW)
    expect(await mark(0, 7)).toMatchObject({ code: 'page' })
    for (const [j, page] of [6, 2, 4].entries()) expect(await mark(j, page)).toMatchObject({ ok: true })
    expect(await mark(0, 1)).toMatchObject({ ok: true })
    expect(
      await sql(`SELECT 1 FROM panel_judgement g JOIN panel_judge j ON j.id = g.judge_id WHERE j.panel_id = $1`, [panelId]),
    ).toHaveLength(3)
    await advancePanel(office, panelId, 'round-1')
    await advancePanel(office, panelId, 'discussion')
    await mark(1, 1, 2)
    await advancePanel(office, panelId, 'round-2')
    const { result } = (await panelPage(office, panelId))!
    // Pages 1, 1 and 4: two items at b + ln 2 and one at 1 + ln 2.
    const [low, high] = [-2 + Math.LN2, 1 + Math.LN2]
    expect(result!.theta).toBeCloseTo((2 * low + high) / 3, 8)
    // Judges’ spread, and that the mark on page 4 may stand anywhere in the two logits since page 3.
    expect(result!.thetaSe).toBeCloseTo(Math.hypot(3 / Math.sqrt(3) / Math.sqrt(3), 2 / Math.sqrt(12) / Math.sqrt(3)), 8)
    const p = (b: number, theta: number) => 1 / (1 + Math.exp(b - theta))
    const two = (theta: number) => {
      const [one, both] = [Math.exp(theta + 1), Math.exp(2 * theta - 1)]
      return (one + 2 * both) / (1 + one + both) / 2
    }
    const theta = (2 * low + high) / 3
    expect(result!.share).toBeCloseTo((p(-2, theta) + p(-1, theta) + two(theta) + p(1, theta) + p(2, theta)) / 5, 8)
    expect(await decideCut(office, panelId, { share: null, reason: '' }, later(5))).toMatchObject({ ok: true })
    await expect(placeBookmark(judges[4]!, { panelId, round: 1, page: 1 }, NOW)).rejects.toThrow(Forbidden)
  })
})

describe('content validity', () => {
  it('gives V .80 and p .040 from five experts, and keeps the newest judgement of each', async () => {
    const item = small.items[0]!
    for (const j of judges.slice(0, 5)) await giveTask(office, 'MTK', { userId: j.userId, kind: 'validate' }, NOW)
    const say = (j: number, relevance: number, comment = '') =>
      rateRelevance(judges[j]!, { itemVersionId: item, relevance, comment }, later(j))
    expect(await say(0, 6)).toMatchObject({ code: 'input' })
    expect(await say(0, 1)).toMatchObject({ ok: true })
    for (const [j, relevance] of [5, 4].entries()) await say(j, relevance)
    expect((await validityPage(office, 'MTK'))!.items[0]).toMatchObject({ aiken: { n: 2 }, decision: 'few' })
    for (const [j, relevance] of [4, 4, 4].entries()) await say(j + 2, relevance, 'Perjelas pokok soal.')
    const row = (await validityPage(office, 'MTK'))!.items[0]!
    expect(row.aiken!.v).toBeCloseTo(0.8, 12)
    expect(row.aiken!.p).toBeCloseTo(0.04, 3)
    expect(row).toMatchObject({ decision: 'keep', counts: [0, 0, 0, 4, 1] })
    expect(row.comments[0]).toEqual({ name: 'Akun pakar', relevance: 4, comment: 'Perjelas pokok soal.' })
    expect((await validityPage(judges[0]!, 'MTK'))!.items[0]!.comments[0]!.name).toBeNull()
  })
  it('shows an expert the key of an item only after the own judgement', async () => {
    const items = (await reviewPage(judges[0]!, 'MTK'))!.items
    expect(items[0]!.key).not.toBeNull()
    expect(items[1]!.key).toBeNull()
    expect(JSON.stringify(items[1])).not.toMatch(/scoring|rationale/)
  })
})

describe('the simulated panels', () => {
  it('find the borderline share that made them, and leave an open panel for the expert account', async () => {
    await writePanels(later(60))
    await writeOpenPanel(later(60))
    const home = await panelHome(office)
    for (const [code, borderline] of [
      ['PED', 0.5],
      ['MTK', 0.62],
    ] as const) {
      const cut = home.cuts.find((c) => c.code === code)!.cut!
      expect(Math.abs(cut.share - borderline)).toBeLessThan(0.05)
      expect(cut.method).toBe('angoff')
    }
    const open = (await myPanels(judges[0]!)).find((p) => p.instrumentCode === 'BIN')
    expect(open).toMatchObject({ state: 'round-1', simulated: true, done: 0 })
    expect((await validityPage(office, 'MTK'))!.simulated).toBe(true)
  })
})
