import { about, type Sample } from '../sample'
import type { Fields } from './writing'

export const samples: Sample<Fields>[] = [
  { item: { ...about, code: 'S-13', type: 'ordering', stem: 'Urutkan.', steps: ['telur', 'ulat', 'kepompong', 'kupu-kupu'] }, some: ['B'] },
]
