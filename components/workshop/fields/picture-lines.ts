import { letterAt } from '@/lib/items/line-model'
import type { Area, Spot } from '@/lib/items/model'
import { rowsOf, type Lack } from './part'

/** A picture with places on it, those that are right by their letters; `most`: how many may be chosen, as typed, '' without a limit. */
export type Picture = { name: string; width: number; height: number; alt: string; spots: Spot[]; keys: string[]; most: string }

export const shapeWords: Record<Area['shape'], string> = { circle: 'lingkaran', rect: 'kotak', poly: 'segi' }
const shapes = Object.fromEntries(Object.entries(shapeWords).map(([ours, word]) => [word, ours])) as Record<string, Area['shape']>

const HEAD = /^\s*!?\[?([^|\]]*?)\]?\(?([\w.-]*)\)?\s*\|\s*(\d+)\s*x\s*(\d+)\s*\|\s*(.*)$/
const SPOT = /^\s*(\*?)\s*([A-T])\s*\|\s*(lingkaran|kotak|segi)\s+([\d.,\s-]+?)\s*(?:\|\s*(.*))?$/i
const MOST = /^\s*paling banyak (\d+)\s*$/i
/** How many numbers each shape has; a polygon at least three corners. */
const fits = ({ shape, at }: Area) =>
  at.every(Number.isFinite) &&
  (shape === 'circle' ? at.length === 3 : shape === 'rect' ? at.length === 4 : at.length >= 6 && at.length % 2 === 0)

export function readPicture(lines: string): Picture | null {
  const none: Picture = { name: '', width: 0, height: 0, alt: '', spots: [], keys: [], most: '1' }
  const rows = rowsOf(lines).filter((l) => l.trim())
  if (!rows.length) return none
  const limit = rows.map((l) => MOST.exec(l)?.[1]).find((n) => n !== undefined) ?? '1'
  const [head, ...rest] = rows.filter((l) => !MOST.test(l))
  const m = HEAD.exec(head ?? '')
  const found = rest.map((l) => SPOT.exec(l))
  if (!m || found.includes(null)) return null
  const spots = found.map((s): Spot => ({
    id: s![2]!.toUpperCase(),
    shape: shapes[s![3]!.toLowerCase()]!,
    at: s![4]!
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number),
    label: s![5]?.trim() || s![2]!.toUpperCase(),
  }))
  if (!spots.every(fits) || new Set(spots.map((s) => s.id)).size !== spots.length) return null
  return {
    name: m[2]!,
    width: Number(m[3]),
    height: Number(m[4]),
    alt: m[5]!.trim(),
    spots,
    keys: found.flatMap((s) => (s![1] ? [s![2]!.toUpperCase()] : [])),
    most: limit === '0' ? '' : limit,
  }
}

export const writePicture = (p: Picture): string =>
  p.name || p.alt.trim() || p.spots.length
    ? [
        `${p.name} | ${p.width} x ${p.height} | ${p.alt.trim()}`,
        ...p.spots.map(
          (s) => `${p.keys.includes(s.id) ? '*' : ''}${s.id} | ${shapeWords[s.shape]} ${s.at.join(',')} | ${s.label.trim() || s.id}`,
        ),
        ...(p.most.trim() === '1' ? [] : [`paling banyak ${Number(p.most.trim()) || 0}`]),
      ].join('\n')
    : ''

/** The first letter that no place has. */
export const nextLetter = (spots: readonly Spot[]): string | null =>
  Array.from({ length: 20 }, (_, i) => letterAt(i)).find((l) => !spots.some((s) => s.id === l)) ?? null

export function lackOfPicture(p: Picture): Lack | null {
  if (!p.name) return { words: 'Belum ada gambar: pilih berkasnya, lalu unggah.', at: 'gambar-berkas' }
  if (!p.alt.trim()) return { words: 'Teks alternatif gambar belum ditulis.', at: 'gambar-alt' }
  if (!p.spots.length) return { words: 'Belum ada tempat pada gambar: yang benar, dan yang menjadi pengecoh.', at: 'gambar-alat' }
  const bent = p.spots.find((s) =>
    s.shape === 'rect' ? s.at[2]! <= s.at[0]! || s.at[3]! <= s.at[1]! : s.shape === 'circle' && s.at[2]! <= 0,
  )
  if (bent) return { words: `Letak tempat ${bent.id} belum masuk akal: bidangnya tidak mempunyai luas.`, at: `tempat-${bent.id}-0` }
  if (!p.keys.length) return { words: 'Belum ada tempat yang ditandai benar.', at: `tempat-${p.spots[0]!.id}-kunci` }
  if (Number(p.most) && Number(p.most) < p.keys.length)
    return { words: 'Batas pilihan lebih kecil daripada banyaknya tempat yang benar.', at: 'gambar-batas' }
  return null
}
