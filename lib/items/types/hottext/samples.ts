import { about, type Sample } from '../sample'
import type { Fields } from './writing'

export const samples: Sample<Fields>[] = [
  {
    item: {
      ...about,
      code: 'S-20',
      type: 'hottext',
      stem: 'Ketuk kata kerja: Ibu [[A|memasak]] [[B|nasi]] lalu [[C|tidur]].',
      key: ['A', 'C'],
      most: 0,
    },
    some: ['A'],
    left: { xlsx: 'jenis "Pilih kata dalam teks"', moodle: 'Moodle tidak mempunyai jenis soal "pilih kata dalam teks"' },
  },
]
