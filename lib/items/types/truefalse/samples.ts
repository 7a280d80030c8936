import { about, type Sample } from '../sample'
import type { Fields } from './writing'

export const samples: Sample<Fields>[] = [
  {
    item: {
      ...about,
      code: 'S-06',
      type: 'truefalse',
      stem: 'Tentukan kesesuaian setiap pernyataan.',
      statements: [
        { text: 'Metro lebih kecil daripada Way Kanan.', key: true },
        { text: 'Krui terletak di pantai timur.', key: false },
        { text: 'Pringsewu berbatasan dengan Tanggamus.', key: true },
      ],
      labels: ['Sesuai', 'Tidak sesuai'],
    },
    some: { 1: true },
  },
  {
    item: {
      ...about,
      code: 'S-07',
      type: 'truefalse',
      stem: 'Benar atau salah?',
      statements: [
        { text: '$1 < 2$', key: true },
        { text: '`a && b` bernilai benar jika keduanya salah.', key: false },
        { text: '3 > 4', key: false },
      ],
    },
    some: { 1: true },
  },
]
