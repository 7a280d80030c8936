import { about, type Sample } from '../sample'
import type { Fields } from './writing'

const left = { moodle: 'Moodle tidak mempunyai jenis soal "penggeser"' }

export const samples: Sample<Fields>[] = [
  {
    item: {
      ...about,
      code: 'S-26',
      type: 'slider',
      stem: 'Pada suhu berapa air mendidih di permukaan laut?',
      min: 0,
      max: 200,
      step: 5,
      unit: '°C',
      answer: 100,
      tolerance: 5,
    },
    some: { value: '100' },
    left,
  },
  {
    item: {
      ...about,
      code: 'S-27',
      type: 'slider',
      stem: 'Kira-kira berapa koefisien korelasi tinggi badan dan nilai matematika orang dewasa?',
      min: -1,
      max: 1,
      step: 0.1,
      labels: ['berlawanan', 'searah'],
      range: [-0.3, 0.4],
    },
    some: { value: '0.3' },
    left,
  },
]
