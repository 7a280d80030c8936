import { about, type Sample } from '../sample'
import type { Fields } from './writing'

const four = { A: 'Bandar Lampung', B: 'Metro', C: 'Liwa', D: 'Krui' }

export const samples: Sample<Fields>[] = [
  { item: { ...about, code: 'S-01', type: 'single', stem: 'Ibu kota Provinsi Lampung adalah …', options: four, key: 'A' }, some: 'A' },
  {
    item: {
      ...about,
      code: 'S-02',
      type: 'single',
      stem: 'Hasil dari $\\sqrt{50} + \\sqrt{8}$ adalah …\n\n$$x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}$$\n\nHarga 100\\$ dan 5 \\* 3 ditulis **tebal**, *miring*, `kode`, H~2~O, dan m^2^.',
      options: { A: '$7\\sqrt{2}$', B: '$\\sqrt{58}$', C: '$\\ce{H2SO4}$', D: 'a | b \\~ c \\^ d' },
      key: 'C',
    },
    some: 'A',
  },
  {
    item: {
      ...about,
      code: 'S-23',
      type: 'single',
      stem: '| x | y |\n|---|---|\n| 1 | $x^2$ |\n| 2 | a \\| b |\n\n```\nfor i in range(3):\n    print(i)\n```\n\n![Grafik garis lurus.](garis.svg)\n\n@[Percakapan di pasar.](pasar.mp3 2x)',
      options: { A: '![Segitiga.](a.svg)', B: 'dua', C: 'tiga' },
      key: 'B',
    },
    some: 'A',
    left: { xlsx: 'bergambar atau bersuara' },
  },
]
