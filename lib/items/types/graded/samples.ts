import { about, type Sample } from '../sample'
import type { Fields } from './writing'

export const samples: Sample<Fields>[] = [
  {
    item: {
      ...about,
      code: 'S-08',
      type: 'graded',
      stem: 'Apa yang sebaiknya dilakukan?',
      options: {
        A: { text: 'diam', score: 0 },
        B: { text: 'bertanya', score: 3 },
        C: { text: 'menegur', score: 1 },
        D: { text: 'mencatat', score: 2 },
      },
    },
    some: 'B',
  },
]
