import { join } from 'node:path'
import { latestForms, loadBank, scoringItems } from '@/lib/instruments/service'
import { fromWib } from '@/lib/platform/format'
import { insertMany, pool, sql } from '@/lib/platform/db'
import { normal, seeded } from '@/lib/platform/random'
import { rawScores } from '@/lib/scoring/raw'
import { insertTruth } from '@/lib/scoring/measure-store'
import { currentRules, insertScores, standingRun } from '@/lib/scoring/store'
import { createCycle, createSitting, createVenue, insertSeats, type NewSeat } from '@/lib/sittings/store'
import { competencyOrder, defaultMinutes } from '@/lib/sittings/model'
import { difficultyOf, drawResponse, type SimItem } from './answers'
import { SEED, buildRoster, seededId, type DemoTeacher } from './people'
import { referenceIds as ids, loadReference, type Ids } from './reference'
import { writeMeasurement } from './measurement'
import { loadMiskeyedBank, MISKEYED } from './miskeyed'
import { writeOpenPanel } from './panels'
import { DEMO_PASSWORD, writePractice } from './practice'
import { writeSupport } from './support'
import { loadCatalogue } from '@/lib/support/catalogue-service'

/** The simulated province: deterministic from the seed. `every` takes each k-th participant, for tests. */

export async function isEmpty(): Promise<boolean> {
  return (await sql<{ n: number }>(`SELECT (SELECT count(*) FROM teacher)::int + (SELECT count(*) FROM cycle)::int AS n`))[0]!.n === 0
}

/** Reference rows, the item bank and the catalogue of modules: what an installation needs even without simulated people. */
export async function loadFoundations(now: Date): Promise<void> {
  await loadReference()
  const bank = await loadBank(join('prisma', 'bank'), (await ids()).subjects, now)
  if (!bank.ok) throw new Error(`Bank butir tidak dapat dimuat:\n${bank.message}`)
  const catalogue = await loadCatalogue(join('prisma', 'catalogue'), now)
  if (!catalogue.ok) throw new Error(`Katalog modul tidak dapat dimuat:\n${catalogue.message}`)
}

export async function loadDemonstration(say: (words: string) => void, every = 1, now = new Date()): Promise<void> {
  const began = Date.now()
  const random = seeded(SEED)
  const gauss = () => normal(random)
  await loadReference()
  await loadMiskeyedBank((await ids()).subjects, new Date('2025-09-15T02:00:00Z'))
  say('data rujukan dan 17 instrumen')
  const known = await ids()
  const { schools, teachers } = buildRoster(random, gauss)
  await writeRoster(schools, teachers, known)
  say(`${schools.length} sekolah, ${teachers.length} guru`)

  const regional = new Map(
    [...known.regions.keys()].map((code) => [code, 0.22 * gauss() + (code === '18.71' || code === '18.72' ? 0.25 : 0)]),
  )
  const one = teachers.filter((t, i) => t.wave === 1 && i % every === 0)
  const two = teachers.filter((t, i) => t.wave === 2 && i % every === 0)
  const first = await writeWaveOne(one, known, random)
  const second = await writeWaveTwo(two, known, random)
  say(`${first.length + second.length} peserta dalam dua gelombang`)
  await writeAnswers([...first, ...second], regional, random, say)
  await pool().query('ANALYZE')
  await writeMeasurement(say)
  // The bank as it stands today: the mistaken key of 2025 is mended in a new version of its item and a new form.
  await loadFoundations(now)
  await writePractice(teachers, known, now)
  await writeSupport(DEMO_PASSWORD, say, now)
  await writeOpenPanel(now)
  await pool().query('ANALYZE')
  say(`selesai dalam ${Math.round((Date.now() - began) / 1000)} detik`)
}

async function writeRoster(schools: ReturnType<typeof buildRoster>['schools'], teachers: DemoTeacher[], known: Ids): Promise<void> {
  const random = seeded(SEED + 1)
  const db = pool()
  await insertMany(
    db,
    'school',
    { id: 'uuid', npsn: 'text', name: 'text', ownership: 'text', level_id: 'uuid', region_id: 'uuid', simulated: 'bool' },
    schools.map((s) => [s.id, s.npsn, s.name, s.ownership, known.levels.get(s.level), known.regions.get(s.region), true]),
  )
  await insertMany(
    db,
    'school_attribute',
    { id: 'uuid', school_id: 'uuid', key: 'text', valid_from: 'date' },
    schools.filter((s) => s.outstanding).map((s) => [seededId(random), s.id, 'unggulan', '2025-07-01']),
  )
  await insertMany(
    db,
    'teacher',
    {
      id: 'uuid',
      name: 'text',
      title: 'text',
      sex: 'text',
      birth_date: 'date',
      school_id: 'uuid',
      subject_id: 'uuid',
      simulated: 'bool',
      created_at: 'timestamptz',
    },
    teachers.map((t) => [
      t.id,
      t.name,
      t.title,
      t.sex,
      t.birthDate,
      t.school.id,
      known.subjects.get(t.subject),
      true,
      '2025-09-01T00:00:00Z',
    ]),
  )
  await insertMany(
    db,
    'teacher_identifier',
    { id: 'uuid', teacher_id: 'uuid', scheme: 'text', value: 'text' },
    teachers.flatMap((t) => [[seededId(random), t.id, 'NUPTK', t.nuptk], ...(t.nip ? [[seededId(random), t.id, 'NIP', t.nip]] : [])]),
    'ON CONFLICT DO NOTHING',
  )
  await insertMany(
    db,
    'teacher_status',
    { id: 'uuid', teacher_id: 'uuid', status: 'text', role: 'text', valid_from: 'date' },
    teachers.map((t) => [seededId(random), t.id, t.status, t.subject === 'BK' ? 'Guru BK' : 'Guru Mapel', '2025-07-01']),
  )
}

type Seated = { seatId: string; teacher: DemoTeacher; day: string }

/** Seats people room by room, twenty a room, and returns them. */
async function seatAll(
  sittingId: string,
  cycleCode: string,
  from: number,
  people: DemoTeacher[],
  day: string,
  known: Ids,
  random: () => number,
): Promise<Seated[]> {
  const rooms: unknown[][] = []
  const seats: NewSeat[] = people.map((t, i) => {
    if (i % 20 === 0) rooms.push([seededId(random), sittingId, `Ruang ${String(rooms.length + 1).padStart(2, '0')}`, 20])
    return {
      id: seededId(random),
      roomId: rooms.at(-1)![0] as string,
      teacherId: t.id,
      participantNumber: `${cycleCode}-${String(from + i + 1).padStart(5, '0')}`,
      seatNumber: (i % 20) + 1,
      schoolId: t.school.id,
      regionId: known.regions.get(t.school.region)!,
      levelId: known.levels.get(t.school.level)!,
      subjectId: known.subjects.get(t.subject)!,
      employmentStatus: t.status,
      attendance: 'present',
    }
  })
  const client = await pool().connect()
  try {
    await insertMany(client, 'room', { id: 'uuid', sitting_id: 'uuid', name: 'text', capacity: 'int' }, rooms)
    await insertSeats(client, sittingId, seats)
  } finally {
    client.release()
  }
  return seats.map((s, i) => ({ seatId: s.id, teacher: people[i]!, day }))
}

async function writeWaveOne(people: DemoTeacher[], known: Ids, random: () => number): Promise<Seated[]> {
  const day = '2025-10-18'
  const cycleId = await createCycle({
    id: seededId(random),
    code: '2510',
    name: 'Gelombang I, 18 Oktober 2025',
    series: 'Pemetaan 2025',
    startsOn: new Date(day),
    simulated: true,
    minutes: defaultMinutes,
  })
  const city = known.regions.get('18.71')!
  const share = Math.round((people.length * 1341) / 2674)
  const seated: Seated[] = []
  for (const [name, list] of [
    ['SMAN 5 Bandar Lampung', people.slice(0, share)],
    ['SMAN 9 Bandar Lampung', people.slice(share)],
  ] as const) {
    const venueId = await createVenue({ id: seededId(random), name, regionId: city, capacity: 1400 })
    const sittingId = await createSitting({
      id: seededId(random),
      cycleId,
      venueId,
      name: `Gelombang I · ${name}`,
      opensAt: fromWib(day, '07:30'),
      closesAt: fromWib(day, '13:30'),
      releaseRule: 'immediate',
    })
    seated.push(...(await seatAll(sittingId, '2510', seated.length, list, day, known, random)))
  }
  return seated
}

/** Venues of 6 December 2025; where the report names none, the capital's first SMA stands in. Menggala's schools lie in Tulang Bawang. */
const waveTwoVenues: Record<string, [string, string][]> = {
  '18.02': [['SMAN 1 Terbanggi Besar', '18.02']],
  '18.07': [['SMAN 1 Sukadana', '18.07']],
  '18.01': [['SMAN 1 Sidomulyo', '18.01']],
  '18.03': [['SMAN 1 Kotabumi', '18.03']],
  '18.08': [
    ['SMAN 1 Baradatu', '18.08'],
    ['SMK YP 17 Baradatu', '18.08'],
  ],
  '18.06': [['SMKN 1 Talang Padang', '18.06']],
  '18.04': [['SMAN 1 Liwa', '18.04']],
  '18.09': [['SMAN 1 Gedong Tataan', '18.09']],
  '18.10': [['SMKN 1 Gading Rejo', '18.10']],
  '18.05': [
    ['SMAN 1 Menggala', '18.05'],
    ['SMKN 1 Menggala', '18.05'],
  ],
  '18.72': [['SMKN 2 Metro', '18.72']],
  '18.12': [['SMAN 1 Tulang Bawang Tengah', '18.12']],
  '18.13': [['SMAN 1 Pesisir Tengah', '18.13']],
  '18.11': [
    ['SMAN 1 Tanjung Raya', '18.11'],
    ['SMKN 1 Tanjung Raya', '18.11'],
  ],
}

async function writeWaveTwo(people: DemoTeacher[], known: Ids, random: () => number): Promise<Seated[]> {
  const day = '2025-12-06'
  const cycleId = await createCycle({
    id: seededId(random),
    code: '2512',
    name: 'Gelombang II, 6 Desember 2025',
    series: 'Pemetaan 2025',
    startsOn: new Date(day),
    simulated: true,
    minutes: defaultMinutes,
  })
  const seated: Seated[] = []
  for (const [region, venues] of Object.entries(waveTwoVenues)) {
    const own = people.filter((t) => t.school.region === region)
    for (const [i, [name, venueRegion]] of venues.entries()) {
      const list = own.filter((_, k) => k % venues.length === i)
      const venueId = await createVenue({ id: seededId(random), name, regionId: known.regions.get(venueRegion)! })
      const sittingId = await createSitting({
        id: seededId(random),
        cycleId,
        venueId,
        name: `Gelombang II · ${name}`,
        opensAt: fromWib(day, '07:30'),
        closesAt: fromWib(day, '13:30'),
        releaseRule: 'immediate',
      })
      seated.push(...(await seatAll(sittingId, '2512', seated.length, list, day, known, random)))
    }
  }
  return seated
}

/** Minutes after 07.30 at which each part began: 90, then three times 60, with short breaks. */
const partStart: Record<string, number> = { '4': 15, '1': 120, '2': 195, '3': 270 }

/** Answers every item of every part and scores them with the product's own functions. */
async function writeAnswers(
  seated: Seated[],
  regional: Map<string, number>,
  random: () => number,
  say: (words: string) => void,
): Promise<void> {
  const forms = await latestForms()
  const subjectCodes = new Map((await sql<{ id: string; code: string }>(`SELECT id, code FROM subject`)).map((s) => [s.id, s.code]))
  const prepared = new Map<
    string,
    { formId: string; instrumentId: string; items: (SimItem & { itemCode: string; nodeCode: string; domainCode: string })[] }
  >()
  for (const f of forms) {
    const rows = await scoringItems(f.formId)
    prepared.set(`${f.competencyCode}|${f.subjectId ? subjectCodes.get(f.subjectId) : ''}`, {
      ...f,
      items: rows.map((r) => ({
        itemVersionId: r.itemVersionId,
        itemCode: r.itemCode,
        content: r.content,
        scoring: r.scoring,
        nodeCode: r.nodeCode,
        domainCode: r.domainCode,
        difficulty: difficultyOf(r.itemCode, r.scoring.type, f.competencyCode),
      })),
    })
  }
  const rules = await currentRules()
  const runId = await standingRun(rules.id, new Date('2025-12-08T02:00:00Z'))
  const gauss = () => normal(random)
  const client = await pool().connect()
  try {
    for (let start = 0; start < seated.length; start += 1000) {
      const attempts: unknown[][] = []
      const responses: unknown[][] = []
      const scores: Parameters<typeof insertScores>[2] = []
      const truths: unknown[][] = []
      for (const { seatId, teacher, day } of seated.slice(start, start + 1000)) {
        const general = regional.get(teacher.school.region)! + teacher.school.effect + 0.55 * gauss()
        for (const part of competencyOrder) {
          const form = prepared.get(`${part}|${part === '4' ? teacher.subject : ''}`)
          if (!form) throw new Error(`no form for part ${part} of ${teacher.subject}`)
          const attemptId = seededId(random)
          const ability = general + 0.5 * gauss()
          truths.push([attemptId, ability])
          const startedAt = fromWib(day, '07:30').getTime() + partStart[part]! * 60_000 + Math.floor(random() * 300_000)
          const minutes = defaultMinutes[part]!
          const finishedAt = startedAt + Math.round(minutes * 60_000 * (0.5 + 0.48 * random()))
          const step = (finishedAt - startedAt) / (form.items.length + 1)
          const values = new Map(
            form.items.map((item) => [
              item.itemVersionId,
              drawResponse(
                item.itemCode === MISKEYED.item ? { ...item, scoring: { type: 'single', key: MISKEYED.trueKey } } : item,
                ability,
                random,
              ),
            ]),
          )
          attempts.push([
            attemptId,
            seatId,
            form.formId,
            form.instrumentId,
            part,
            parseInt(attemptId.slice(-7), 16),
            'closed',
            minutes * 60,
            new Date(startedAt),
            new Date(finishedAt),
            new Date(finishedAt),
            'finished',
            true,
          ])
          form.items.forEach((item, i) => {
            const value = values.get(item.itemVersionId)
            if (value !== null)
              responses.push([attemptId, item.itemVersionId, value, new Date(startedAt + step * (i + 1)), 'simulasi', i + 1])
          })
          for (const row of rawScores(form.items, values)) scores.push({ ...row, attemptId })
        }
      }
      await client.query('BEGIN')
      await insertMany(
        client,
        'attempt',
        {
          id: 'uuid',
          seat_id: 'uuid',
          form_id: 'uuid',
          instrument_id: 'uuid',
          competency_code: 'text',
          seed: 'int',
          state: 'text',
          duration_seconds: 'int',
          started_at: 'timestamptz',
          finished_at: 'timestamptz',
          closed_at: 'timestamptz',
          close_reason: 'text',
          simulated: 'bool',
        },
        attempts,
      )
      await insertMany(
        client,
        'response',
        { attempt_id: 'uuid', item_version_id: 'uuid', value: 'jsonb', at: 'timestamptz', device: 'text', seq: 'int' },
        responses,
      )
      await insertScores(client, runId, scores)
      await insertTruth(client, truths)
      await client.query('COMMIT')
      if ((start / 1000) % 3 === 2) say(`jawaban ${Math.min(seated.length, start + 1000)} dari ${seated.length} peserta`)
    }
  } finally {
    client.release()
  }
}
