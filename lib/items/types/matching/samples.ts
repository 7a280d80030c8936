import { about, type Sample } from '../sample'
import type { Fields } from './writing'

export const samples: Sample<Fields>[] = [
  {
    item: {
      ...about,
      code: 'S-11',
      type: 'matching',
      stem: 'Jodohkan.',
      premises: ['hujan', 'kemarau', 'pancaroba'],
      choices: { A: 'basah', B: 'kering', C: 'peralihan', D: 'salju' },
      pairs: ['A', 'B', 'C'],
    },
    some: ['1-A'],
  },
  {
    item: {
      ...about,
      code: 'S-12',
      type: 'matching',
      stem: 'Centang semua yang sesuai.',
      premises: ['prima', 'genap'],
      choices: { A: '2', B: '3', C: '4', D: '9' },
      pairs: [
        ['A', 'B'],
        ['A', 'C'],
      ],
      rule: 'all',
    },
    some: ['1-A'],
    left: { moodle: 'menjodohkan dengan beberapa pasangan', xlsx: 'aturan menjodohkannya tersendiri', lines: true },
  },
]
