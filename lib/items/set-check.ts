import { usualLeast, usualMost } from './chance-model'
import { plainText, type ItemContent, type ItemScoring } from './model'

/**
 * What a whole set of items gives away that no single item shows: keys and second-best options by their length and their place.
 * Pure; nothing here forbids. A count is held against what chance gives sound items.
 */

export type SetItem = { code: string; content: ItemContent; scoring: ItemScoring }
/** `fault`: further from chance than a sound set is; `part`: sound as far as it was looked at, others lack answers; `few`: nothing to count. */
export type Verdict = 'fault' | 'part' | 'sound' | 'few'
/** One check: what was looked at, what was found in a sentence, and the items at fault. */
export type SetFinding = { check: string; title: string; verdict: Verdict; words: string; items: { code: string; why: string }[] }

/** Of a hundred sound sets at most five show any fault: over all checks of the set together. */
const RATE = 0.05
/** Fewer items than this tell nothing about a habit. */
const FEWEST = 5
/** A key this much longer than every other option is seen at a glance. */
const MUCH_LONGER = 1.3
const SHORT_WORDS = 20

/** An item of which one option is best: its options in their order, the best and, where options are graded, the second best. */
type Choice = { code: string; lengths: number[]; letters: string[]; best: number; second: number | null }

function choiceOf({ code, content, scoring }: SetItem): Choice | null {
  if (content.type !== 'single' && content.type !== 'graded') return null
  const letters = content.options.map((o) => o.id)
  const lengths = content.options.map((o) => plainText(o.body).length)
  if (letters.length < 3) return null
  if (scoring.type === 'single') return { code, letters, lengths, best: letters.indexOf(scoring.key), second: null }
  if (scoring.type !== 'graded') return null
  const order = letters.map((l, i) => [scoring.scores[l] ?? 0, i] as const).sort((a, b) => b[0] - a[0])
  const [first, next, third] = order as [(typeof order)[number], (typeof order)[number], (typeof order)[number]]
  return { code, letters, lengths, best: first[1], second: next[0] > third[0] ? next[1] : null }
}

/** Whether the option at `at` is longer than every other one of `among`. */
const longest = (lengths: readonly number[], at: number, among = lengths.map((_, i) => i)) =>
  among.every((i) => i === at || lengths[i]! < lengths[at]!)
const shortest = (lengths: readonly number[], at: number) => lengths.every((l, i) => i === at || l > lengths[at]!)
const without = (of: readonly number[], gone: number) => of.map((_, i) => i).filter((i) => i !== gone)

/** A habit that chance has in each item with a known probability; a place (`placed`) may also be too rare. */
type Habit = {
  check: string
  title: string
  noun: string
  placed: boolean
  hits: { code: string; chance: number; hit: boolean; why: string }[]
}

const lengthWords = (c: Choice, at: number) =>
  `${c.letters[at]}: ${c.lengths[at]} huruf; opsi lain terpanjang ${Math.max(...c.lengths.filter((_, i) => i !== at))} huruf`

/** The habits of one kind of item. `best` and `rest` name its best option and the others. */
function lengthHabits(choices: readonly Choice[], kind: string, best: string): Habit[] {
  const second = choices.filter((c) => c.second !== null)
  const of = (
    check: string,
    title: string,
    noun: string,
    from: readonly Choice[],
    hit: (c: Choice) => boolean,
    chance: (c: Choice) => number,
    at: (c: Choice) => number,
  ): Habit => ({
    check: `${check}-${kind}`,
    title,
    noun,
    placed: false,
    hits: from.map((c) => ({ code: c.code, chance: chance(c), hit: hit(c), why: lengthWords(c, at(c)) })),
  })
  return [
    of(
      'longest',
      `Panjang ${best}`,
      `${best} paling panjang`,
      choices,
      (c) => longest(c.lengths, c.best),
      (c) => 1 / c.letters.length,
      (c) => c.best,
    ),
    of(
      'shortest',
      `Pendeknya ${best}`,
      `${best} paling pendek`,
      choices,
      (c) => shortest(c.lengths, c.best),
      (c) => 1 / c.letters.length,
      (c) => c.best,
    ),
    ...(second.length
      ? [
          of(
            'second-longest',
            'Panjang opsi terbaik kedua',
            'opsi terbaik kedua paling panjang di antara yang bukan terbaik',
            second,
            (c) => longest(c.lengths, c.second!, without(c.lengths, c.best)),
            (c) => 1 / (c.letters.length - 1),
            (c) => c.second!,
          ),
        ]
      : []),
  ]
}

/** One habit a letter: the option stands there far more often than chance, or never. */
function placeHabits(choices: readonly Choice[], kind: string, title: string, noun: string, at: (c: Choice) => number | null): Habit[] {
  const own = choices.filter((c) => at(c) !== null)
  const letters = [...new Set(own.flatMap((c) => c.letters))].sort()
  return letters.map((letter) => ({
    check: `${kind}-${letter}`,
    title,
    noun: `${noun} di ${letter}`,
    placed: true,
    hits: own
      .filter((c) => c.letters.includes(letter))
      .map((c) => ({
        code: c.code,
        chance: 1 / c.letters.length,
        hit: c.letters[at(c)!] === letter,
        why: `${noun} di ${c.letters[at(c)!]}`,
      })),
  }))
}

function judged({ check, title, noun, placed, hits }: Habit, rate: number): SetFinding {
  const n = hits.length
  const chances = hits.map((h) => h.chance)
  const found = hits.filter((h) => h.hit)
  const expected = chances.reduce((s, p) => s + p, 0)
  const [least, most] = [placed ? usualLeast(chances, rate) : 0, usualMost(chances, rate)]
  const counted = `${noun} pada ${found.length} dari ${n} butir; secara kebetulan sekitar ${Math.round(expected)}, wajar ${least ? `${least} ` : ''}sampai ${most}.`
  const words = counted[0]!.toUpperCase() + counted.slice(1)
  if (n < FEWEST) return { check, title, verdict: 'few', words: `Baru ${n} butir; diperiksa mulai ${FEWEST} butir.`, items: [] }
  const [many, few] = [found.length > most, found.length < least]
  const at = many ? found : few ? hits.filter((h) => !h.hit) : []
  return { check, title, verdict: many || few ? 'fault' : 'sound', words, items: at.map(({ code, why }) => ({ code, why })) }
}

/** Places are many habits of one kind: the worst letter speaks for all, or one sentence says that none stands out. */
function together(findings: readonly SetFinding[], title: string, hits: number): SetFinding[] {
  const faults = findings.filter((f) => f.verdict === 'fault')
  if (faults.length) return faults
  const [first] = findings
  if (!first) return []
  return first.verdict === 'few' ? [first] : [{ ...first, words: `Tersebar wajar di semua huruf pada ${hits} butir.`, title }]
}

/** Keys that give themselves away one by one, gathered over the set. */
function glaring(choices: readonly Choice[], title: string, best: string): SetFinding {
  const items = choices.filter((c) => {
    const next = Math.max(...c.lengths.filter((_, i) => i !== c.best))
    return c.lengths[c.best]! > SHORT_WORDS && c.lengths[c.best]! >= MUCH_LONGER * next
  })
  const none = `Tidak ada ${best} yang jauh lebih panjang daripada semua opsi lain.`
  return {
    check: `glaring-${title}`,
    title,
    verdict: items.length ? 'fault' : choices.length ? 'sound' : 'few',
    words: items.length
      ? `${best[0]!.toUpperCase()}${best.slice(1)} jauh lebih panjang daripada semua opsi lain pada ${items.length} butir.`
      : none,
    items: items.map((c) => ({ code: c.code, why: lengthWords(c, c.best) })),
  }
}

/** Sets of right options that tell their number: always the same, so that whoever counts need not know. */
function numbers(items: readonly SetItem[]): SetFinding[] {
  const sets = items.flatMap((i) => (i.scoring.type === 'multiple' ? [{ code: i.code, keys: i.scoring.keys.length }] : []))
  if (!sets.length) return []
  const title = 'Banyaknya jawaban benar pada pilihan ganda kompleks'
  const counts = new Set(sets.map((s) => s.keys))
  if (sets.length < FEWEST)
    return [{ check: 'numbers', title, verdict: 'few', words: `Baru ${sets.length} butir; diperiksa mulai ${FEWEST} butir.`, items: [] }]
  const fault = counts.size === 1
  return [
    {
      check: 'numbers',
      title,
      verdict: fault ? 'fault' : 'sound',
      words: fault
        ? `Semua ${sets.length} butir mempunyai tepat ${[...counts][0]} jawaban benar, sehingga peserta cukup menghitung.`
        : `Berbeda-beda pada ${sets.length} butir.`,
      items: fault ? sets.map((s) => ({ code: s.code, why: `${s.keys} jawaban benar` })) : [],
    },
  ]
}

/** Orders and pairs that can be read off their letters: right steps in the order of the alphabet, pairs A, B, C, … down the list. */
function readOff(items: readonly SetItem[]): SetFinding[] {
  const own = items.filter((i) => i.content.type === 'ordering' || i.content.type === 'matching')
  if (!own.length) return []
  const faults = own.flatMap((i) => (isReadOff(i) ? [{ code: i.code, why: 'kuncinya mengikuti urutan abjad' }] : []))
  return [
    {
      check: 'read-off',
      title: 'Urutan abjad pada menjodohkan dan mengurutkan',
      verdict: faults.length ? 'fault' : 'sound',
      words: faults.length
        ? `Kunci ${faults.length} dari ${own.length} butir mengikuti urutan abjad.`
        : `Tidak ada kunci yang mengikuti urutan abjad pada ${own.length} butir.`,
      items: faults,
    },
  ]
}

/** Whether the key of one item follows the alphabet. */
export function isReadOff({ content, scoring }: Pick<SetItem, 'content' | 'scoring'>): boolean {
  if (content.type === 'ordering' && scoring.type === 'ordering') {
    const words = scoring.order.map((id) => plainText(content.options.find((o) => o.id === id)?.body ?? []).toLowerCase())
    return words.length > 3 && words.every((w, i) => i === 0 || words[i - 1]!.localeCompare(w, 'id') <= 0)
  }
  if (content.type === 'matching' && scoring.type === 'matching') {
    const taken = content.premises.map((p) => scoring.keys.filter((k) => k.startsWith(`${p.id}-`)).map((k) => k.slice(p.id.length + 1)))
    const letters = taken.map((t) => t[0] ?? '')
    return taken.every((t) => t.length === 1) && letters.length > 2 && letters.every((l, i) => l === content.choices[i]?.id)
  }
  return false
}

/** Every check of a set by its text alone, in the order in which a person reads them. */
export function checkSet(items: readonly SetItem[]): SetFinding[] {
  const single = items.filter((i) => i.content.type === 'single').flatMap((i) => choiceOf(i) ?? [])
  const graded = items.filter((i) => i.content.type === 'graded').flatMap((i) => choiceOf(i) ?? [])
  const kinds = [
    { choices: single, kind: 'single', best: 'kunci', where: 'pilihan ganda' },
    { choices: graded, kind: 'graded', best: 'opsi terbaik', where: 'butir situasional' },
  ].filter((k) => k.choices.length)
  const habits = kinds.flatMap((k) => {
    const places = [placeHabits(k.choices, `place-${k.kind}`, `Letak ${k.best} (${k.where})`, k.best, (c) => c.best)]
    if (k.kind === 'graded')
      places.push(placeHabits(k.choices, 'place-second', 'Letak opsi terbaik kedua', 'opsi terbaik kedua', (c) => c.second))
    return [{ k, lengths: lengthHabits(k.choices, k.kind, k.best), places: places.filter((p) => p.length) }]
  })
  const tests = habits.reduce((s, h) => s + h.lengths.length + h.places.reduce((t, p) => t + 2 * p.length, 0), 0)
  const rate = RATE / Math.max(1, tests)
  return [
    ...habits.flatMap(({ k, lengths, places }) => [
      ...lengths.map((h) => ({ ...judged(h, rate), title: `${h.title} (${k.where})` })),
      glaring(k.choices, `Panjang yang mencolok (${k.where})`, k.best),
      ...places.flatMap((p) =>
        together(
          p.map((h) => judged(h, rate)),
          p[0]!.title,
          p[0]!.hits.length,
        ),
      ),
    ]),
    ...numbers(items),
    ...readOff(items),
  ]
}
