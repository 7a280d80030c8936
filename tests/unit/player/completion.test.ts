import { describe, expect, it } from 'vitest'
import { completionOf } from '@/components/player/completion'
import type { ItemContent, Option, ResponseValue } from '@/lib/items/model'

const options = (...ids: string[]): Option[] => ids.map((id) => ({ id, body: [{ t: 'text', v: id }] }))
const stem = [{ t: 'p' as const, c: [{ t: 'text' as const, v: 'Soal' }] }]
const statements: ItemContent = { type: 'truefalse', stem, statements: options('1', '2', '3'), labels: ['Benar', 'Salah'] }
const matching: ItemContent = { type: 'matching', stem, premises: options('1', '2'), choices: options('A', 'B', 'C') }
const ordering: ItemContent = { type: 'ordering', stem, options: options('A', 'B', 'C') }
const cloze: ItemContent = {
  type: 'cloze',
  stem,
  gaps: [
    { id: '1', kind: 'text' },
    { id: '2', kind: 'choice', options: options('A', 'B') },
  ],
}

describe('an item counts as answered when every part of it is', () => {
  it.each<[string, ItemContent, ResponseValue | undefined, string, number, number]>([
    ['nothing chosen', statements, undefined, 'empty', 0, 3],
    ['a choice taken back', statements, {}, 'empty', 0, 3],
    ['one statement of three', statements, { '2': false }, 'partial', 1, 3],
    ['every statement', statements, { '1': true, '2': false, '3': false }, 'whole', 3, 3],
    ['one pair of two', matching, ['1-B'], 'partial', 1, 2],
    ['two pairs of one premise', matching, ['1-B', '1-C'], 'partial', 1, 2],
    ['every pair', matching, ['1-B', '2-A'], 'whole', 2, 2],
    ['two steps of three', ordering, ['B', 'A'], 'partial', 2, 3],
    ['every step', ordering, ['B', 'A', 'C'], 'whole', 3, 3],
    ['one gap of two', cloze, { '1': 'air' }, 'partial', 1, 2],
    ['a gap of spaces', cloze, { '1': '  ', '2': 'A' }, 'partial', 1, 2],
    ['every gap', cloze, { '1': 'air', '2': 'A' }, 'whole', 2, 2],
    ['one of several options', { type: 'multiple', stem, options: options('A', 'B', 'C') }, ['A'], 'whole', 1, 1],
    ['every tick taken back', { type: 'multiple', stem, options: options('A', 'B', 'C') }, [], 'empty', 0, 1],
    ['a point of a scale', { type: 'likert', stem, scale: ['a', 'b'] }, 2, 'whole', 1, 1],
    ['an essay of spaces', { type: 'extended', stem, words: 100 }, { text: ' ' }, 'empty', 0, 1],
  ])('%s', (_story, content, value, state, done, parts) => {
    expect(completionOf(content, value)).toEqual({ state, done, parts })
  })
})
