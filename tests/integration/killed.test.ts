import { assemblyDesk } from '@/lib/assembly/blueprint-service'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import * as access from '@/lib/access/service'
import { freezeForm } from '@/lib/instruments/form-store'
import { instrumentByCode } from '@/lib/instruments/inside'
import * as instruments from '@/lib/instruments/service'
import { sql } from '@/lib/platform/db'
import { collectResponses } from '@/lib/rating/inside'
import { giveRating, ratingDesk, takeResponse } from '@/lib/rating/service'
import * as roster from '@/lib/roster/import-service'
import * as scoring from '@/lib/scoring/service'
import * as sittings from '@/lib/sittings/service'
import { loadCatalogue } from '@/lib/plans/catalogue-service'
import * as support from '@/lib/plans/service'
import { dyingAt, standing, touchedSince } from './killing'
import { aServer, at, seated } from './phones'
import { aDraftRun, aPair, askedToWrite, draft, testedTeachers, value } from './stories'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld } from './world'
import * as tutoring from '@/lib/tutoring/service'
import * as assembly from '@/lib/assembly/service'

/** Acts of several writes, each killed at every one of them: either everything stands or nothing does. */
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let colleague: Actor
let writer: Actor
let people: Actor[]
const now = new Date('2026-03-02T01:00:00Z')
const tested = new Date('2026-01-10T02:00:00Z')
const day = 86_400_000
const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>
const csv = (...rows: string[]) => Buffer.from(`Nama;NUPTK;NIP;JK;Tanggal Lahir;Status;Mapel;NPSN;HP\n${rows.join('\n')}\n`)

beforeAll(async () => {
  world = await openWorld()
  ;[office, colleague, writer] = await Promise.all([anAccount('bgtk'), anAccount('bgtk'), anAccount('pakar')])
  people = await testedTeachers(8, tested)
  await sql(`UPDATE module SET active = true`)
})
afterAll(() => world.close())

/** What has to be there first; answers the act itself. */
type Act = [words: string, prepare: () => Promise<() => Promise<unknown>>]

const acts: Act[] = [
  [
    'a rating that settles a response and sends its attempt back to scoring',
    async () => {
      const server = aServer()
      const ped = (await instrumentByCode('PED'))!
      await freezeForm(ped.id, at(-60), { label: 'A', items: ['PED-001', 'PED-053'] })
      const who = await seated()
      const started = await server.begin(who.seat)
      const essay = started.items.find((i) => i.content.type === 'extended')!
      await server.send(started.token, [
        { seq: 1, kind: 'answer', item: essay.id, value: { text: 'Saya minta murid mencampur sirup.' }, at: at(5).getTime() },
        { seq: 2, kind: 'finish', value: 'finished', at: at(6).getTime() },
      ])
      await collectResponses(at(7))
      const raters = [await anAccount('pakar'), await anAccount('pakar')]
      for (const r of raters) value(await instruments.giveTask(office, 'PED', { userId: r.userId, kind: 'rate' }, at(8)))
      const give = async (r: Actor) => {
        await takeResponse(r, 'PED-053', at(9))
        const { response } = await ratingDesk(r, 'PED-053', false, at(9))
        return () => giveRating(r, 'PED-053', response!.ratingId, { points: [1, 1, 1], note: '' }, at(9))
      }
      value((await (await give(raters[0]!))()) as never)
      const second = await give(raters[1]!)
      return async () => {
        value(await second())
        expect(await sql(`SELECT 1 FROM attempt WHERE id = $1 AND unscored_since IS NOT NULL`, [started.attemptId])).toHaveLength(1)
      }
    },
  ],
  [
    'a follow-up with its sittings, rooms, forms and seats',
    async () => {
      const school = await aSchool()
      const teachers = [await aTeacher(school), await aTeacher(school)]
      const base = await aSitting(teachers, tested)
      await sql(`UPDATE seat SET attendance = 'present' WHERE id = ANY($1::uuid[])`, [base.seatIds])
      const [cycle] = await sql<{ id: string }>(`SELECT cycle_id AS id FROM sitting WHERE id = $1`, [base.sittingId])
      const input = { code: 'MATI', name: 'Ukur ulang', series: 'Ukur', startsOn: '2026-07-18', absentees: true, newcomers: true }
      return async () => value(await sittings.createFollowUp(office, cycle!.id, input))
    },
  ],
  [
    'forms that a second person confirms and freezes',
    async () => {
      value(await assembly.saveBlueprint(office, 'FIS', { length: 4, cells: [{ level: 'L2', count: '2' }] }, now))
      const id = value(await assembly.startAssembly(office, 'FIS', { forms: '2', minutes: '90' }, now))
      const row = await assembly.assemblyPage(office, 'FIS', id)
      const items = row!.spare.slice(0, 8).map((s) => s.versionId)
      await assemblyDesk.end(
        id,
        'done',
        [
          { label: 'A', items: items.slice(0, 4) },
          { label: 'B', items: items.slice(4) },
        ],
        'uji',
      )
      return async () => value(await assembly.confirmAssembly(colleague, 'FIS', id, now))
    },
  ],
  [
    'a plan that is accepted',
    async () => {
      value(await support.askForPlan(people[1]!, new Date(tested.getTime() + 7 * day)))
      return async () => value(await support.acceptOwnPlan(people[1]!, new Date(tested.getTime() + 8 * day)))
    },
  ],
  [
    'the last step of a plan, which ends it',
    async () => {
      const when = new Date(tested.getTime() + 9 * day)
      const own = (await support.ownPlan(people[1]!))!
      const [last, ...others] = own.steps
      for (const s of others) value(await support.changeOwnStep(people[1]!, s.id, { what: 'drop', note: 'tidak perlu' }, when))
      const finish = { what: 'finish', reflection: 'Murid bertanya lebih banyak daripada biasanya.', evidence: 'Lembar kerja murid' }
      return async () => value(await support.changeOwnStep(people[1]!, last!.id, finish, when))
    },
  ],
  [
    'a new item that ends the task of its writer',
    async () => {
      await askedToWrite(office, writer, 1, now)
      return async () => value(await instruments.saveItem(writer, 'MTK', draft, now))
    },
  ],
  [
    'a review that ends the task of the reviewer',
    async () => {
      const [{ code }] = (await sql<{ code: string }>(`SELECT code FROM item WHERE writer_id = $1`, [writer.userId])) as [{ code: string }]
      value(await instruments.moveItem(writer, code, 'review', 'Siap ditelaah.', now, 1))
      const peer = await anAccount('pakar')
      value(await instruments.giveTask(office, 'MTK', { userId: peer.userId, kind: 'review', itemCode: code }, now))
      return async () => value(await instruments.reviewItem(peer, code, { verdict: 'accept', comment: '', seen: 1 }, now))
    },
  ],
  [
    'marks of an item: an enemy, a family, an anchor',
    async () => async () => value(await instruments.markItem(office, 'FIS-010', { enemy: 'FIS-011', family: 'F1', anchor: true }, now)),
  ],
  [
    'items of a file',
    async () => async () =>
      value(await instruments.importItems(office, 'GEO', bytes('Ibu kota\nA. Metro\nB. Bandar Lampung\nANSWER: B\n'), {}, now)),
  ],
  [
    'a domain of an instrument',
    async () => async () =>
      value(
        await instruments.changeDomains(
          office,
          'KIM',
          { what: 'add', code: 'XYZ', title: 'Ranah baru', note: 'Surat 1/2026', seen: '0' },
          now,
        ),
      ),
  ],
  [
    'participants of a sitting, with the rooms that they need',
    async () => {
      const school = await aSchool('18.71', 'SMA', 'SMAN Mati')
      for (let i = 0; i < 3; i++) await aTeacher(school)
      const { sittingId } = await aSitting([await aTeacher(await aSchool())], now)
      await sql(`UPDATE room SET capacity = 1 WHERE sitting_id = $1`, [sittingId])
      const filter = { regionId: await idOf('region', '18.71', 'kemendagri_code'), roomSize: '2' }
      return async () => value(await sittings.addParticipants(office, sittingId, filter, 3, now))
    },
  ],
  [
    'a matching that is put before the people it concerns',
    async () => {
      await aPair(people[0]!, people[2]!, 'published', 'proposed', now)
      const { runId } = await aPair(people[0]!, people[3]!, 'proposed', 'proposed', now)
      return async () => value(await tutoring.publishMatch(office, runId))
    },
  ],
  ['plans for everybody, with the job that writes them', async () => async () => value(await support.startPlans(office))],
  [
    'scores that are released',
    async () => {
      const runId = await aDraftRun(await idOf('instrument', 'EKO'), now)
      return async () => value(await scoring.releaseScoreRun(office, runId, 'alasan tertulis untuk uji', now))
    },
  ],
  [
    'a roster file that is imported',
    async () => {
      const school = await aSchool('18.72')
      const [{ npsn }] = (await sql<{ npsn: string }>(`SELECT npsn FROM school WHERE id = $1`, [school])) as [{ npsn: string }]
      const id = value(await roster.uploadRoster(office, 'mati.csv', csv(`Ani Mati;8888888888888881;;P;;PNS;Kimia;${npsn};`), null))
      return async () => value(await roster.applyBatch(office, id))
    },
  ],
  [
    'an import that is taken back',
    async () => {
      const [{ id }] = (await sql<{ id: string }>(`SELECT id FROM import_batch WHERE file_name = 'mati.csv'`)) as [{ id: string }]
      return async () => value(await roster.undoImport(office, id))
    },
  ],
  [
    'a roster file that is taken in, with the job that reads it',
    async () => async () => value(await roster.uploadRoster(office, 'lagi.csv', csv(`Budi Mati;8888888888888882;;L;;PNS;Kimia;1;`), null)),
  ],
  ['the catalogue of modules', async () => async () => value(await loadCatalogue('prisma/catalogue', now))],
  [
    'limits of the house',
    async () => {
      const [administrator, policy] = [await anAccount('administrator'), await access.policyInForce()]
      return async () => value(await access.changePolicy(administrator, 0, { ...policy, idleMinutes: 45 }, 'Surat 1/2026'))
    },
  ],
]

describe('an act of several writes', () => {
  it.each(acts)(
    'stands whole or not at all, wherever the process dies: %s',
    async (_words, prepare) => {
      const run = await prepare()
      const before = await standing()
      let died = 0
      // Of a catalogue of a hundred lines every seventh is as good as each.
      for (let n = 1; ; n += n < 25 ? 1 : 7) {
        const at = await dyingAt(n, run)
        if (at === null) break
        died++
        const touched = await touchedSince(before)
        // Once the commit was sent everything stands; nothing that belongs to the act may come behind it.
        expect(touched, `killed at write ${n}: ${at.slice(0, 120)}`).toEqual([])
        expect(n).toBeLessThan(200)
      }
      expect(died).toBeGreaterThan(1)
      expect((await touchedSince(before)).length).toBeGreaterThan(0)
    },
    240_000,
  )
})
