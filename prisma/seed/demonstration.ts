import { join } from 'node:path'
import { loadBank } from '@/lib/instruments/inside'
import { fromWib } from '@/lib/platform/format'
import { insertMany, pool, sql } from '@/lib/platform/db'
import { normal, seeded } from '@/lib/platform/random'
import { createCycle, createSitting, createVenue, insertSeats, type NewSeat } from '@/lib/sittings/store'
import { defaultMinutes } from '@/lib/sittings/model'
import { SEED, buildRoster, seededId, type DemoTeacher } from './people'
import { referenceIds as ids, loadReference, type Ids } from './reference'
import { writeMeasurement } from './measurement'
import { loadMiskeyedBank } from './miskeyed'
import { writeOpenPanel } from './panels'
import { KNOWN_PASSWORD } from '@/lib/access/demonstration'
import { writePractice } from './practice'
import { writeFollowUp } from './followup'
import { writeSupport } from './support'
import { layFirstForms, takeTests, type Seated } from './taking'
import { loadCatalogue } from '@/lib/plans/catalogue-service'

/** The simulated province: deterministic from the seed. `every` takes each k-th participant, for tests. */

/** What people have put into this database. */
export async function filling(): Promise<{ accounts: number; teachers: number; cycles: number }> {
  const [row] = await sql<{ accounts: number; teachers: number; cycles: number }>(
    `SELECT (SELECT count(*) FROM user_account)::int AS accounts, (SELECT count(*) FROM teacher)::int AS teachers, (SELECT count(*) FROM cycle)::int AS cycles`,
  )
  return row!
}

/** Nobody has begun here. One account is enough to be in use: a real office that has not imported anybody yet never gets invented people. */
export async function isEmpty(): Promise<boolean> {
  const { accounts, teachers, cycles } = await filling()
  return accounts + teachers + cycles === 0
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
  await takeTests(
    { seated: [...first, ...second], abilityOf: firstAbility(regional, gauss), scoredAt: new Date('2025-12-08T02:00:00Z') },
    random,
    say,
  )
  await pool().query('ANALYZE')
  await writeMeasurement(say)
  // The bank as it stands today: the mistaken key of 2025 is mended in a new version of its item and new forms.
  await loadFoundations(new Date('2026-02-10T02:00:00Z'))
  await writePractice(teachers, known, now)
  await writeSupport(KNOWN_PASSWORD, say, now)
  await writeFollowUp(new Map(teachers.map((t) => [t.id, t])), say)
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
  await layFirstForms(cycleId)
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
  await layFirstForms(cycleId)
  return seated
}

/** A general ability a person, made of kabupaten, school and the person, and around it one for each part. */
function firstAbility(regional: ReadonlyMap<string, number>, gauss: () => number): (s: Seated, part: string) => number {
  const general = new Map<string, number>()
  return ({ seatId, teacher }) => {
    const own = general.get(seatId) ?? regional.get(teacher.school.region)! + teacher.school.effect + 0.55 * gauss()
    general.set(seatId, own)
    return own + 0.5 * gauss()
  }
}
