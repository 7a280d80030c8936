import { about, type Sample } from '../sample'
import type { Fields } from './writing'

export const samples: Sample<Fields>[] = [
  { item: { ...about, code: 'S-09', type: 'likert', stem: 'Saya menanyakan kabar murid.', reversed: false }, some: 4 },
  { item: { ...about, code: 'S-10', type: 'likert', stem: 'Saya enggan menerima saran.', reversed: true }, some: 4 },
]
