import { about, type Sample } from '../sample'
import type { Fields } from './writing'

export const samples: Sample<Fields>[] = [
  {
    item: {
      ...about,
      code: 'S-22',
      type: 'extended',
      stem: 'Jelaskan penilaian formatif.',
      words: 150,
      rubric: [
        { title: 'Ketepatan konsep', levels: ['salah', 'sebagian', 'tepat'] },
        { title: 'Contoh kelas', levels: ['tidak ada', 'ada'] },
      ],
    },
    some: { text: 'Murid diajak berpendapat.' },
    left: { xlsx: 'jenis "Uraian"' },
  },
]
