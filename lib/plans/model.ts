import { z } from 'zod'
import type { Posterior } from '@/lib/psychometrics/posterior'

/** The vocabulary of support: tiers are levels of help, never of worth. */

/** Competencies that lead to a tier. Personality (2) is feedback only and never decides anything. */
export const tieredParts = ['4', '1', '3'] as const
export type TieredPart = (typeof tieredParts)[number]

export const modes = ['mandiri', 'daring', 'komunitas', 'kombinasi', 'tatap-muka'] as const
export type Mode = (typeof modes)[number]
export const modeNames: Record<Mode, string> = {
  mandiri: 'Belajar mandiri',
  daring: 'Daring terjadwal',
  komunitas: 'Komunitas belajar (KKG/MGMP)',
  kombinasi: 'Daring dan tatap muka',
  'tatap-muka': 'Tatap muka',
}

/** One tier: most support first in a list of tiers. */
export const Tier = z.object({
  key: z.string().regex(/^[a-z-]{3,20}$/),
  name: z.string().trim().min(3).max(30),
  /** Lowest point on the 200–800 scale that belongs here; 0 for the first tier. */
  from: z.number().min(0).max(800),
  /** The same on raw percents, for instruments that are not calibrated yet. */
  fromPercent: z.number().min(0).max(100),
  /** What the teacher reads. */
  words: z.string().trim().min(10).max(240),
  modes: z.array(z.enum(modes)).min(1),
  /** Modules at most in one competency. */
  modules: z.number().int().min(1).max(4),
  /** Whether a peer tutor is offered. */
  tutor: z.boolean(),
})
export type Tier = z.infer<typeof Tier>

export const TierRules = z
  .object({
    tiers: z.array(Tier).min(2).max(6),
    /**
     * How a line is read: by the loss that a wrong reading does, or kindly, as below it only when that is `sure`. Rules from before there was
     * a choice were kind.
     */
    reading: z.enum(['loss', 'kind']).default('kind'),
    /** How many times worse it is to miss one in need than to accompany one who is not. */
    loss: z.number().min(0.1).max(20).default(2),
    /** The kind reading: below a line only when this probable. */
    sure: z.number().min(0.5).max(0.99),
    /** The last tier carries duties for others, so it asks for this probability of being above its line. */
    leadSure: z.number().min(0.5).max(0.99),
    /** An area is thin when its balanced percent lies below this. */
    weakBelow: z.number().min(10).max(90),
    /** This many thin areas in one competency give one tier more support, the first excepted; 0 switches it off. */
    weakMany: z.number().int().min(0).max(12),
    /** How strongly an area's percent is drawn to the teacher's own total: items of prior weight (Kelley's regressed subscore). */
    balance: z.number().min(0).max(20),
    /** Day of the week of Hari Belajar Guru, 1 Monday to 6 Saturday. */
    learningDay: z.number().int().min(1).max(6),
  })
  .refine((r) => r.tiers[0]?.from === 0 && r.tiers[0].fromPercent === 0, 'Tingkat pertama mulai dari 0.')
  .refine(
    (r) => r.tiers.every((t, i) => i === 0 || (t.from >= r.tiers[i - 1]!.from && t.fromPercent >= r.tiers[i - 1]!.fromPercent)),
    'Batas setiap tingkat tidak boleh lebih kecil daripada tingkat sebelumnya.',
  )
  .refine((r) => new Set(r.tiers.map((t) => t.key)).size === r.tiers.length, 'Dua tingkat memakai kode yang sama.')
export type TierRules = z.infer<typeof TierRules>

export type RuleFields = Record<string, string | string[] | undefined>

/** The rule form's fields (tier-0-name, tier-0-mode, …, sure) as a rule, whether they come from the address or a form. */
export function ruleFromFields(fields: RuleFields) {
  const all = (key: string) => [fields[key] ?? []].flat()
  const text = (key: string) => (all(key)[0] ?? '').trim()
  const number = (key: string) => Number(text(key).replace(',', '.'))
  const tiers = []
  for (let i = 0; `tier-${i}-key` in fields; i++)
    tiers.push({
      key: text(`tier-${i}-key`),
      name: text(`tier-${i}-name`),
      from: number(`tier-${i}-from`),
      fromPercent: number(`tier-${i}-percent`),
      words: text(`tier-${i}-words`),
      modes: modes.filter((m) => all(`tier-${i}-mode`).includes(m)),
      modules: number(`tier-${i}-modules`),
      tutor: `tier-${i}-tutor` in fields,
    })
  return TierRules.safeParse({
    tiers,
    reading: text('reading') || undefined,
    loss: 'loss' in fields ? number('loss') : undefined,
    sure: number('sure') / 100,
    leadSure: number('leadSure') / 100,
    weakBelow: number('weakBelow'),
    weakMany: number('weakMany'),
    balance: number('balance'),
    learningDay: number('learningDay'),
  })
}

/** What we ship until BGTK decides: after the ladder of Guru Pembelajar 2016 (more thin groups, more presence), domain dossier §1.6 and §3.4. */
export const shippedTierRules: TierRules = {
  tiers: [
    {
      key: 'intensif',
      name: 'Intensif',
      from: 0,
      fromPercent: 0,
      words: 'Belajar bersama fasilitator dalam kelas kecil, dengan tutor sebaya yang mendampingi di antara pertemuan.',
      modes: ['tatap-muka', 'kombinasi', 'komunitas'],
      modules: 3,
      tutor: true,
    },
    {
      key: 'terbimbing',
      name: 'Terbimbing',
      from: 400,
      fromPercent: 40,
      words: 'Belajar bersama MGMP atau KKG pada Hari Belajar Guru, dengan tutor sebaya.',
      modes: ['komunitas', 'kombinasi', 'daring'],
      modules: 2,
      tutor: true,
    },
    {
      key: 'mandiri',
      name: 'Mandiri',
      from: 500,
      fromPercent: 55,
      words: 'Belajar sendiri pada area yang Anda pilih, dengan komunitas belajar sebagai teman bertukar pikiran.',
      modes: ['mandiri', 'daring', 'komunitas'],
      modules: 1,
      tutor: false,
    },
    {
      key: 'penggerak',
      name: 'Penggerak',
      from: 500,
      fromPercent: 75,
      words: 'Berbagi praktik baik dan, bila Anda bersedia, menjadi tutor sebaya bagi rekan.',
      modes: ['komunitas', 'mandiri', 'daring'],
      modules: 1,
      tutor: false,
    },
  ],
  reading: 'loss',
  loss: 2,
  sure: 0.8,
  leadSure: 0.9,
  weakBelow: 50,
  weakMany: 3,
  balance: 4,
  learningDay: 3,
}

/** One area of a competency: an indicator ('1.2') or a content domain of a subject ('MTK:ALJ'). */
export type Area = {
  code: string
  percent: number
  items: number
  /** Against the rest of the same test, points, where the test has a scale. */
  gap?: Posterior | null
}

/** What the last closed test says about one teacher in one competency. */
export type Reading = {
  teacherId: string
  part: string
  /** Released points, or raw percents of an instrument that is not calibrated yet. */
  basis: 'scale' | 'raw'
  /** What the answers alone say. */
  score: number
  /** What is known of the person, those who took the same test taken in: every chance, tier, standing and eligibility comes from here. */
  posterior: Posterior
  percent: number
  areas: Area[]
  /** Set where fewer than half of the items were answered: nothing is said of the person, and help is offered all the same. */
  few?: { answered: number; items: number } | null
}

/** A tier with its reason, as it is kept in a plan and shown to the teacher. */
export const TierFound = z.object({
  part: z.string(),
  tier: z.string(),
  name: z.string(),
  words: z.string(),
  /** Whether the 80 % range holds a line beside the tier. */
  near: z.boolean(),
  thin: z.array(z.string()),
  because: z.string(),
})
export type TierFound = z.infer<typeof TierFound>

export const planStates = { proposed: 'Diusulkan', accepted: 'Disepakati', done: 'Selesai' } as const
export type PlanState = keyof typeof planStates

export const stepStates = {
  proposed: 'Diusulkan',
  agreed: 'Dijadwalkan',
  running: 'Sedang berjalan',
  done: 'Selesai',
  dropped: 'Tidak diambil',
} as const
export type StepState = keyof typeof stepStates

export const learningDays = ['', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'] as const
