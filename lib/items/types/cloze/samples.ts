import { about, type Sample } from '../sample'
import type { Fields } from './writing'

export const samples: Sample<Fields>[] = [
  {
    item: {
      ...about,
      code: 'S-18',
      type: 'cloze',
      stem: 'Air mendidih pada [[2]] °C dan membeku pada [[1]] °C; wujudnya lalu [[3]].',
      gaps: [
        { answer: 0, tolerance: 0 },
        { answer: 100, tolerance: 0.5 },
        { options: { A: 'padat', B: 'gas' }, key: 'A' },
      ],
    },
    some: { 3: 'A' },
    left: { xlsx: 'jenis "Teks rumpang"' },
  },
  {
    item: {
      ...about,
      code: 'S-19',
      type: 'cloze',
      stem: 'Pada siang hari angin [[1]] bertiup ke [[2]].',
      gaps: [
        { options: { A: 'laut', B: 'darat' }, key: 'A' },
        { options: { A: 'laut', B: 'darat' }, key: 'B' },
      ],
      once: true,
      rule: 'all',
    },
    some: { 1: 'A' },
    left: { xlsx: 'jenis "Teks rumpang"' },
  },
  {
    item: {
      ...about,
      code: 'S-25',
      type: 'cloze',
      stem: 'Ibu kota [[1]] adalah [[2]].',
      gaps: [
        {
          answers: [
            { text: 'York', credit: 1, exact: true },
            { text: 'york', credit: 0.5 },
          ],
          worth: 2,
        },
        { answers: ['Liwa'] },
      ],
    },
    some: { 1: 'York' },
    left: { xlsx: 'jenis "Teks rumpang"', moodle: 'sebagian jawabannya membedakan huruf besar dan sebagian tidak', lines: true },
  },
]
