import { normal, seeded } from '@/lib/platform/random'
import { moduleDifferences, type Supported } from '@/lib/growth/effect'

/** Provinces in which no module does anything: how the nine useless ones are handed out, and how often one of them is called different. */

export const layouts = {
  '10 takers anywhere': { takers: 10, schools: null },
  '45 takers in 8 schools': { takers: 45, schools: 8 },
  '10 takers in 3 schools': { takers: 10, schools: 3 },
  '45 takers anywhere': { takers: 45, schools: null },
  '60 takers in 22 schools': { takers: 60, schools: 22 },
  '150 takers in 25 schools': { takers: 150, schools: 25 },
} as const
export type Layout = keyof typeof layouts

const SCHOOLS = 120

/** 1,200 people of 120 schools of unlike sizes whose changes share a school's luck; every module is taken by some of them and changes nothing. */
function province(layout: Layout, seed: number): Supported[] {
  const random = seeded(seed)
  const { takers, schools } = layouts[layout]
  const luck = Array.from({ length: SCHOOLS }, () => 20 * normal(random))
  const rows = Array.from({ length: 1_200 }, (): Supported => {
    const school = Math.floor(SCHOOLS * random() ** 1.3)
    return {
      corrected: luck[school]! + 70 * normal(random),
      before: 500 + 100 * normal(random),
      beside: [],
      schoolId: `s${school}`,
      instrumentId: 'one',
      hours: 0,
      modules: [],
      tutored: 0,
    }
  })
  const taken = rows.map(() => [] as string[])
  for (let m = 0; m < 9; m++) {
    const within =
      schools &&
      new Set(
        [...Array(SCHOOLS).keys()]
          .sort(() => random() - 0.5)
          .slice(0, schools)
          .map((s) => `s${s}`),
      )
    const open = rows.flatMap((r, i) => (!within || within.has(r.schoolId) ? [i] : []))
    for (const i of open.sort(() => random() - 0.5).slice(0, takers)) taken[i]!.push(`m${m}`)
  }
  return rows.map((r, i) => ({ ...r, modules: taken[i]! }))
}

/** Of `rounds` provinces, those in which any useless module is called, and the mean number of modules that are judged at all. */
export function falseFamilies(layout: Layout, rounds: number): { families: number; judged: number } {
  let [families, judged] = [0, 0]
  for (let k = 0; k < rounds; k++) {
    const found = moduleDifferences(province(layout, 1_000 + k), 5)
    judged += found.filter((d) => d.difference).length / rounds
    if (found.some((d) => d.word === 'more' || d.word === 'less')) families++
  }
  return { families, judged }
}
