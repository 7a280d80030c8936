import type { Actor, Role } from '@/lib/access/model'
import { may, type Action } from '@/lib/access/service'

/** Where each role may go: the one list that the side bar, the sheet of a phone and the search read. */

export const groupNames = {
  beranda: '',
  saya: '',
  hasil: 'Hasil',
  tes: 'Tes',
  butir: 'Butir',
  dukungan: 'Dukungan',
  kelola: 'Kelola',
} as const
export type Group = keyof typeof groupNames

/** `below`: other addresses at which this place is the current one. `words`: what else somebody may call it. */
export type Place = { href: string; label: string; group: Group; action: Action; roles: Role[]; below?: string[]; words?: string }

const dinas: Role[] = ['dinas-provinsi', 'dinas-kabupaten']

const places: Place[] = [
  { href: '/beranda', label: 'Beranda', group: 'beranda', action: 'map:read', roles: ['bgtk', ...dinas], words: 'ringkasan pekerjaan' },
  { href: '/beranda', label: 'Beranda', group: 'beranda', action: 'users:manage', roles: ['administrator'] },
  { href: '/guru', label: 'Beranda', group: 'saya', action: 'test:take', roles: ['guru'] },
  { href: '/guru/hasil', label: 'Hasil', group: 'saya', action: 'result:own', roles: ['guru'], words: 'nilai skor' },
  { href: '/guru/pengembangan', label: 'Pengembangan', group: 'saya', action: 'plan:own', roles: ['guru'], words: 'rencana belajar modul' },
  { href: '/tutor', label: 'Tutor Sebaya', group: 'saya', action: 'tutor:own', roles: ['guru'], words: 'pasangan pertemuan' },
  {
    href: '/guru/data',
    label: 'Data saya',
    group: 'saya',
    action: 'privacy:own',
    roles: ['guru'],
    below: ['/guru/pembuka'],
    words: 'pribadi',
  },
  { href: '/pengawas', label: 'Ruang saya', group: 'saya', action: 'room:watch', roles: ['pengawas'], words: 'pengawasan' },
  { href: '/sekolah', label: 'Sekolah saya', group: 'saya', action: 'school:read', roles: ['kepala-sekolah'] },
  { href: '/pakar', label: 'Tugas', group: 'saya', action: 'panel:judge', roles: ['pakar'], words: 'panel telaah uraian' },
  {
    href: '/peta',
    label: 'Peta',
    group: 'hasil',
    action: 'map:read',
    roles: ['bgtk', ...dinas],
    below: ['/sekolah/'],
    words: 'kabupaten rata-rata persen kompeten sebaran indikator',
  },
  {
    href: '/perubahan',
    label: 'Perubahan',
    group: 'hasil',
    action: 'map:read',
    roles: ['bgtk', ...dinas],
    words: 'pertumbuhan kesenjangan',
  },
  {
    href: '/laporan',
    label: 'Laporan',
    group: 'hasil',
    action: 'report:export',
    roles: ['bgtk', ...dinas],
    words: 'ekspor unduh excel csv',
  },
  { href: '/bgtk/terbitan', label: 'Terbitan', group: 'hasil', action: 'publication:manage', roles: ['bgtk'], words: 'publikasi snapshot' },
  { href: '/halaman-publik', label: 'Halaman publik', group: 'hasil', action: 'publication:public', roles: ['bgtk', 'dinas-provinsi'] },
  {
    href: '/bgtk/siklus',
    label: 'Siklus dan sesi',
    group: 'tes',
    action: 'cycle:manage',
    roles: ['bgtk'],
    below: ['/bgtk/sesi'],
    words: 'jadwal kartu lokasi peserta',
  },
  {
    href: '/bgtk/hari',
    label: 'Hari ini untuk tamu',
    group: 'tes',
    action: 'cycle:manage',
    roles: ['bgtk'],
    words: 'tamu gubernur kunjungan layar dinding hari tes',
  },
  { href: '/bgtk/gladi', label: 'Gladi', group: 'tes', action: 'cycle:manage', roles: ['bgtk'], words: 'uji coba latihan' },
  {
    href: '/bgtk/instrumen',
    label: 'Instrumen',
    group: 'butir',
    action: 'instrument:read',
    roles: ['bgtk'],
    words: 'soal formulir kisi-kisi',
  },
  { href: '/bgtk/analisis', label: 'Analisis butir', group: 'butir', action: 'analysis:read', roles: ['bgtk', 'pakar'] },
  { href: '/bgtk/kalibrasi', label: 'Kalibrasi', group: 'butir', action: 'calibration:run', roles: ['bgtk'], words: 'skor rilis tautan' },
  { href: '/bgtk/batas', label: 'Batas kompeten', group: 'butir', action: 'panel:manage', roles: ['bgtk'], words: 'panel penetapan' },
  { href: '/dukungan', label: 'Kemajuan dukungan', group: 'dukungan', action: 'support:read', roles: dinas },
  {
    href: '/bgtk/dukungan',
    label: 'Dukungan',
    group: 'dukungan',
    action: 'support:manage',
    roles: ['bgtk'],
    words: 'tingkat dukungan biaya aturan katalog modul kelas undian pelatihan',
  },
  {
    href: '/bgtk/dukungan/tutor',
    label: 'Tutor Sebaya',
    group: 'dukungan',
    action: 'support:manage',
    roles: ['bgtk'],
    words: 'pencocokan',
  },
  { href: '/bgtk/dukungan/keberatan', label: 'Keberatan', group: 'dukungan', action: 'objection:answer', roles: ['bgtk'] },
  {
    href: '/bgtk/peserta',
    label: 'Guru',
    group: 'kelola',
    action: 'roster:read',
    roles: ['bgtk'],
    below: ['/data-guru'],
    words: 'data guru sekolah impor',
  },
  {
    href: '/bgtk/pengaturan',
    label: 'Pengaturan',
    group: 'kelola',
    action: 'rules:manage',
    roles: ['bgtk'],
    words: 'aturan bobot batas sementara',
  },
  { href: '/bgtk/pengguna', label: 'Pengguna', group: 'kelola', action: 'users:manage', roles: ['administrator'], words: 'akun peran' },
  {
    href: '/bgtk/privasi',
    label: 'Privasi',
    group: 'kelola',
    action: 'privacy:manage',
    roles: ['bgtk', 'administrator'],
    words: 'hak permintaan',
  },
  { href: '/bgtk/keamanan', label: 'Keamanan', group: 'kelola', action: 'policy:manage', roles: ['administrator'] },
  {
    href: '/bgtk/pekerjaan',
    label: 'Pekerjaan sistem',
    group: 'kelola',
    action: 'jobs:manage',
    roles: ['administrator', 'bgtk'],
    words: 'antrean gagal',
  },
  {
    href: '/bgtk/audit',
    label: 'Catatan akses',
    group: 'kelola',
    action: 'audit:read',
    roles: ['administrator', 'bgtk'],
    words: 'log siapa membuka',
  },
]

/** The places of this actor in the order of their groups. A place belongs to a role: it is shown to whoever may go there by that role. */
export function placesOf(actor: Actor): Place[] {
  const by = (role: Role): Actor => ({ ...actor, grants: actor.grants.filter((g) => g.role === role) })
  const open = places.filter((p) => p.roles.some((role) => may(by(role), p.action)))
  return open.filter((p, i) => open.findIndex((o) => o.href === p.href) === i)
}
