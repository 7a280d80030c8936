import { z } from 'zod'
import { LineProblem, need } from '../../line-model'
import { named, rule, setKey } from '../set-writing'
import { common, known, letter, text, type WritingPart } from '../writing'

const at = z.array(z.number())
const shape = z.enum(['circle', 'rect', 'poly'])
const schema = z.strictObject({
  ...common,
  type: z.literal('hotspot'),
  picture: text,
  alt: text,
  size: z.tuple([z.number().int().positive(), z.number().int().positive()]),
  spots: z.record(letter, z.strictObject({ label: text, shape, at })).default({}),
  key: z.array(letter).default([]),
  most: z.number().int().min(0).default(1),
  ...rule,
  /** Instead of shown spots: hidden areas with points, for points set freely. */
  areas: z.array(z.strictObject({ shape, at, points: z.number() })).optional(),
})

const words = { circle: 'lingkaran', rect: 'kotak', poly: 'segi' }
const shapes: Record<string, string> = Object.fromEntries(Object.entries(words).map(([ours, word]) => [word, ours]))
export type Fields = z.infer<typeof schema>

export const hotspot: WritingPart<'hotspot', Fields> = {
  schema,
  compile(item, tools) {
    known(item.key, item.spots, tools)
    if (!item.areas && !item.key.length) tools.bad('belum ada tempat yang menjadi kunci')
    const [width, height] = item.size
    const picture = { stem: tools.stem, media: tools.media(item.picture), alt: item.alt, width, height, most: item.most }
    if (item.areas)
      return {
        content: { type: 'hotspot', ...picture, spots: [], free: true },
        scoring: { type: 'areas', areas: item.areas, best: item.best ?? 1 },
      }
    const spots = Object.entries(item.spots)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, s]) => ({ id, label: s.label, shape: s.shape, at: s.at }))
    return {
      content: { type: 'hotspot', ...picture, spots },
      scoring: { type: 'hotspot', ...setKey(item.key, item), options: spots.map((s) => s.id) },
    }
  },
  decompile(content, scoring, { name }) {
    const picture = { picture: name(content.media), alt: content.alt, size: [content.width, content.height], most: content.most }
    if (scoring.type === 'areas') return { ...picture, areas: scoring.areas, best: scoring.best }
    const spots = Object.fromEntries(content.spots.map((s) => [s.id, { label: s.label, shape: s.shape, at: s.at }]))
    return { ...picture, spots, key: scoring.keys, ...named(scoring) }
  },
  hint: 'Baris pertama: gambar | lebar x tinggi | teks alternatif. Lalu setiap tempat: *A | lingkaran 200,150,40 | label (kotak x1,y1,x2,y2; segi x1,y1,x2,y2,…).',
  fromLines(reader) {
    const most = reader.take(/^paling banyak (\d+)$/i)
    const [head, ...rest] = reader.lines
    const m = /^!?\[?([^|\]]*?)\]?\(?([\w.-]+)\)?\s*\|\s*(\d+)\s*x\s*(\d+)\s*\|\s*(.+)$/.exec(head ?? '')
    if (!m) throw new LineProblem('Baris pertama memuat gambar | lebar x tinggi | teks alternatif.')
    const spots: Record<string, unknown> = {}
    const key: string[] = []
    for (const l of rest) {
      const s = /^(\*?)\s*([A-T])\s*\|\s*(lingkaran|kotak|segi)\s+([\d.,\s]+?)\s*(?:\|\s*(.+))?$/i.exec(l)
      if (!s) throw new LineProblem(`Baris "${l.slice(0, 30)}" belum seperti: *A | lingkaran 200,150,40 | label.`)
      spots[s[2]!] = {
        label: s[5] ?? s[2]!,
        shape: shapes[s[3]!.toLowerCase()],
        at: s[4]!
          .split(/[\s,]+/)
          .filter(Boolean)
          .map(Number),
      }
      if (s[1]) key.push(s[2]!)
    }
    need(key.length, 'Belum ada tempat yang ditandai benar. Beri tanda * di depannya.')
    return { picture: m[2], size: [Number(m[3]), Number(m[4])], alt: m[5], spots, key, most: Number(most?.[1] ?? 1) }
  },
  toLines: (f) =>
    f.areas || f.points || f.rule
      ? null
      : [
          `${f.picture} | ${f.size.join(' x ')} | ${f.alt}`,
          ...Object.entries(f.spots).map(
            ([l, s]) => `${f.key.includes(l) ? '*' : ''}${l} | ${words[s.shape]} ${s.at.join(',')} | ${s.label}`,
          ),
          ...(f.most === 1 ? [] : [`paling banyak ${f.most}`]),
        ].join('\n'),
}
