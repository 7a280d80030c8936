import { inTransaction, insertMany, sql, type Transaction } from '@/lib/platform/db'
import { fromWib } from '@/lib/platform/format'
import { normal, seeded, type Chance } from '@/lib/platform/random'
import { defaultMinutes } from '@/lib/sittings/model'
import { createCycle, createSitting, createVenue, insertSeats, type NewSeat } from '@/lib/sittings/store'
import { SEED, buildRoster, seededId, type DemoSchool, type DemoTeacher } from './people'
import { regionCodes, type Ids } from './reference'
import { layFirstForms, type Seated } from './taking'

/** The roster of the simulated province and the two waves in which a part of it was tested. */

/** Days of the two waves, by the codes of their cycles. */
export const DAYS = { '2510': '2025-10-18', '2512': '2025-12-06' } as const
export type Wave = keyof typeof DAYS

export type Province = {
  schools: DemoSchool[]
  teachers: DemoTeacher[]
  byId: Map<string, DemoTeacher>
  /** What a kabupaten/kota adds to everybody's ability, logits. */
  regional: Map<string, number>
}

/** Draws the whole roster; the same chance draws the same one. */
export function drawProvince(random: Chance): Province {
  const gauss = () => normal(random)
  const { schools, teachers } = buildRoster(random, gauss)
  const better = new Set(['18.71', '18.72'])
  const regional = new Map(regionCodes.map((code) => [code, 0.22 * gauss() + (better.has(code) ? 0.25 : 0)]))
  return { schools, teachers, byId: new Map(teachers.map((t) => [t.id, t])), regional }
}

let drawn: Province | null = null
/** The province of the demonstration, drawn once a process. */
export const province = (): Province => (drawn ??= drawProvince(seeded(SEED)))

/** Who takes part in a wave, in the order of the roster: each k-th of those who sat in it. */
export const peopleOf = (wave: Wave, every: number): DemoTeacher[] =>
  province().teachers.filter((t, i) => t.wave === (wave === '2510' ? 1 : 2) && i % every === 0)

/** Schools and teachers of the province, with their numbers and status. */
export async function writeRoster(schools: DemoSchool[], teachers: DemoTeacher[], known: Ids): Promise<void> {
  const random = seeded(SEED + 1)
  await inTransaction((tx) => insertRoster(tx, schools, teachers, known, random))
}

async function insertRoster(
  db: Transaction,
  schools: DemoSchool[],
  teachers: DemoTeacher[],
  known: Ids,
  random: () => number,
): Promise<void> {
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

/** Seats people room by room, twenty a room; answers how many. */
export async function seatAll(
  sittingId: string,
  cycleCode: string,
  from: number,
  people: DemoTeacher[],
  known: Ids,
  random: () => number,
): Promise<number> {
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
  await inTransaction(async (tx) => {
    await insertMany(tx, 'room', { id: 'uuid', sitting_id: 'uuid', name: 'text', capacity: 'int' }, rooms)
    await insertSeats(tx, sittingId, seats)
  })
  return seats.length
}

/** The first wave: two venues in the capital. */
export async function writeWaveOne(people: DemoTeacher[], known: Ids, random: () => number): Promise<void> {
  const day = DAYS['2510']
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
  let seated = 0
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
    seated += await seatAll(sittingId, '2510', seated, list, known, random)
  }
  await layFirstForms(cycleId)
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

/** The second wave: a venue or two in every kabupaten/kota. */
export async function writeWaveTwo(people: DemoTeacher[], known: Ids, random: () => number): Promise<void> {
  const day = DAYS['2512']
  const cycleId = await createCycle({
    id: seededId(random),
    code: '2512',
    name: 'Gelombang II, 6 Desember 2025',
    series: 'Pemetaan 2025',
    startsOn: new Date(day),
    simulated: true,
    minutes: defaultMinutes,
  })
  let seated = 0
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
      seated += await seatAll(sittingId, '2512', seated, list, known, random)
    }
  }
  await layFirstForms(cycleId)
}

/** The people of a cycle who came, in the order of their numbers: all, or so many from the n-th on. */
export async function seatedOf(cycleCode: string, day: string, from = 0, many: number | null = null): Promise<Seated[]> {
  const rows = await sql<{ id: string; teacherId: string }>(
    `SELECT s.id, s.teacher_id AS "teacherId" FROM seat s JOIN sitting t ON t.id = s.sitting_id JOIN cycle c ON c.id = t.cycle_id
      WHERE c.code = $1 AND s.attendance = 'present' ORDER BY s.participant_number LIMIT $3 OFFSET $2`,
    [cycleCode, from, many],
  )
  return rows.map((s) => ({ seatId: s.id, teacher: province().byId.get(s.teacherId)!, day }))
}

/** A general ability a person, made of kabupaten, school and the person, and around it one for each part. */
export function firstAbility(regional: ReadonlyMap<string, number>, gauss: () => number): (s: Seated, part: string) => number {
  const general = new Map<string, number>()
  return ({ seatId, teacher }) => {
    const own = general.get(seatId) ?? regional.get(teacher.school.region)! + teacher.school.effect + 0.55 * gauss()
    general.set(seatId, own)
    return own + 0.5 * gauss()
  }
}
