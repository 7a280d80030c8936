import { about, type Sample } from '../sample'
import type { Fields } from './writing'

const four = { A: 'Bandar Lampung', B: 'Metro', C: 'Liwa', D: 'Krui' }

export const samples: Sample<Fields>[] = [
  {
    item: { ...about, code: 'S-03', type: 'multiple', stem: 'Kota di Lampung:\n\n- satu\n- dua', options: four, key: ['A', 'B'] },
    some: ['A', 'C'],
  },
  {
    item: { ...about, code: 'S-04', type: 'multiple', stem: 'Semua atau tidak sama sekali.', options: four, key: ['A', 'B'], rule: 'all' },
    some: ['A', 'C'],
  },
  {
    item: {
      ...about,
      code: 'S-05',
      type: 'multiple',
      stem: 'Bobot tiap opsi.',
      options: four,
      key: ['A', 'B'],
      points: { A: 1, B: 0.5, C: -0.5, D: 0 },
      best: 1.5,
    },
    some: ['A', 'C'],
    left: { xlsx: 'bobot opsinya tersendiri', lines: true },
  },
]
