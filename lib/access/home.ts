import type { Grant, Role } from './model'

const homes: [Role, string][] = [
  ['bgtk', '/beranda'],
  ['dinas-provinsi', '/beranda'],
  ['dinas-kabupaten', '/beranda'],
  ['kepala-sekolah', '/sekolah'],
  ['pengawas', '/pengawas'],
  ['pakar', '/pakar'],
  ['administrator', '/beranda'],
  ['guru', '/guru'],
]

/** The first page of an actor: that of the widest role. */
export function homeOf(actor: { grants: Grant[] }): string {
  return homes.find(([role]) => actor.grants.some((g) => g.role === role))?.[1] ?? '/'
}
