import { allNamed, attr, childNamed, childrenNamed, textOf, type Element } from '../xml'
import type { Area } from '../../model'

/** What an item declares of a response: its kind, the right one, and points by a table or by areas of a picture. */
export type Mapping = {
  entries: { key: string; value: number; caseSensitive: boolean }[]
  lower: number | null
  upper: number | null
  otherwise: number
}
export type AreaMapping = { areas: (Area & { value: number })[]; lower: number | null; upper: number | null; otherwise: number }
export type Declaration = {
  id: string
  cardinality: string
  baseType: string
  correct: string[]
  mapping: Mapping | null
  areas: AreaMapping | null
}

const number = (text: string | null, otherwise: number): number => {
  const n = Number(text)
  return text !== null && text.trim() !== '' && Number.isFinite(n) ? n : otherwise
}
const bound = (text: string | null): number | null =>
  text === null || text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text)

/** Coordinates of a shape; null for a shape that is no place ("default", or broken numbers). An ellipse becomes a polygon. */
export function areaOf(element: Element): Area | null {
  const shape = (attr(element, 'shape') ?? '').toLowerCase()
  const at = (attr(element, 'coords') ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number)
  if (at.some((n) => !Number.isFinite(n))) return null
  if (shape === 'circle' && at.length >= 3) return { shape: 'circle', at: at.slice(0, 3) }
  if (shape === 'rect' && at.length >= 4) return { shape: 'rect', at: at.slice(0, 4) }
  if (shape === 'poly' && at.length >= 6) return { shape: 'poly', at: at.slice(0, at.length - (at.length % 2)) }
  if (shape === 'ellipse' && at.length >= 4) {
    const [x, y, rx, ry] = at as [number, number, number, number]
    const round = Array.from({ length: 16 }, (_, i) => [x + rx * Math.cos((i * Math.PI) / 8), y + ry * Math.sin((i * Math.PI) / 8)])
    return { shape: 'poly', at: round.flat().map((n) => Math.round(n * 10) / 10) }
  }
  return null
}

/** Mappings of QTI 3 ignore case unless they say otherwise; those of 2.x heed it. */
export function declarationsOf(item: Element, version3: boolean): Map<string, Declaration> {
  return new Map(
    childrenNamed(item, 'responsedeclaration').map((d) => {
      const mapping = childNamed(d, 'mapping')
      const areas = childNamed(d, 'areamapping')
      const correct = childNamed(d, 'correctresponse')
      const declared: Declaration = {
        id: attr(d, 'identifier') ?? '',
        cardinality: (attr(d, 'cardinality') ?? 'single').toLowerCase(),
        baseType: (attr(d, 'baseType') ?? 'identifier').toLowerCase(),
        correct: correct ? childrenNamed(correct, 'value').map((v) => textOf(v).replace(/\s+/g, ' ')) : [],
        mapping: mapping
          ? {
              entries: childrenNamed(mapping, 'mapentry').map((e) => ({
                key: (attr(e, 'mapKey') ?? '').replace(/\s+/g, ' ').trim(),
                value: number(attr(e, 'mappedValue'), 0),
                caseSensitive: attr(e, 'caseSensitive') === null ? !version3 : attr(e, 'caseSensitive') !== 'false',
              })),
              lower: bound(attr(mapping, 'lowerBound')),
              upper: bound(attr(mapping, 'upperBound')),
              otherwise: number(attr(mapping, 'defaultValue'), 0),
            }
          : null,
        areas: areas
          ? {
              areas: allNamed(areas, 'areamapentry').flatMap((e) => {
                const area = areaOf(e)
                return area ? [{ ...area, value: number(attr(e, 'mappedValue'), 0) }] : []
              }),
              lower: bound(attr(areas, 'lowerBound')),
              upper: bound(attr(areas, 'upperBound')),
              otherwise: number(attr(areas, 'defaultValue'), 0),
            }
          : null,
      }
      return [declared.id, declared]
    }),
  )
}

/** Points of one value in a mapping: the first entry that fits, or what all others get. */
export function mapped(mapping: Mapping, value: string): number {
  const same = (e: Mapping['entries'][number]) => e.key === value || (!e.caseSensitive && e.key.toLowerCase() === value.toLowerCase())
  return mapping.entries.find(same)?.value ?? mapping.otherwise
}

export const within = (points: number, { lower, upper }: { lower: number | null; upper: number | null }): number =>
  Math.min(upper ?? Infinity, Math.max(lower ?? -Infinity, points))
