import { describe, expect, it } from 'vitest'
import type { Inline, ItemContent, ItemScoring } from '@/lib/items/model'
import { checkAnswers, type AnsweredItem } from '@/lib/items/set-answers'
import { checkSet, type SetItem } from '@/lib/items/set-check'
import { seeded } from '@/lib/platform/random'

/** The check of a whole set: what no single item shows. */

const words = (v: string): Inline[] => [{ t: 'text', v }]
const stem: ItemContent['stem'] = [{ t: 'p', c: words('Apa yang sebaiknya dilakukan?') }]
const code = (n: number) => `X-${String(n).padStart(3, '0')}`
const optionsOf = (lengths: readonly number[]) => lengths.map((l, i) => ({ id: 'ABCDE'[i]!, body: words('x'.repeat(l)) }))

const single = (n: number, lengths: readonly number[], key: string): SetItem => ({
  code: code(n),
  content: { type: 'single', stem, options: optionsOf(lengths) },
  scoring: { type: 'single', key },
})
const graded = (n: number, lengths: readonly number[], best: string, second: string): SetItem => {
  const letters = 'ABCDE'.slice(0, lengths.length).split('')
  const rest = letters.filter((l) => l !== best && l !== second)
  const scores = Object.fromEntries([[best, 4], [second, 3], ...rest.map((l, i) => [l, i])])
  return { code: code(n), content: { type: 'graded', stem, options: optionsOf(lengths) }, scoring: { type: 'graded', scores } }
}
const faults = (items: readonly SetItem[]) => checkSet(items).filter((f) => f.verdict === 'fault')

/** Sound items: every length and place by chance. */
function sound(random: () => number, many: number, kind: 'single' | 'graded'): SetItem[] {
  return Array.from({ length: many }, (_, n) => {
    const lengths = Array.from({ length: kind === 'single' ? 4 : 5 }, () => 40 + Math.floor(random() * 12))
    const letters = 'ABCDE'.slice(0, lengths.length).split('')
    const best = letters.splice(Math.floor(random() * letters.length), 1)[0]!
    return kind === 'single' ? single(n, lengths, best) : graded(n, lengths, best, letters[Math.floor(random() * letters.length)]!)
  })
}

describe('the words of a whole set', () => {
  it('show scenarios whose best option is the longest in fifteen of eighteen and whose second best stands at E in twelve, with the items', () => {
    const items = Array.from({ length: 18 }, (_, n) => {
      const best = 'ABCD'[n % 4]!
      const second = n < 12 ? 'E' : 'ABCD'[(n + 1) % 4]!
      const lengths = 'ABCDE'.split('').map((l, i) => (l === best ? (n < 15 ? 60 : 40) : 50 + ((n + i) % 5)))
      return graded(n + 1, lengths, best, second)
    })
    const found = faults(items)
    const longest = found.find((f) => f.title.startsWith('Panjang opsi terbaik (butir situasional)'))!
    expect(longest.words).toMatch(/paling panjang pada 15 dari 18 butir; secara kebetulan sekitar 4/)
    expect(longest.items.map((i) => i.code)).toEqual(items.slice(0, 15).map((i) => i.code))
    const place = found.find((f) => f.title === 'Letak opsi terbaik kedua')!
    expect(place.words).toMatch(/di E pada 12 dari 18 butir/)
    expect(place.items.map((i) => i.code)).toEqual(items.slice(0, 12).map((i) => i.code))
  })
  it('show a key that is always the shortest, a letter that is the key too often, and one that is never the key', () => {
    const short = Array.from({ length: 20 }, (_, n) =>
      single(
        n,
        'ABCD'.split('').map((l) => (l === 'ABCD'[n % 4] ? 20 : 40)),
        'ABCD'[n % 4]!,
      ),
    )
    expect(faults(short).map((f) => f.title)).toEqual(['Pendeknya kunci (pilihan ganda)'])
    const even = [40, 40, 40, 40]
    const often = faults(Array.from({ length: 20 }, (_, n) => single(n, even, n < 14 ? 'C' : 'ABD'[n % 3]!)))
    expect(often.map((f) => f.words).join()).toMatch(/Kunci di C pada 14 dari 20/)
    const never = faults(Array.from({ length: 40 }, (_, n) => single(n, even, 'ABC'[n % 3]!)))
    expect(never.map((f) => f.words).join()).toMatch(/Kunci di D pada 0 dari 40/)
  })
  it('show a second-best option that is the longest of the others, and single keys that are far longer than all', () => {
    const second = Array.from({ length: 18 }, (_, n) => {
      const [best, next] = ['ABCDE'[n % 5]!, 'ABCDE'[(n * 2 + 1 + (n % 5 === (n * 2 + 1) % 5 ? 1 : 0)) % 5]!]
      return graded(
        n,
        'ABCDE'.split('').map((l, i) => (l === next ? 70 : l === best ? 45 : 50 + i)),
        best,
        next,
      )
    })
    expect(faults(second).map((f) => f.title)).toContain('Panjang opsi terbaik kedua (butir situasional)')
    const random = seeded(5)
    const set = [...sound(random, 20, 'single'), single(99, [90, 40, 41, 42], 'A')]
    expect(faults(set).map((f) => [f.title, f.items.map((i) => i.code)])).toEqual([['Panjang yang mencolok (pilihan ganda)', ['X-099']]])
  })
  it('show orders and pairs that follow the alphabet, and sets of right answers that are always as many', () => {
    const ordering: SetItem = {
      code: 'X-001',
      content: { type: 'ordering', stem, options: ['Awal', 'Bagian', 'Cara', 'Daftar'].map((w, i) => ({ id: `o${i}`, body: words(w) })) },
      scoring: { type: 'ordering', order: ['o0', 'o1', 'o2', 'o3'] },
    }
    const pairs = (keys: string[]): SetItem => ({
      code: 'X-002',
      content: {
        type: 'matching',
        stem,
        premises: ['1', '2', '3'].map((id) => ({ id, body: words(id) })),
        choices: ['A', 'B', 'C', 'D'].map((id) => ({ id, body: words(id) })),
      },
      scoring: { type: 'matching', keys },
    })
    expect(faults([ordering, pairs(['1-A', '2-B', '3-C'])])[0]!.items.map((i) => i.code)).toEqual(['X-001', 'X-002'])
    expect(faults([pairs(['1-B', '2-A', '3-C'])])).toEqual([])
    const multiple = (n: number, keys: string[]): SetItem => ({
      code: code(n),
      content: { type: 'multiple', stem, options: optionsOf([10, 10, 10, 10]) },
      scoring: { type: 'multiple', options: ['A', 'B', 'C', 'D'], keys },
    })
    const twos = Array.from({ length: 6 }, (_, n) => multiple(n, ['A', 'BCD'[n % 3]!]))
    expect(faults(twos).map((f) => f.words)).toEqual(['Semua 6 butir mempunyai tepat 2 jawaban benar, sehingga peserta cukup menghitung.'])
    expect(faults([...twos, multiple(9, ['A', 'B', 'C'])])).toEqual([])
  })
  it('leave sound sets alone: of a thousand at most five in a hundred show anything', () => {
    const random = seeded(20261128)
    let told = 0
    for (let set = 0; set < 1_000; set++) {
      const items = [...sound(random, 15, 'single'), ...sound(random, 10, 'graded')]
      if (faults(items).length) told++
    }
    // 50 are promised; three standard errors above are 71.
    expect(told).toBeLessThan(71)
    expect(told).toBeGreaterThan(0)
  })
  it('say of too few items that nothing can be said', () => {
    expect(checkSet([single(1, [90, 20, 20, 20], 'A')]).map((f) => f.verdict)).toEqual(expect.arrayContaining(['few']))
    expect(checkSet([])).toEqual([])
  })
})

describe('the answers to a whole set', () => {
  const item = (change: Partial<AnsweredItem>): AnsweredItem => ({
    code: 'X-001',
    level: 'L2',
    n: 400,
    p: 0.6,
    distractors: [
      { option: 'B', n: 80, share: 0.2 },
      { option: 'C', n: 80, share: 0.2 },
    ],
    ...change,
  })
  const told = (items: AnsweredItem[]) =>
    checkAnswers(items, 0)
      .filter((f) => f.verdict === 'fault')
      .map((f) => [f.check, f.items.map((i) => i.code)])
  it('show items too easy or too hard for the level that they claim, not those within chance of the limit', () => {
    expect(told([item({ code: 'X-001', level: 'L3', p: 0.95 }), item({ code: 'X-002', level: 'L1', p: 0.95 })])).toEqual([
      ['level-easy', ['X-001']],
    ])
    expect(told([item({ level: 'L1', p: 0.3 })])).toEqual([['level-hard', ['X-001']]])
    expect(told([item({ level: 'L3', p: 0.82, n: 120 })])).toEqual([])
  })
  it('show distractors that fewer than two in a hundred take, and keep silent about items with too few answers', () => {
    const idle = item({ distractors: [{ option: 'D', n: 5, share: 5 / 400 }] })
    expect(told([idle])).toEqual([['absurd', ['X-001']]])
    expect(checkAnswers([idle], 0).find((f) => f.check === 'absurd')!.items[0]!.why).toBe('opsi D dipilih 1,3% (5 orang)')
    expect(told([item({ distractors: [{ option: 'D', n: 8, share: 0.02 }] })])).toEqual([])
    expect(checkAnswers([item({ n: 60 })], 3).map((f) => [f.verdict, f.words])).toEqual([
      ['few', 'Belum ada butir dengan sedikitnya 100 jawaban. Diperiksa sesudah kalibrasi.'],
    ])
    expect(checkAnswers([item({})], 2)[0]!.words).toMatch(/2 butir lain belum cukup dijawab/)
    // What was looked at in part does not look like what passed as a whole.
    const verdicts = (missing: number) => [...new Set(checkAnswers([item({})], missing).map((f) => f.verdict))]
    expect([verdicts(2), verdicts(0)]).toEqual([['part'], ['sound']])
  })
})

/** The types that have no choice of one option are let pass. */
const unread: ItemScoring = { type: 'likert', reversed: false, points: 5 }
describe('items without a key', () => {
  it('are no part of any count', () => {
    expect(checkSet([{ code: 'X-001', content: { type: 'likert', stem, scale: [] }, scoring: unread }])).toEqual([])
  })
})
