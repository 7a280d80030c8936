import { about, type Sample } from '../sample'
import type { Fields } from './writing'

export const samples: Sample<Fields>[] = [
  {
    item: {
      ...about,
      code: 'S-21',
      type: 'hotspot',
      stem: 'Tunjukkan inti sel.',
      picture: 'sel.svg',
      alt: 'Sel tumbuhan dengan tiga bagian bertanda.',
      size: [400, 300],
      spots: {
        A: { label: 'A', shape: 'circle', at: [200, 150, 40] },
        B: { label: 'B', shape: 'rect', at: [10, 10, 60, 60] },
        C: { label: 'C', shape: 'poly', at: [300, 200, 350, 200, 325, 260] },
      },
      key: ['A'],
      most: 1,
    },
    some: ['A'],
    left: { xlsx: 'bergambar atau bersuara', moodle: 'Moodle tidak mempunyai jenis soal "tunjuk pada gambar" dengan daerah' },
  },
  {
    item: {
      ...about,
      code: 'S-24',
      type: 'hotspot',
      stem: 'Tunjukkan letak dua inti.',
      picture: 'sel.svg',
      alt: 'Sel tumbuhan.',
      size: [400, 300],
      spots: {},
      key: [],
      most: 2,
      areas: [
        { shape: 'circle', at: [200, 150, 40], points: 1 },
        { shape: 'rect', at: [10, 10, 60, 60], points: 1 },
      ],
      best: 2,
    },
    some: ['200-150'],
    left: { xlsx: 'bergambar atau bersuara', moodle: 'Moodle tidak mempunyai jenis soal "tunjuk pada gambar" dengan daerah', lines: true },
  },
]
