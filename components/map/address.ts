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
