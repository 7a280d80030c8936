import { z } from 'zod'

const shippedScaleLevels = [
  { from: 0, name: 'Perlu pendampingan', advice: 'Belajar bersama tutor dan pertemuan tatap muka.' },
  { from: 400, name: 'Berkembang', advice: 'Belajar bersama MGMP dengan dampingan tutor sebaya.' },
  { from: 500, name: 'Kompeten', advice: 'Belajar mandiri pada area penguatan yang dipilih.' },
  { from: 600, name: 'Mahir', advice: 'Berbagi praktik baik sebagai tutor sebaya.' },
]

/** Weights, cuts, level names and the small-group rule: one version of the programme's settings. */
export const Rules = z.object({
  /** Share of each part in a combined view; shown with the four scores, never instead of them. */
  weights: z.record(z.enum(['1', '2', '3', '4']), z.number().min(0).max(1)),
  /** Level names by lowest percent, ascending, the first from 0. */
  levels: z
    .array(z.object({ from: z.number().min(0).max(100), name: z.string().min(3).max(40), advice: z.string().max(200) }))
    .min(2)
    .max(6),
  /** Which of the levels, counted from 0, is the first that means competent; its name may be any. Stored rules from before it was said mean the third. */
  competentLevel: z.number().int().min(0).max(5).default(2),
  /** Level names on the 200–800 scale by lowest point, ascending; two carry a decision, all describe. */
  scaleLevels: z
    .array(z.object({ from: z.number().min(0).max(800), name: z.string().min(3).max(40), advice: z.string().max(200) }))
    .min(2)
    .max(6)
    .default(() => shippedScaleLevels),
  /** How the professional and the pedagogic part become one standing, weighted as above. */
  composite: z
    .object({ rule: z.enum(['compensatory', 'compensatory-floor', 'conjunctive']), floor: z.number().min(200).max(500) })
    .default({ rule: 'compensatory-floor', floor: 400 }),
  /** What scores make of items after the last answer: nothing, or wrong answers. Growth leaves them out always. Rules from before it was said mean wrong. */
  notReached: z.enum(['missing', 'wrong']).default('wrong'),
  /** Groups with fewer teachers are hidden; below the second number they are hatched. */
  hideBelow: z.number().int().min(3).max(100),
  hatchBelow: z.number().int().min(3).max(500),
})
export type Rules = z.infer<typeof Rules>

export const compositeRuleNames: Record<Rules['composite']['rule'], string> = {
  compensatory: 'Saling mengimbangi: hanya gabungan yang diperiksa',
  'compensatory-floor': 'Saling mengimbangi dengan batas bawah tiap bagian',
  conjunctive: 'Kedua bagian harus mencapai 500',
}

export const notReachedNames: Record<Rules['notReached'], string> = {
  missing: 'Tidak dihitung',
  wrong: 'Dihitung salah',
}

/**
 * What we ship until the programme decides. 55 is the minimum of UKG 2015; 70/30 the weights of the UKG;
 * ten is the small-group threshold that the privacy dossier proposes.
 */
export const shippedRules: Rules = {
  weights: { '4': 0.7, '1': 0.3, '2': 0, '3': 0 },
  levels: [
    { from: 0, name: 'Perlu pendampingan', advice: 'Belajar bersama tutor dan pertemuan tatap muka.' },
    { from: 40, name: 'Berkembang', advice: 'Belajar bersama MGMP dengan dampingan tutor sebaya.' },
    { from: 55, name: 'Kompeten', advice: 'Belajar mandiri pada area penguatan yang dipilih.' },
    { from: 75, name: 'Mahir', advice: 'Berbagi praktik baik sebagai tutor sebaya.' },
  ],
  competentLevel: 2,
  scaleLevels: shippedScaleLevels,
  composite: { rule: 'compensatory-floor', floor: 400 },
  notReached: 'missing',
  hideBelow: 10,
  hatchBelow: 20,
}

/** The level that a point of the 200–800 scale falls into. */
export function scaleLevelOf(rules: Rules, points: number): Rules['scaleLevels'][number] {
  return rules.scaleLevels.findLast((l) => points >= l.from) ?? rules.scaleLevels[0]!
}

/** The level that a percent falls into. */
export function levelOf(rules: Rules, percent: number): Rules['levels'][number] {
  return rules.levels.findLast((l) => percent >= l.from) ?? rules.levels[0]!
}

/** The share of full credit (0–1) from which the level counts as competent: the provisional cut until a panel has worked. */
export const competentShare = (rules: Rules): number => rules.levels[Math.min(rules.competentLevel, rules.levels.length - 1)]!.from / 100
