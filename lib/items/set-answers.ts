import type { SetFinding } from './set-check'

/** What people's answers say of a whole set: items too easy or too hard for the level that they claim, options that nobody takes. Pure. */

/** One item as a calibration found it: share of credit `p` of `n` people, and how often each wrong option was chosen. */
export type AnsweredItem = {
  code: string
  level: string
  n: number
  p: number
  distractors: { option: string; n: number; share: number }[]
}

/** Fewer answers than this say nothing about a single item. */
const FEWEST_ANSWERS = 100
/** The share of credit that a level may have: beyond it the label or the item is wrong. Wide, for a level says how one thinks. */
export const LEVEL_RANGE: Record<string, [number, number]> = { L1: [0.4, 0.95], L2: [0.25, 0.9], L3: [0.15, 0.8] }
/** An option that fewer than these take does not tell anybody apart. */
export const ABSURD = 0.02

const percent = (share: number) => `${(100 * share).toLocaleString('id-ID', { maximumFractionDigits: share < 0.1 ? 1 : 0 })}%`
/** 1.96 standard errors of a share: what is beyond a limit by less may be chance. */
const reach = (p: number, n: number) => 1.96 * Math.sqrt(Math.max(p * (1 - p), 1e-6) / n)

function ofLevel(items: readonly AnsweredItem[], side: 'easy' | 'hard'): SetFinding {
  const faults = items.flatMap(({ code, level, n, p }) => {
    const [low, high] = LEVEL_RANGE[level] ?? [0, 1]
    const beyond = side === 'easy' ? p - reach(p, n) > high : p + reach(p, n) < low
    if (!beyond) return []
    const limit = side === 'easy' ? `di atas ${percent(high)}` : `di bawah ${percent(low)}`
    return [{ code, why: `${level}: rata-rata ${percent(p)} dari nilai penuh pada ${n} jawaban, ${limit}` }]
  })
  const word = side === 'easy' ? 'mudah' : 'sukar'
  return {
    check: `level-${side}`,
    title: `Terlalu ${word} untuk levelnya`,
    verdict: faults.length ? 'fault' : 'sound',
    words: faults.length
      ? `${faults.length} dari ${items.length} butir terlalu ${word} untuk level kognitif yang tertulis.`
      : `Tidak ada yang terlalu ${word} untuk levelnya di antara ${items.length} butir.`,
    items: faults,
  }
}

/**
 * Checks of a set by its calibrated items. Items with fewer than a hundred answers are left out, and said to be; `missing` counts the
 * items of the set that no calibration holds.
 */
export function checkAnswers(items: readonly AnsweredItem[], missing: number): SetFinding[] {
  const known = items.filter((i) => i.n >= FEWEST_ANSWERS)
  const without = items.length - known.length + missing
  if (!known.length) {
    const words = `Belum ada butir dengan sedikitnya ${FEWEST_ANSWERS} jawaban. Diperiksa sesudah kalibrasi.`
    return [{ check: 'answers', title: 'Kesukaran dan pengecoh menurut jawaban', verdict: 'few', words, items: [] }]
  }
  const absurd = known.flatMap(({ code, distractors }) => {
    const idle = distractors.filter((d) => d.share < ABSURD)
    return idle.length ? [{ code, why: idle.map((d) => `opsi ${d.option} dipilih ${percent(d.share)} (${d.n} orang)`).join('; ') }] : []
  })
  const choices = known.filter((i) => i.distractors.length)
  const rest = without ? ` ${without} butir lain belum cukup dijawab.` : ''
  const findings = [
    ofLevel(known, 'easy'),
    ofLevel(known, 'hard'),
    {
      check: 'absurd',
      title: 'Pengecoh yang hampir tidak dipilih',
      verdict: absurd.length ? ('fault' as const) : ('sound' as const),
      words: absurd.length
        ? `${absurd.length} dari ${choices.length} butir pilihan mempunyai pengecoh yang dipilih kurang dari ${percent(ABSURD)} peserta: pengecoh itu tidak masuk akal atau soalnya terlalu mudah.`
        : `Semua pengecoh pada ${choices.length} butir pilihan dipilih sedikitnya ${percent(ABSURD)} peserta.`,
      items: absurd,
    },
  ]
  // What was not looked at is not sound.
  return findings.map((f) => ({ ...f, verdict: without && f.verdict === 'sound' ? ('part' as const) : f.verdict, words: f.words + rest }))
}
