import { about, type Sample } from '../sample'
import type { Fields } from './writing'

export const samples: Sample<Fields>[] = [
  {
    item: {
      ...about,
      code: 'S-16',
      type: 'numeric',
      stem: 'Luas bidang itu … cm^2^.',
      answer: 1250.5,
      tolerance: 0.5,
      units: ['cm²', 'cm2'],
    },
    some: { 1: '12,5' },
  },
  {
    item: {
      ...about,
      code: 'S-17',
      type: 'numeric',
      stem: 'Nilai $x$?',
      answer: -3,
      tolerance: 0,
      others: [{ answer: 3, tolerance: 0, credit: 0.5 }],
    },
    some: { 1: '3' },
    left: { xlsx: 'sebagian jawabannya bernilai sebagian' },
  },
]
