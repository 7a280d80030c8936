import { choiceFrom, choiceLine, joined, placesIn } from '@/lib/items/line-model'
import { acceptedIn, acceptedText, lackOfAccepted, type Accepted } from './answer-lines'
import type { Option } from './choice-lines'
import { answerIn, answerText, lackOfNumber, type Answer } from './number-lines'
import { split, tooFew, type Lack } from './part'

/** One gap of a text: what it takes as typed text, as a number or as a choice. What the other kinds say is kept while one is tried. */
export const gapKinds = ['teks', 'angka', 'pilihan'] as const
export type GapKind = (typeof gapKinds)[number]
export type Gap = { kind: GapKind; accepted: Accepted[]; number: Answer; choices: Option[] }
export type Gaps = { gaps: Gap[]; all: boolean; once: boolean }

export const blankGap = (): Gap => ({
  kind: 'teks',
  accepted: [{ text: '', percent: '100' }],
  number: { answer: '', tolerance: '', units: '' },
  choices: [
    { text: '', key: false },
    { text: '', key: false },
  ],
})

function gapIn(line: string): Gap | null {
  const m = /^\s*(?:\d+\s*[.)]\s*)?(teks|angka|pilihan)\s*:\s*(.*)$/i.exec(line)
  if (!m) return null
  const kind = m[1]!.toLowerCase() as GapKind
  const gap = { ...blankGap(), kind }
  if (kind === 'teks') return { ...gap, accepted: placesIn(m[2]!).map(acceptedIn) }
  if (kind === 'angka') return { ...gap, number: answerIn(m[2]!) }
  const choices = placesIn(m[2]!).map(choiceFrom)
  return choices.filter((c) => c.key).length > 1 ? null : { ...gap, choices }
}

const textOf = (gap: Gap): string => {
  switch (gap.kind) {
    case 'teks':
      return joined(gap.accepted.map(acceptedText))
    case 'angka':
      return answerText(gap.number)
    case 'pilihan':
      return joined(gap.choices.map((c) => choiceLine(c.text.trim(), c.key)))
  }
}

export function readGaps(lines: string): Gaps | null {
  const { rules, rows } = split(lines, /^(semua atau nol|sekali pakai)$/i)
  const gaps = rows.filter((l) => l.trim()).map(gapIn)
  if (gaps.includes(null)) return null
  const said = rules.map((r) => r[1]!.toLowerCase())
  return {
    gaps: gaps.length ? (gaps as Gap[]) : [blankGap()],
    all: said.includes('semua atau nol'),
    once: said.includes('sekali pakai'),
  }
}

export const writeGaps = ({ gaps, all, once }: Gaps): string =>
  [...gaps.map((g) => `${g.kind}: ${textOf(g)}`), ...(all ? ['semua atau nol'] : []), ...(once ? ['sekali pakai'] : [])].join('\n')

export function lackOfGaps({ gaps }: Gaps): Lack | null {
  for (const [i, gap] of gaps.entries()) {
    const id = `isian-${i}`
    const own =
      gap.kind === 'teks'
        ? lackOfAccepted(gap.accepted, `${id}-jawaban`)
        : gap.kind === 'angka'
          ? lackOfNumber(gap.number, `${id}-angka`)
          : lackOfChoices(gap.choices, `${id}-pilihan`)
    if (own) return { ...own, words: `Isian ${i + 1}: ${own.words}` }
  }
  return null
}

function lackOfChoices(choices: readonly Option[], id: string): Lack | null {
  const empty = choices.findIndex((c) => c.key && !c.text.trim())
  if (empty >= 0) return { words: `pilihan ${empty + 1} menjadi kunci, tetapi masih kosong.`, at: `${id}-${empty}` }
  const waiting = tooFew(choices, (c) => c.text, 2)
  if (waiting !== null) return { words: 'perlu sedikitnya dua pilihan.', at: `${id}-${waiting}` }
  return choices.some((c) => c.key) ? null : { words: 'belum ada pilihan yang ditandai benar.', at: `${id}-0-kunci` }
}
