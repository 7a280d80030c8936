import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Forbidden, type Actor } from '@/lib/access/model'
import { formFor } from '@/lib/instruments/inside'
import { parseGrowthFilter } from '@/lib/growth/model'
import { parseMapFilter } from '@/lib/mapping/model'
import * as mapping from '@/lib/mapping/service'
import { inTransaction, sql } from '@/lib/platform/db'
import * as privacy from '@/lib/privacy/service'
import * as reportsInside from '@/lib/reports/inside'
import * as reports from '@/lib/reports/service'
import * as scoringInside from '@/lib/scoring/inside'
import * as scoring from '@/lib/scoring/service'
import { currentRules } from '@/lib/standards/rules-store'
import { insertScores, standingRun } from '@/lib/scoring/score-store'
import { releaseResults } from '@/lib/sittings/service'
import { shippedTierRules } from '@/lib/plans/model'
import * as supportInside from '@/lib/plans/inside'
import * as support from '@/lib/plans/service'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld, participant } from './world'
import * as calibration from '@/lib/calibration/service'
import * as calibrationInside from '@/lib/calibration/inside'
import * as standards from '@/lib/standards/service'
import * as standardsInside from '@/lib/standards/inside'
import * as assembly from '@/lib/assembly/service'
import * as assemblyInside from '@/lib/assembly/inside'
import * as growthRoom from '@/lib/growth/service'
import * as tutoringInside from '@/lib/tutoring/inside'
import * as tutoring from '@/lib/tutoring/service'
import { made, plain, silent, silentScoring, tells, type Kind } from './held-kinds'
import { publishAll } from './published'
import { settle } from '@/lib/platform/config'

/**
 * Thirteen teachers of one school tested twice. The second result of one of them, Hana, is held. Everything that anybody can ask for is
 * asked three times: before her answers are scored, after they were scored and measured, and after the office released them. What is
 * held must not be told by anything: the first two answers are the same, letter for letter. The third differs.
 */
let world: Awaited<ReturnType<typeof openWorld>>
let schoolId: string
let hana: string
let people: Record<string, Actor>
let heldSitting: string
let roomId: string
let draftRun: string
let calibrationId: string
let secondAttempt: string
let score: (attemptId: string, percent: number, points: number) => Promise<void>
const now = new Date('2026-08-03T02:00:00Z')
const [first, second] = [new Date('2026-01-10T02:00:00Z'), new Date('2026-07-11T02:00:00Z')]

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now })
  settle({ NEXTAUTH_URL: 'http://localhost:3000' })
  world = await openWorld()
  schoolId = await aSchool('18.10', 'SMA', 'SMAN Tertahan')
  const regionId = await idOf('region', '18.10', 'kemendagri_code')
  const teachers = await Promise.all(Array.from({ length: 13 }, (_, i) => aTeacher(schoolId, 'MTK', i ? `Guru ${i}` : 'Hana')))
  hana = teachers[0]!
  const before = await aSitting(teachers, first, { code: 'AWAL' })
  const after = await aSitting(teachers.slice(1), second, { code: 'ULANG' })
  const held = await aSitting([hana], second, { code: 'TAHAN', releaseRule: 'held' })
  heldSitting = held.sittingId
  roomId = held.roomId
  await sql(`UPDATE sitting SET cycle_id = (SELECT id FROM cycle WHERE code = 'ULANG') WHERE id = $1`, [heldSitting])
  await sql(`UPDATE cycle SET base_cycle_id = (SELECT id FROM cycle WHERE code = 'AWAL') WHERE code = 'ULANG'`)
  people = {
    guru: participant(held.seatIds[0]!, hana),
    rekan: participant(after.seatIds[0]!, teachers[1]!),
    'kepala-sekolah': await anAccount('kepala-sekolah', { schoolId }),
    'dinas-kabupaten': await anAccount('dinas-kabupaten', { regionId }),
    'dinas-provinsi': await anAccount('dinas-provinsi'),
    bgtk: await anAccount('bgtk'),
    pengawas: await anAccount('pengawas'),
    pakar: await anAccount('pakar'),
    administrator: await anAccount('administrator'),
  }
  const form = (await formFor('4', await idOf('subject', 'MTK')))!
  const rules = (await currentRules()).id
  const raw = await standingRun(rules, first)
  ;[calibrationId, draftRun] = [uuidv7(), uuidv7()]
  const [cut, scale, released, linked] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  for (const [id, cycle] of [
    [calibrationId, 'AWAL'],
    [linked, 'ULANG'],
  ] as const)
    await sql(
      `INSERT INTO calibration (id, instrument_id, cycle_codes, state, settings, engine, created_at, finished_at) VALUES ($1, $2, ARRAY[$3], 'done', '{}', 'uji', $4, $4)`,
      [id, form.instrumentId, cycle, first],
    )
  await sql(
    `INSERT INTO item_parameter (calibration_id, item_version_id, model, a, d, c, codes, statistics)
     SELECT $1, v.id, 'pcm', 1, ARRAY[0], 0, ARRAY[0, 1], '{}' FROM form_item f JOIN item_version v ON v.id = f.item_version_id WHERE f.form_id = $2 AND v.type = 'single'`,
    [calibrationId, form.formId],
  )
  await sql(`INSERT INTO cut_score (id, instrument_id, method, share, reason, decided_at) VALUES ($1, $2, 'provisional', 0.6, 'uji', $3)`, [
    cut,
    form.instrumentId,
    first,
  ])
  await sql(`INSERT INTO scale (id, calibration_id, cut_score_id, theta_cut, sigma, created_at) VALUES ($1, $2, $3, 0, 1, $4)`, [
    scale,
    calibrationId,
    cut,
    first,
  ])
  for (const [id, state] of [
    [released, 'released'],
    [draftRun, 'draft'],
  ])
    await sql(
      `INSERT INTO score_run (id, kind, rule_version_id, engine, created_at, instrument_id, scale_id, state, released_at) VALUES ($1, 'theta', $2, 'uji', $3, $4, $5, $6, $3)`,
      [id, rules, first, form.instrumentId, scale, state],
    )
  await sql(
    `INSERT INTO scale_link (id, instrument_id, base_calibration_id, calibration_id, linked_calibration_id, state, excluded, reason, error, gate, report, created_at, finished_at)
     VALUES ($1, $2, $3, $4, $3, 'done', '{}', 'uji', 0.05, 'open', '{"anchors": []}', $5, $5)`,
    [uuidv7(), form.instrumentId, calibrationId, linked, second],
  )
  const closed = async (seatId: string, at: Date) => {
    const id = uuidv7()
    await sql(
      `INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at, closed_at) VALUES ($1,$2,$3,$4,'4',1,'closed',5400,$5,$5)`,
      [id, seatId, form.formId, form.instrumentId, at],
    )
    return id
  }
  score = async (attemptId, percent, points) => {
    const row = (scope: 'total' | 'domain' | 'indicator', scopeCode: string, items: number, p: number) => ({
      attemptId,
      kind: 'raw' as const,
      scope,
      scopeCode,
      raw: (items * p) / 100,
      max: items,
      percent: p,
      items,
    })
    await inTransaction((tx) =>
      insertScores(tx, raw, [
        row('total', '', 40, percent),
        row('domain', 'KAL', 20, Math.max(0, percent - 30)),
        row('domain', 'ALJ', 20, percent),
        row('indicator', '4.1', 40, percent),
      ]),
    )
    for (const run of [released, draftRun])
      await sql(
        `INSERT INTO ability (run_id, attempt_id, theta, se, scale, scale_se, mastery, mastery_low, mastery_high, items, fit) VALUES ($1, $2, $3, 0.2, $4, 20, $5, $6, $7, 40, null)`,
        [run, attemptId, (points - 500) / 100, points, percent, percent - 2, Math.min(100, percent + 2)],
      )
  }
  for (const [i, seat] of before.seatIds.entries()) await score(await closed(seat, first), 40 + (i % 4), 430 + 7 * (i % 5))
  for (const [i, seat] of after.seatIds.entries()) await score(await closed(seat, second), 45 + (i % 3), 455 + 5 * (i % 4))
  secondAttempt = await closed(held.seatIds[0]!, second)
  await support.tierRules()
})
afterAll(async () => {
  vi.useRealTimers()
  await world.close()
})

const map = (tampilan = 'peta') => parseMapFilter({ bagian: '4', tampilan })
const growth = (tampilan: string) => parseGrowthFilter({ bagian: '4', tampilan })
const rooms: Record<string, { service: object; kinds: Record<string, Kind> }> = {
  scoring: {
    service: {
      ...{ ...calibration, ...calibrationInside, ...standards, ...standardsInside },
      ...{ ...scoring, ...scoringInside, ...assembly, ...assemblyInside },
    },
    kinds: {
      ownResults: tells((a) => scoring.ownResults(a)),
      scoreMoves: tells((a) => scoring.scoreMoves(a, draftRun)),
      ...silentScoring,
    },
  },
  mapping: {
    service: { ...mapping, ...growthRoom },
    kinds: {
      ...silent('which cycle measured whom again, by name of the cycle', 'remeasured'),
      mapView: tells((a) => mapping.mapView(a, map())),
      heatView: tells((a) => mapping.heatView(a, map())),
      spreadView: tells((a) => mapping.spreadView(a, map())),
      indicatorView: tells((a) => mapping.indicatorView(a, map())),
      mapPage: tells((a) => mapping.mapPage(a, map('sebaran'))),
      regionView: tells((a) => mapping.regionView(a, '18.10', map())),
      schoolView: tells((a) => mapping.schoolView(a, schoolId)),
      ownSchool: tells((a) => mapping.ownSchool(a)),
      ...silent('how much was answered, of groups and without a score', 'answerRates'),
      schoolGrowth: tells((a) => growthRoom.schoolGrowth(a, schoolId)),
      ownChanges: tells((a) => growthRoom.ownChanges(a)),
      growthPage: tells((a) =>
        Promise.all(['wilayah', 'indikator', 'dukungan', 'daya'].map((tampilan) => growthRoom.growthPage(a, growth(tampilan)))),
      ),
      ...silent(
        'figures of the snapshots that mapView reads, of three schools and more; public.test.ts looks for what it may not tell',
        'publicPreview',
        'publicPage',
      ),
      ...silent('names of schools', 'ownSchools'),
      ...silent('lines on a map', 'boundaries', 'loadBoundaries', 'removeBoundaries'),
    },
  },
  support: {
    service: { ...support, ...supportInside, ...tutoring, ...tutoringInside },
    kinds: {
      tierEffect: tells(async (a) => (await support.tierEffect(a, shippedTierRules, '4')).open()),
      readings: tells(() => supportInside.readings({})),
      abilities: tells(async () => [...(await tutoringInside.abilities())]),
      matchInput: tells(() => tutoringInside.matchInput()),
      retestOn: tells((a) => support.retestOn(a, now)),
      tutorDesk: tells((a) => tutoring.tutorDesk(a, now)),
      proposePlans: made(() => supportInside.proposePlans({}, now)),
      ownPlan: made((a) => support.ownPlan(a, now)),
      ownProfiles: tells((a) => support.ownProfiles(a)),
      schoolPlans: made((a) => support.schoolPlans(a)),
      progress: made((a) => support.progress(a)),
      classes: made((a) => support.classes(a, 'MTK-02')),
      tutorNetwork: made((a) => tutoring.tutorNetwork(a)),
      ...silent(
        'rules, the catalogue and titles',
        'tierRules',
        'tierRuleHistory',
        'changeTierRules',
        'catalogue',
        'changeModule',
        'catalogueGaps',
      ),
      ...silent('titles of areas, the catalogue and the rule in force', 'areaTitles', 'modules', 'tierRuleInForce'),
      ...silent(
        'starts or does work and answers with counts or nothing; what it makes is asked above',
        'startPlans',
        'proposalJob',
        'askForPlan',
        'acceptOwnPlan',
      ),
      ...silent('work of people on their plans and pairs', 'changeOwnStep', 'askForTutors', 'startMatch', 'performMatch', 'failMatch'),
      ...silent('work of people on their pairs', 'publishMatch', 'orderPair', 'liftPairOrder', 'takeMeetings', 'answerOffer', 'saveWish'),
      ...silent('work of people on their pairs', 'answerPair', 'giveFeedback', 'endOwnPair'),
      ...silent('words of a disagreement and of its answer', 'ownObjections', 'objections', 'object', 'answerObjection'),
      ...silent('hours of tutoring, never a score', 'certificateFor', 'ownCertificate', 'lookUpCertificate', 'verifyCertificate'),
      ...silent('hours of tutoring, never a score', 'issuedCertificates', 'withdrawCertificate'),
      ...silent('hours of tutoring, never a score', 'combinedFor', 'ownCombined', 'pairNotes'),
      ...silent('photos of meetings', 'keepPhoto', 'meetingPhoto', 'removePhoto'),
      ...silent('hours of tutoring, never a score', 'hoursOf', 'tutoredHours', 'meetingTicket'),
      ...silent('forms classes from plans, notes who came', 'openClasses', 'noteClass'),
      ...silent(
        'seats by lot: counts, hashes and states, by the same readings as above',
        'lotteryDesk',
        'lotteryTrial',
        'announceLottery',
        'drawLottery',
        'cancelLottery',
      ),
    },
  },
  reports: {
    service: { ...reports, ...reportsInside },
    kinds: {
      ...silent('open data of the figures of publicPreview', 'publicFile'),
      ...silent('documents are asked one by one; what is ordered is made by the same makers', 'makeDocument', 'makeOrderedDocument'),
      ...silent('the queue of documents and their handing over', 'askDocument', 'giveDocument', 'documentPage', 'answerDownload'),
    },
  },
}
const room = () => new URLSearchParams({ ruang: roomId })
const documents: Record<string, Kind> = {
  'laporan-xlsx': tells((a) => reports.makeDocument(a, 'laporan-xlsx', new URLSearchParams())),
  'laporan-csv': tells((a) => reports.makeDocument(a, 'laporan-csv', new URLSearchParams())),
  ...Object.fromEntries(
    ['peta-csv', 'peta-xlsx', 'peta-svg'].map((name) => [
      name,
      tells((a) => reports.makeDocument(a, name as 'peta-csv', new URLSearchParams({ bagian: '4' }))),
    ]),
  ),
  ...silent('the picture that peta-svg is, in dots', 'peta-png'),
  'perubahan-skor': tells((a) => reports.makeDocument(a, 'perubahan-skor', new URLSearchParams({ skor: draftRun }))),
  kalender: made((a) => reports.makeDocument(a, 'kalender', new URLSearchParams())),
  'daftar-hadir': made((a) => reports.makeDocument(a, 'daftar-hadir', room())),
  kartu: made((a) => reports.makeDocument(a, 'kartu', new URLSearchParams({ sesi: heldSitting }))),
  ...silent('hours of tutoring, never a score', 'surat-tutor', 'surat-gabungan'),
  ...silent('what happened in a room, under the head of the log that every act moves; never a score', 'berita-acara'),
  ...silent('who opened what, never a score', 'catatan-akses-csv', 'catatan-akses-xlsx'),
  // A copy holds the lines of the log as well, one of which it makes itself: what it tells of results is asked by itself.
  'data-saya-json': tells(async (a) =>
    (await privacy.ownCopy(a))?.sections.filter((s) => ['score', 'ability', 'response_rating', 'plan', 'plan_step'].includes(s.table)),
  ),
  ...silent('the same copy on paper, or for a letter', 'data-saya-pdf', 'salinan-json', 'salinan-pdf'),
  ...silent('items', 'butir-qti3', 'butir-moodle', 'butir-xlsx', 'butir-pdf', 'butir-templat', 'analisis-butir'),
  ...silent('the roster', 'templat', 'berkas-bersih'),
}

const asked: { name: string; kind: Kind }[] = [
  ...Object.entries(rooms).flatMap(([r, { kinds }]) => Object.entries(kinds).map(([f, kind]) => ({ name: `${r}.${f}`, kind }))),
  ...Object.entries(documents).map(([d, kind]) => ({ name: `document ${d}`, kind })),
]

async function everything(): Promise<Map<string, string>> {
  await supportInside.proposePlans({}, now)
  const said = new Map<string, string>()
  for (const { name, kind } of asked) {
    const call = 'tells' in kind ? kind.tells : 'made' in kind ? kind.made : null
    if (!call) continue
    for (const [role, actor] of Object.entries(people)) {
      const answer = await Promise.resolve()
        .then(() => call(actor))
        .catch((error: unknown) => {
          if (error instanceof Forbidden) return 'forbidden'
          throw new Error(`${name} as ${role}`, { cause: error })
        })
      // Which publication it is differs each time.
      said.set(`${name} as ${role}`, plain(answer).replaceAll(/"published":\{[^}]*\}/g, ''))
    }
  }
  return said
}

describe('what tells results', () => {
  it('is known one by one: every exported function and every document stands in the list above', () => {
    for (const { service, kinds } of Object.values(rooms)) {
      const exported = Object.entries(service).flatMap(([name, f]) => (typeof f === 'function' ? [name] : []))
      expect(exported.filter((n) => !(n in kinds))).toEqual([])
      expect(Object.keys(kinds).filter((n) => !exported.includes(n))).toEqual([])
    }
    expect([...reports.documentNames].sort()).toEqual(Object.keys(documents).sort())
  })

  it('reads scores and measures in stores that ask the one rule, or in those of scoring itself, and nowhere else', () => {
    const stores = readdirSync('lib').flatMap((r) =>
      readdirSync(join('lib', r)).flatMap((f) => (f.endsWith('store.ts') ? [{ room: r, path: join('lib', r, f) }] : [])),
    )
    const statements = stores.flatMap(({ room: r, path }) =>
      [...readFileSync(path, 'utf8').matchAll(/`[^`]*`/g)].map((m) => ({ room: r, path, text: m[0] })),
    )
    const reading = statements.filter((s) => /\b(?:FROM|JOIN) (?:score|ability)\b/.test(s.text))
    expect(reading.length).toBeGreaterThan(10)
    // Scoring works on what it measures; what it tells of people passes the list above.
    const without = reading.filter(
      (s) => s.room !== 'scoring' && !s.text.includes('shownToPeople(') && !/\bsnapshot_member m\b/.test(s.text),
    )
    expect(without.map((s) => `${s.path}: ${s.text.slice(0, 80)}`)).toEqual([])
  })

  it('tells nobody a held result, in no role, by name or by group, and tells it once the office has released it', async () => {
    await publishAll()
    const unscored = await everything()
    await score(secondAttempt, 97.531, 777.25)
    await publishAll()
    const held = await everything()
    for (const [question, answer] of held) expect([question, answer]).toEqual([question, unscored.get(question)])
    await releaseResults(people['bgtk']!, heldSitting)
    await publishAll()
    const released = await everything()
    const unmoved = asked.filter(
      ({ name, kind }) =>
        'tells' in kind && Object.keys(people).every((role) => held.get(`${name} as ${role}`) === released.get(`${name} as ${role}`)),
    )
    expect(unmoved.map((u) => u.name)).toEqual([])
    expect(released.get('mapping.schoolView as kepala-sekolah')).toContain('97.531')
    expect(released.get('scoring.ownResults as guru')).toContain('97.531')
  })
})
