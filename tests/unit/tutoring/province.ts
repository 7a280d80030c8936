import { waveOneSubjects } from '@/prisma/seed/people'
import { seeded } from '@/lib/platform/random'
import { kmBetween } from '@/lib/platform/distance'
import { type LearnerNeed, type MatchInput, type TutorOffer } from '@/lib/tutoring/matching-cost'

/** A simulated province for matching: capitals of Lampung, subjects as large as those of 18 October 2025. */
const capitals: [string, number, number][] = [
  ['18.01', -5.53, 105.5],
  ['18.02', -4.86, 105.27],
  ['18.03', -4.8, 104.81],
  ['18.04', -5.05, 104.25],
  ['18.05', -4.37, 105.53],
  ['18.06', -5.43, 104.67],
  ['18.07', -5.13, 105.65],
  ['18.08', -4.51, 104.61],
  ['18.09', -5.47, 105.12],
  ['18.10', -5.34, 104.93],
  ['18.11', -4.03, 105.38],
  ['18.12', -4.53, 105.08],
  ['18.13', -5.19, 103.94],
  ['18.71', -5.43, 105.26],
  ['18.72', -5.11, 105.31],
]
export const neighbours: Record<string, string[]> = Object.fromEntries(
  capitals.map(([code, lat, lon]) => [
    code,
    capitals.filter(([c, a, o]) => c !== code && kmBetween({ lat, lon }, { lat: a, lon: o }) < 60).map(([c]) => c),
  ]),
)

export function province(people: number, shares: { tutors: number; learners: number }, seed: number): MatchInput {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const total = Object.values(waveOneSubjects).reduce((a, b) => a + b, 0)
  const schools = Array.from({ length: Math.max(3, Math.round(people / 25)) }, (_, i) => {
    const [regionCode, lat, lon] = pick(capitals)
    return { schoolId: `s${i}`, regionCode, lat: lat + (random() - 0.5) * 0.4, lon: lon + (random() - 0.5) * 0.4 }
  })
  const tutors: TutorOffer[] = []
  const learners: LearnerNeed[] = []
  for (const [subject, size] of Object.entries(waveOneSubjects)) {
    for (let i = 0; i < Math.round((people * size) / total); i++) {
      const role = random()
      const id = `${subject}${String(i).padStart(5, '0')}`
      const place = pick(schools)
      const sex = random() < 0.5 ? ('L' as const) : ('P' as const)
      if (role < shares.tutors)
        tutors.push({
          id,
          subject,
          sex,
          place,
          capacity: 3 + Math.floor(random() * 3),
          strengths: Object.fromEntries(['A', 'B', 'C', 'D'].flatMap((c) => (random() < 0.5 ? [[c, 50 + 40 * random()]] : []))),
        })
      else if (role < shares.tutors + shares.learners)
        learners.push({
          id,
          subject,
          sex,
          place,
          needs: ['A', 'B', 'C', 'D']
            .filter(() => random() < 0.5)
            .map((code) => ({ code, percent: 10 + 40 * random() }))
            .sort((a, b) => a.percent - b.percent)
            .slice(0, 3),
          sexWanted: random() < 0.05 ? (random() < 0.5 ? 'L' : 'P') : null,
          former: [],
        })
    }
  }
  return { tutors, learners, pins: [], forbids: [], neighbours }
}
