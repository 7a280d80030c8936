import { districts, lastNames, menNames, middleNames, titles, womenNames } from './names'
import { shuffled } from '@/lib/platform/random'

/** Everything invented follows from this number. */
export const SEED = 20251018

/** The invented roster of Lampung: who teaches what and where, and who sat in which wave. Pure and seeded. */
export type DemoSchool = {
  id: string
  npsn: string
  name: string
  ownership: 'negeri' | 'swasta'
  level: 'SMA' | 'SMK' | 'SLB'
  region: string
  outstanding: boolean
  effect: number
}
export type DemoTeacher = {
  id: string
  name: string
  title: string
  sex: 'L' | 'P'
  birthDate: string
  nuptk: string
  nip: string | null
  status: string
  school: DemoSchool
  subject: string
  wave: 1 | 2 | null
}

/** Participants of 18 October 2025 by subject (sum 2,674). */
export const waveOneSubjects: Record<string, number> = {
  MTK: 365,
  BK: 279,
  BIN: 269,
  BIG: 228,
  BIO: 191,
  SEJ: 176,
  PJOK: 176,
  INF: 167,
  KIM: 162,
  FIS: 149,
  EKO: 143,
  PPKN: 135,
  GEO: 123,
  SOS: 111,
}
/** Participants of 6 December 2025 by kabupaten/kota (sum 6,762). */
export const waveTwoRegions: Record<string, number> = {
  '18.02': 977,
  '18.07': 773,
  '18.01': 704,
  '18.03': 689,
  '18.08': 576,
  '18.06': 487,
  '18.04': 417,
  '18.09': 401,
  '18.10': 392,
  '18.05': 372,
  '18.72': 357,
  '18.12': 283,
  '18.13': 172,
  '18.11': 162,
}
/** Teachers of SMA, SMK and SLB as most papers gave it; the rest of the roster was not tested. */
export const ROSTER = 14_398

/** 30 SMA unggulan outside Bandar Lampung: how many in each kabupaten/kota. */
const outstandingElsewhere: Record<string, number> = {
  '18.01': 3,
  '18.02': 4,
  '18.03': 2,
  '18.04': 2,
  '18.05': 2,
  '18.06': 2,
  '18.07': 3,
  '18.08': 2,
  '18.09': 2,
  '18.10': 2,
  '18.11': 1,
  '18.12': 1,
  '18.13': 1,
  '18.72': 3,
}

/** Splits `total` by weights so that the parts add up exactly (largest remainder). */
export function apportion(total: number, weights: number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((w) => (total * w) / sum)
  const parts = exact.map(Math.floor)
  const order = exact.map((x, i) => [x - Math.floor(x), i] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1])
  const missing = total - parts.reduce((a, b) => a + b, 0)
  for (let k = 0; k < missing; k++) parts[order[k]![1]]!++
  return parts
}

export function seededId(random: () => number): string {
  const hex = Array.from({ length: 20 }, () => Math.floor(random() * 16).toString(16)).join('')
  // Version 7 with the fixed moment of 1 September 2025, so that ids repeat with the seed.
  return `01990278-0000-7${hex.slice(0, 3)}-${'89ab'[Math.floor(random() * 4)]}${hex.slice(3, 6)}-${hex.slice(6, 18)}`
}

const pad = (n: number, width: number) => String(n).padStart(width, '0')

export function buildSchools(
  random: () => number,
  gauss: () => number,
): { one: DemoSchool[][]; two: Map<string, DemoSchool[]>; rest: DemoSchool[] } {
  let count = 0
  const school = (
    name: string,
    level: DemoSchool['level'],
    region: string,
    ownership: DemoSchool['ownership'],
    outstanding: boolean,
  ): DemoSchool => ({
    // 99…: a range that no real NPSN of Lampung uses, so that a simulated school is never taken for a real one.
    id: seededId(random),
    npsn: `99${pad(++count, 6)}`,
    name,
    level,
    region,
    ownership,
    outstanding,
    effect: 0.3 * gauss() + (outstanding ? 0.2 : 0),
  })
  const city = '18.71'
  const top = new Set([1, 2, 3, 5, 9])
  const citySma = Array.from({ length: 17 }, (_, i) => school(`SMAN ${i + 1} Bandar Lampung`, 'SMA', city, 'negeri', top.has(i + 1)))
  const citySmk = Array.from({ length: 9 }, (_, i) => school(`SMKN ${i + 1} Bandar Lampung`, 'SMK', city, 'negeri', false))
  const elsewhere: DemoSchool[] = []
  const two = new Map<string, DemoSchool[]>()
  const rest: DemoSchool[] = []
  for (const [region, names] of Object.entries(districts)) {
    const good = outstandingElsewhere[region] ?? 0
    for (let i = 0; i < good; i++)
      elsewhere.push(
        school(region === '18.72' ? `SMAN ${i + 1} Metro` : `SMAN 1 ${names[i % names.length]}`, 'SMA', region, 'negeri', true),
      )
    const size = waveTwoRegions[region]
    if (size) {
      const list: DemoSchool[] = []
      const many = Math.max(6, Math.round(size / 38))
      for (let i = 0; i < many; i++) {
        const place = names[(i + good) % names.length]!
        const round = Math.floor((i + good) / names.length) + (region === '18.72' ? i + 2 : 1)
        if (i === many - 1) list.push(school(`SLBN ${place}`, 'SLB', region, 'negeri', false))
        else if (i % 3 === 2) list.push(school(`SMKN ${round} ${place}`, 'SMK', region, 'negeri', false))
        else list.push(school(`SMAN ${round + 1} ${place}`, 'SMA', region, 'negeri', false))
      }
      two.set(region, list)
    }
    const privates = region === city ? 40 : Math.max(3, Math.round((size ?? 300) / 70))
    for (let i = 0; i < privates; i++) {
      const place = names[i % names.length]!
      rest.push(
        school(
          `${i % 2 ? 'SMK' : 'SMA'} ${['Bina Bangsa', 'Harapan', 'Tunas Mekar', 'Karya Bhakti', 'Sakai Sambaian'][i % 5]} ${Math.floor(i / names.length) + 1} ${place}`,
          i % 2 ? 'SMK' : 'SMA',
          region,
          'swasta',
          false,
        ),
      )
    }
  }
  return { one: [citySma, citySmk, elsewhere], two, rest }
}

export function buildRoster(random: () => number, gauss: () => number): { schools: DemoSchool[]; teachers: DemoTeacher[] } {
  const { one, two, rest } = buildSchools(random, gauss)
  const [citySma, citySmk, elsewhere] = one as [DemoSchool[], DemoSchool[], DemoSchool[]]
  const teachers: DemoTeacher[] = []
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const person = (school: DemoSchool, subject: string, wave: 1 | 2 | null) => {
    const n = teachers.length + 1
    const woman = random() < 0.63
    const name = [pick(woman ? womenNames : menNames), pick(middleNames), pick(lastNames)].filter(Boolean).join(' ')
    const year = 1966 + Math.floor(random() * 34)
    const birthDate = `${year}-${pad(1 + Math.floor(random() * 12), 2)}-${pad(1 + Math.floor(random() * 28), 2)}`
    const draw = random()
    const status =
      school.ownership === 'swasta'
        ? draw < 0.7
          ? 'GTY'
          : 'Honor'
        : draw < 0.55
          ? 'PNS'
          : draw < 0.85
            ? 'PPPK'
            : draw < 0.93
              ? 'PPPK Paruh Waktu'
              : 'Honor'
    const entry = Math.min(2024, year + 24 + Math.floor(random() * 10))
    const nip =
      status === 'PNS' || status.startsWith('PPPK')
        ? `${birthDate.replaceAll('-', '')}${entry}${status === 'PNS' ? pad(1 + Math.floor(random() * 12), 2) : '21'}${woman ? 2 : 1}${pad(1 + (n % 999), 3)}`
        : null
    // 99…: outside every range in use, as for the schools.
    teachers.push({
      id: seededId(random),
      name,
      title: pick(titles),
      sex: woman ? 'P' : 'L',
      birthDate,
      nuptk: `99${pad(n, 14)}`,
      nip,
      status,
      school,
      subject,
      wave,
    })
  }
  const codes = Object.keys(waveOneSubjects)
  const weights = Object.values(waveOneSubjects)
  const spread = (total: number, schools: DemoSchool[]) =>
    apportion(
      total,
      schools.map((s) => (s.level === 'SLB' ? 0.35 : 0.8 + 0.4 * random())),
    )

  const pack = shuffled(
    codes.flatMap((c) => Array<string>(waveOneSubjects[c]!).fill(c)),
    random,
  )
  let at = 0
  for (const [total, schools] of [
    [888, citySma],
    [175, citySmk],
    [1611, elsewhere],
  ] as const) {
    spread(total, schools).forEach((n, i) => {
      for (let k = 0; k < n; k++) person(schools[i]!, pack[at++]!, 1)
    })
  }
  for (const [region, total] of Object.entries(waveTwoRegions)) {
    const list = shuffled(
      apportion(total, weights).flatMap((n, i) => Array<string>(n).fill(codes[i]!)),
      random,
    )
    let next = 0
    const schools = two.get(region)!
    spread(total, schools).forEach((n, i) => {
      for (let k = 0; k < n; k++) person(schools[i]!, list[next++]!, 2)
    })
  }
  const untested = ROSTER - teachers.length
  const list = shuffled(
    apportion(untested, weights).flatMap((n, i) => Array<string>(n).fill(codes[i]!)),
    random,
  )
  let next = 0
  spread(untested, rest).forEach((n, i) => {
    for (let k = 0; k < n; k++) person(rest[i]!, list[next++]!, null)
  })
  return { schools: [...one.flat(), ...[...two.values()].flat(), ...rest], teachers }
}
