import { about, type Sample } from '../sample'
import type { Fields } from './writing'

export const samples: Sample<Fields>[] = [
  {
    item: {
      ...about,
      code: 'S-14',
      type: 'short',
      stem: 'Proses tumbuhan membuat makanan disebut …',
      answers: ['fotosintesis', { text: 'asimilasi', credit: 0.5 }],
    },
    some: { 1: 'fotosintesis' },
    left: { xlsx: 'sebagian jawabannya bernilai sebagian' },
  },
  {
    item: { ...about, code: 'S-15', type: 'short', stem: 'Simbol kimia natrium: [[1]].', answers: ['Na'], exact: true },
    some: { 1: 'Na' },
  },
]
