import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as access from '@/lib/access/service'
import { Forbidden, roles, type Actor, type Role } from '@/lib/access/model'
import { permissions, type Action } from '@/lib/access/permissions'
import * as delivery from '@/lib/delivery/service'
import * as instruments from '@/lib/instruments/service'
import * as mapping from '@/lib/mapping/service'
import * as publication from '@/lib/publication/service'
import { parseMapFilter } from '@/lib/mapping/model'
import { sql } from '@/lib/platform/db'
import * as rating from '@/lib/rating/service'
import * as roster from '@/lib/roster/service'
import * as scoring from '@/lib/scoring/service'
import * as sittings from '@/lib/sittings/service'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld } from './world'
import * as consoles from '@/lib/console/service'
import * as rehearsalRoom from '@/lib/rehearsal/service'
import * as assembly from '@/lib/assembly/service'
import * as standards from '@/lib/standards/service'
import * as calibration from '@/lib/calibration/service'

const now = new Date()
let world: Awaited<ReturnType<typeof openWorld>>
const actors = new Map<Role, Actor>()
let own: { schoolId: string; otherSchoolId: string; roomId: string; otherRoomId: string; sittingId: string; seatId: string }

beforeAll(async () => {
  world = await openWorld()
  const schoolId = await aSchool('18.10')
  const otherSchoolId = await aSchool('18.02')
  const regionId = await idOf('region', '18.10', 'kemendagri_code')
  const [mine, other] = [await aTeacher(schoolId), await aTeacher(otherSchoolId)]
  const [one, two] = [await aSitting([mine], new Date()), await aSitting([other], new Date())]
  for (const role of roles)
    actors.set(
      role,
      await anAccount(role, { ...(role === 'dinas-kabupaten' ? { regionId } : {}), ...(role === 'kepala-sekolah' ? { schoolId } : {}) }),
    )
  await sql(`INSERT INTO proctor_assignment (user_id, room_id) VALUES ($1, $2)`, [actors.get('pengawas')!.userId, one.roomId])
  await instruments.giveTask(actors.get('bgtk')!, 'MTK', { userId: actors.get('pakar')!.userId, kind: 'validate' }, now)
  own = { schoolId, otherSchoolId, roomId: one.roomId, otherRoomId: two.roomId, sittingId: one.sittingId, seatId: one.seatIds[0]! }
})
afterAll(async () => {
  await world.close()
})

const filter = parseMapFilter({})

/** Every use case that takes an actor, with the permission that guards it. */
const useCases: [string, Action, (actor: Actor) => Promise<unknown>][] = [
  ['access.users', 'users:manage', (a) => access.users(a)],
  ['access.addUser', 'users:manage', (a) => access.addUser({ ...a, sessionId: 'x' }, {}, new Date())],
  ['access.account', 'users:manage', (a) => access.account(a, a.userId!)],
  ['access.giveRole', 'users:manage', (a) => access.giveRole({ ...a, sessionId: 'x' }, {}, new Date())],
  ['access.takeRole', 'users:manage', (a) => access.takeRole({ ...a, sessionId: 'x' }, {}, new Date())],
  ['access.endAccountSession', 'users:manage', (a) => access.endAccountSession(a, a.userId!, null)],
  ['access.setActive', 'users:manage', (a) => access.setActive(a, a.userId!, true)],
  ['access.auditPage', 'audit:read', (a) => access.auditPage(a, {})],
  ['access.auditExport', 'audit:read', (a) => access.auditExport(a, {})],
  ['access.ownOpeners', 'result:own', (a) => access.ownOpeners(a)],
  ['roster.roster', 'roster:read', (a) => roster.roster(a, { q: '', regionId: null, subjectId: null, page: 1 })],
  ['roster.teachersForSeating', 'roster:read', (a) => roster.teachersForSeating(a, {})],
  ['roster.batchList', 'roster:import', (a) => roster.batchList(a)],
  ['roster.batchView', 'roster:import', (a) => roster.batchView(a, own.roomId)],
  ['roster.uploadRoster', 'roster:import', (a) => roster.uploadRoster(a, 'x', Buffer.alloc(21 * 1024 * 1024), null)],
  ['roster.importFile', 'roster:import', (a) => roster.importFile(a, 'x', Buffer.alloc(0), null)],
  ['roster.applyBatch', 'roster:import', (a) => roster.applyBatch(a, own.roomId)],
  ['roster.undoImport', 'roster:import', (a) => roster.undoImport(a, own.roomId)],
  ['roster.cleanedFile', 'roster:import', (a) => roster.cleanedFile(a, own.roomId)],
  ['instruments.instruments', 'instrument:read', (a) => instruments.instruments(a)],
  ['instruments.instrumentView', 'instrument:read', (a) => instruments.instrumentView(a, 'MTK')],
  ['sittings.cycles', 'cycle:manage', (a) => sittings.cycles(a)],
  ['sittings.cycle', 'cycle:manage', (a) => sittings.cycle(a, own.roomId)],
  ['sittings.venues', 'cycle:manage', (a) => sittings.venues(a)],
  ['sittings.sitting', 'cycle:manage', (a) => sittings.sitting(a, own.sittingId)],
  ['sittings.participants', 'cycle:manage', (a) => sittings.participants(a, own.sittingId, { q: '', page: 1 })],
  ['sittings.proctors', 'cycle:manage', (a) => sittings.proctors(a, own.sittingId)],
  ['sittings.appointProctor', 'cycle:manage', (a) => sittings.appointProctor(a, own.sittingId, own.roomId, null)],
  ['sittings.addCycle', 'cycle:manage', (a) => sittings.addCycle(a, {})],
  ['sittings.addVenue', 'cycle:manage', (a) => sittings.addVenue(a, {})],
  ['sittings.addSitting', 'cycle:manage', (a) => sittings.addSitting(a, {})],
  ['sittings.addParticipants', 'cycle:manage', (a) => sittings.addParticipants(a, own.roomId, {}, 1)],
  ['sittings.countParticipants', 'cycle:manage', (a) => sittings.countParticipants(a, own.roomId, {})],
  ['sittings.participant', 'cycle:manage', (a) => sittings.participant(a, own.sittingId, own.roomId, now)],
  ['sittings.lastAdding', 'cycle:manage', (a) => sittings.lastAdding(a, own.sittingId)],
  ['sittings.cyclePath', 'cycle:manage', (a) => sittings.cyclePath(a, own.roomId, now)],
  ['sittings.sittingFacts', 'cycle:manage', (a) => sittings.sittingFacts(a, own.sittingId)],
  ['sittings.seriesKnown', 'cycle:manage', (a) => sittings.seriesKnown(a)],
  ['sittings.changeCycle', 'cycle:manage', (a) => sittings.changeCycle(a, own.roomId, {})],
  ['sittings.changeVenue', 'cycle:manage', (a) => sittings.changeVenue(a, own.roomId, 1, now)],
  ['sittings.copyCycle', 'cycle:manage', (a) => sittings.copyCycle(a, own.roomId, {})],
  ['sittings.trials', 'cycle:manage', (a) => sittings.trials(a, own.roomId)],
  ['sittings.startTrial', 'cycle:manage', (a) => sittings.startTrial(a, own.roomId, {}, now)],
  ['delivery.trialReport', 'cycle:manage', (a) => delivery.trialReport(a, own.sittingId)],
  ['delivery.reschedule', 'cycle:manage', (a) => delivery.reschedule(a, own.sittingId, {}, now)],
  ['delivery.removeParticipant', 'cycle:manage', (a) => delivery.removeParticipant(a, own.sittingId, own.roomId, now)],
  ['delivery.moveParticipant', 'cycle:manage', (a) => delivery.moveParticipant(a, own.sittingId, { seatId: '', roomId: '' }, now)],
  ['delivery.undoAdding', 'cycle:manage', (a) => delivery.undoAdding(a, own.sittingId, '', now)],
  ['sittings.cards', 'cards:print', (a) => sittings.cards(a, own.sittingId, null)],
  ['sittings.releaseResults', 'result:release', (a) => sittings.releaseResults(a, own.sittingId)],
  ['sittings.seatsFor', 'test:take', (a) => sittings.seatsFor(a)],
  ['sittings.myRooms', 'room:watch', (a) => sittings.myRooms(a)],
  ['sittings.roomFor', 'room:watch', (a) => sittings.roomFor(a, own.roomId)],
  ['delivery.dueParts', 'test:take', (a) => delivery.dueParts(a, now)],
  ['delivery.prepareSitting', 'cycle:manage', (a) => delivery.prepareSitting(a, own.sittingId, now)],
  ['delivery.spokenCode', 'room:watch', (a) => delivery.spokenCode(a, own.sittingId)],
  ['sittings.cycleForms', 'cycle:manage', (a) => sittings.cycleForms(a, own.roomId)],
  ['sittings.chooseForms', 'cycle:manage', (a) => sittings.chooseForms(a, own.roomId, [])],
  ['sittings.changeRoom', 'cycle:manage', (a) => sittings.changeRoom(a, own.sittingId, own.roomId, 4)],
  ['sittings.changeSeat', 'cycle:manage', (a) => sittings.changeSeat(a, own.sittingId, {})],
  ['sittings.sittingFor', 'room:watch', (a) => sittings.sittingFor(a, own.sittingId)],
  ['delivery.consoleOf', 'room:watch', (a) => consoles.consoleOf(a, own.roomId, now)],
  ['delivery.rehearsals', 'cycle:manage', (a) => rehearsalRoom.rehearsals(a)],
  ['delivery.rehearsal', 'cycle:manage', (a) => rehearsalRoom.rehearsal(a, own.roomId)],
  ['delivery.preparation', 'cycle:manage', (a) => delivery.preparation(a, own.sittingId)],
  ['sittings.changeOutageRule', 'cycle:manage', (a) => sittings.changeOutageRule(a, own.roomId, 'x')],
  ['delivery.roomMinutes', 'room:watch', (a) => consoles.roomMinutes(a, own.roomId, 'minutes')],
  ['delivery.runActions', 'room:act', (a) => consoles.runActions(a, [], now)],
  ['scoring.ownResults', 'result:own', (a) => scoring.ownResults(a)],
  ['scoring.formsPage', 'bank:manage', (a) => assembly.formsPage(a, 'MTK')],
  ['assembly.setCheck', 'bank:manage', (a) => assembly.setCheck(a, 'MTK', '')],
  ['scoring.makePracticeForm', 'bank:manage', (a) => assembly.makePracticeForm(a, own.roomId)],
  ['scoring.ruleHistory', 'rules:manage', (a) => standards.ruleHistory(a)],
  ['scoring.changeRules', 'rules:manage', (a) => standards.changeRules(a, {}, '', 1)],
  ['scoring.calibrationHome', 'calibration:run', (a) => scoring.calibrationHome(a)],
  ['scoring.calibrationPage', 'calibration:run', (a) => scoring.calibrationPage(a, own.roomId)],
  ['scoring.startCalibration', 'calibration:run', (a) => calibration.startCalibration(a, {}, now)],
  ['scoring.cancelCalibration', 'calibration:run', (a) => calibration.cancelCalibration(a, own.roomId)],
  ['scoring.startScoreRun', 'calibration:run', (a) => scoring.startScoreRun(a, own.roomId, now)],
  ['scoring.releaseScoreRun', 'result:release', (a) => scoring.releaseScoreRun(a, own.roomId, '', now)],
  ['scoring.scoreMoves', 'result:release', (a) => scoring.scoreMoves(a, own.roomId)],
  ['scoring.panelHome', 'panel:manage', (a) => standards.panelHome(a)],
  ['scoring.createPanel', 'panel:manage', (a) => standards.createPanel(a, {}, now)],
  ['scoring.panelPage', 'panel:manage', (a) => scoring.panelPage(a, own.roomId)],
  ['scoring.advancePanel', 'panel:manage', (a) => standards.advancePanel(a, own.roomId, 'round-1')],
  ['scoring.decideCut', 'panel:manage', (a) => standards.decideCut(a, own.roomId, {}, now)],
  ['scoring.myPanels', 'panel:judge', (a) => standards.myPanels(a)],
  ['scoring.judgePanel', 'panel:judge', (a) => standards.judgePanel(a, own.roomId)],
  ['scoring.rateItem', 'panel:judge', (a) => standards.rateItem(a, {}, now)],
  ['scoring.placeBookmark', 'panel:judge', (a) => standards.placeBookmark(a, {}, now)],
  ['instruments.myReviews', 'validity:rate', (a) => instruments.myReviews(a)],
  ['instruments.reviewPage', 'validity:rate', (a) => instruments.reviewPage(a, 'MTK')],
  ['instruments.rateRelevance', 'validity:rate', (a) => instruments.rateRelevance(a, {}, now)],
  ['instruments.frameworkPage', 'bank:manage', (a) => instruments.frameworkPage(a)],
  ['instruments.changeFramework', 'bank:manage', (a) => instruments.changeFramework(a, {}, now)],
  ['instruments.domainPage', 'bank:manage', (a) => instruments.domainPage(a, 'MTK')],
  ['instruments.changeDomains', 'bank:manage', (a) => instruments.changeDomains(a, 'MTK', {}, now)],
  ['instruments.bookOf', 'bank:manage', (a) => instruments.bookOf(a, 'MTK', { formCode: null, withKeys: true })],
  ['rating.myQueue', 'response:rate', (a) => rating.myQueue(a, now)],
  ['rating.ratingOverview', 'bank:manage', (a) => rating.ratingOverview(a, own.roomId, [])],
  ['scoring.itemCycles', 'bank:manage', (a) => calibration.itemCycles(a, 'MTK-001')],
  ['instruments.validityPage', 'analysis:read', (a) => instruments.validityPage(a, 'MTK')],
  ['scoring.recoveryReport', 'calibration:run', (a) => scoring.recoveryReport(a)],
  ['scoring.analysisList', 'analysis:read', (a) => scoring.analysisList(a)],
  ['scoring.analysisView', 'analysis:read', (a) => scoring.analysisView(a, 'MTK', null)],
  ['scoring.itemAnalysis', 'analysis:read', (a) => scoring.itemAnalysis(a, 'MTK', 'MTK-001', null)],
  ['scoring.analysisSheet', 'analysis:read', (a) => scoring.analysisSheet(a, 'MTK')],
  ['instruments.correctKey', 'calibration:run', (a) => instruments.correctKey(a, {}, now)],
  ['mapping.mapView', 'map:read', (a) => mapping.mapView(a, filter)],
  ['mapping.mapView for export', 'report:export', (a) => mapping.mapView(a, filter, 'report:export')],
  ['mapping.heatView', 'map:read', (a) => mapping.heatView(a, filter)],
  ['mapping.spreadView', 'map:read', (a) => mapping.spreadView(a, filter)],
  ['mapping.indicatorView', 'map:read', (a) => mapping.indicatorView(a, filter)],
  ['mapping.regionView', 'map:read', (a) => mapping.regionView(a, '18.10', filter)],
  ['mapping.publicPreview', 'publication:public', (a) => mapping.publicPreview(a, '')],
  ['publication.publicDesk', 'publication:public', (a) => publication.publicDesk(a)],
  ['publication.turnPublic', 'publication:public', (a) => publication.turnPublic(a, 'bgtk', false, now)],
  ['mapping.ownSchool', 'school:read', (a) => mapping.ownSchool(a)],
  ['mapping.ownSchools', 'school:read', (a) => mapping.ownSchools(a)],
  ['mapping.loadBoundaries', 'rules:manage', (a) => mapping.loadBoundaries(a, '', '')],
  ['mapping.removeBoundaries', 'rules:manage', (a) => mapping.removeBoundaries(a)],
]

describe.each(roles)('%s', (role) => {
  it.each(useCases)('%s is guarded by %s', async (_name, action, call) => {
    const allowed = role in permissions[action]
    const outcome = await call(actors.get(role)!).then(
      () => 'allowed',
      (e: unknown) => (e instanceof Forbidden ? 'refused' : e),
    )
    expect(outcome).toBe(allowed ? 'allowed' : 'refused')
  })
})

describe('scope', () => {
  it('lets a head of school see the own school by name and no other', async () => {
    await expect(mapping.schoolView(actors.get('kepala-sekolah')!, own.schoolId)).resolves.toMatchObject({ school: { id: own.schoolId } })
    await expect(mapping.schoolView(actors.get('kepala-sekolah')!, own.otherSchoolId)).rejects.toThrow(Forbidden)
  })
  it('keeps the office of a kabupaten to its kabupaten and to SD and SMP', async () => {
    const office = actors.get('dinas-kabupaten')!
    expect((await mapping.mapView(office, filter)).cells.map((c) => c.code)).toEqual(['18.10'])
    expect(await mapping.regionView(office, '18.02', filter)).toBeNull()
    await expect(mapping.schoolView(office, own.schoolId)).rejects.toThrow(Forbidden)
  })
  it('lets a proctor watch the assigned room and no other', async () => {
    await expect(consoles.consoleOf(actors.get('pengawas')!, own.roomId, now)).resolves.toMatchObject({
      rooms: [{ counts: { waiting: 1 } }],
    })
    await expect(consoles.consoleOf(actors.get('pengawas')!, own.otherRoomId, now)).rejects.toThrow(Forbidden)
    const extend = {
      id: uuidv7(),
      at: now.getTime(),
      kind: 'extend',
      scope: 'room',
      target: own.otherRoomId,
      minutes: 5,
      reason: 'coba saja',
    }
    expect(await consoles.runActions(actors.get('pengawas')!, [extend], now)).toMatchObject([{ id: extend.id, outcome: 'refused' }])
  })
})

describe('history', () => {
  it('cannot be rewritten: audit entries, journal events and item versions refuse changes, to the application by right and to the owner by trigger', async () => {
    await access.auditCopy(actors.get('bgtk')!, 'result:named', 'school:x', { count: 1 })
    for (const statement of [
      'DELETE FROM audit_entry',
      `UPDATE audit_entry SET action = 'x'`,
      `UPDATE item_version SET rationale = 'x'`,
      'DELETE FROM item_version',
    ]) {
      await expect(sql(statement)).rejects.toThrow(/permission denied/)
      await expect(world.asOwner(statement)).rejects.toThrow(/append-only/)
    }
  })
})

describe('the list of accounts', () => {
  it('shows who may do what, and no hash of a password', async () => {
    const admin = await anAccount('administrator')
    const listed = await access.users(admin)
    expect(listed.length).toBeGreaterThan(0)
    expect(JSON.stringify(listed)).not.toMatch(/argon2|passwordHash/)
  })
})
