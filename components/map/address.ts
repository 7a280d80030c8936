import type { MapFilter } from '@/lib/mapping/model'

const usual: Partial<MapFilter> = { tampilan: 'peta', bagian: '1', nilai: 'rata-rata' }

/** The filter as parameters of an address; what is usual is left out. */
export function paramsOf(filter: MapFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([name, value]) => value && usual[name as keyof MapFilter] !== value))
}

/** A page under a filter, with what is to change about it. */
export function addressOf(base: string, filter: MapFilter, change: Partial<MapFilter> = {}): string {
  const params = paramsOf({ ...filter, ...change })
  return params.size ? `${base}?${params}` : base
}

/** The page that says what can be done about a kabupaten, a subject (of the filter) or an indicator. */
export function responseAddress(base: string, filter: MapFilter, about: { wilayah?: string; indikator?: string; mapel?: string }): string {
  const { mapel = filter.mapel, ...where } = about
  const params = paramsOf({ ...filter, mapel, tampilan: 'peta' })
  for (const [name, value] of Object.entries(where)) if (value) params.set(name, value)
  return `${base}/tindakan?${params}`
}
