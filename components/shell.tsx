import Link from 'next/link'
import { Brand } from './brand'
import { LeaveForm, PhoneHolder } from './phone'
import type { ReactNode } from 'react'
import type { Actor } from '@/lib/access/model'
import { roleNames } from '@/lib/access/model'
import { draftHolder, may, type Action } from '@/lib/access/service'
import { showsSimulatedData } from '@/lib/roster/service'

const places: { href: string; label: string; action: Action; roles: string[] }[] = [
  { href: '/guru', label: 'Beranda', action: 'test:take', roles: ['guru'] },
  { href: '/guru/hasil', label: 'Hasil', action: 'result:own', roles: ['guru'] },
  { href: '/guru/pengembangan', label: 'Pengembangan', action: 'plan:own', roles: ['guru'] },
  { href: '/tutor', label: 'Tutor Sebaya', action: 'tutor:own', roles: ['guru'] },
  { href: '/guru/data', label: 'Data saya', action: 'privacy:own', roles: ['guru'] },
  { href: '/pengawas', label: 'Ruang saya', action: 'room:watch', roles: ['pengawas'] },
  { href: '/sekolah', label: 'Sekolah saya', action: 'school:read', roles: ['kepala-sekolah'] },
  { href: '/dinas/peta', label: 'Peta', action: 'map:read', roles: ['dinas-provinsi', 'dinas-kabupaten'] },
  { href: '/dinas/pertumbuhan', label: 'Perubahan', action: 'map:read', roles: ['dinas-provinsi', 'dinas-kabupaten'] },
  { href: '/dinas/dukungan', label: 'Dukungan', action: 'support:read', roles: ['dinas-provinsi', 'dinas-kabupaten'] },
  { href: '/dinas/laporan', label: 'Laporan', action: 'report:export', roles: ['dinas-provinsi', 'dinas-kabupaten'] },
  { href: '/dinas/publik', label: 'Halaman publik', action: 'publication:public', roles: ['dinas-provinsi'] },
  { href: '/bgtk', label: 'Ringkasan', action: 'cycle:manage', roles: ['bgtk'] },
  { href: '/bgtk/peta', label: 'Peta', action: 'map:read', roles: ['bgtk'] },
  { href: '/bgtk/pertumbuhan', label: 'Perubahan', action: 'map:read', roles: ['bgtk'] },
  { href: '/bgtk/siklus', label: 'Siklus', action: 'cycle:manage', roles: ['bgtk'] },
  { href: '/bgtk/gladi', label: 'Gladi', action: 'cycle:manage', roles: ['bgtk'] },
  { href: '/bgtk/dukungan', label: 'Dukungan', action: 'support:manage', roles: ['bgtk'] },
  { href: '/bgtk/peserta', label: 'Guru', action: 'roster:read', roles: ['bgtk'] },
  { href: '/bgtk/instrumen', label: 'Instrumen', action: 'instrument:read', roles: ['bgtk'] },
  { href: '/pakar', label: 'Tugas', action: 'panel:judge', roles: ['pakar'] },
  { href: '/bgtk/analisis', label: 'Analisis butir', action: 'analysis:read', roles: ['bgtk', 'pakar'] },
  { href: '/bgtk/kalibrasi', label: 'Kalibrasi', action: 'calibration:run', roles: ['bgtk'] },
  { href: '/bgtk/batas', label: 'Batas', action: 'panel:manage', roles: ['bgtk'] },
  { href: '/bgtk/terbitan', label: 'Terbitan', action: 'publication:manage', roles: ['bgtk'] },
  { href: '/bgtk/laporan', label: 'Laporan', action: 'report:export', roles: ['bgtk'] },
  { href: '/bgtk/pengaturan', label: 'Pengaturan', action: 'rules:manage', roles: ['bgtk'] },
  { href: '/bgtk/pengguna', label: 'Pengguna', action: 'users:manage', roles: ['administrator'] },
  { href: '/bgtk/privasi', label: 'Privasi', action: 'privacy:manage', roles: ['bgtk', 'administrator'] },
  { href: '/bgtk/keamanan', label: 'Keamanan', action: 'policy:manage', roles: ['administrator'] },
  { href: '/bgtk/pekerjaan', label: 'Pekerjaan sistem', action: 'jobs:manage', roles: ['administrator', 'bgtk'] },
  { href: '/bgtk/audit', label: 'Catatan akses', action: 'audit:read', roles: ['administrator', 'bgtk'] },
]

/** The frame of every page behind the login: brand, places this actor may go, and the way out. */
export async function Shell({ actor, children }: { actor: Actor; children: ReactNode }) {
  // A place belongs to a role: it is shown to whoever may go there by that role, not by what another role allows.
  const by = (role: string): Actor => ({ ...actor, grants: actor.grants.filter((g) => g.role === role) })
  const shown = places.filter((p) => p.roles.some((r) => may(by(r), p.action)))
  const { holder, key } = draftHolder(actor)
  const simulated = await showsSimulatedData()
  return (
    <>
      <PhoneHolder holder={holder} teacherId={actor.teacherId} draftKey={key} />
      <a href="#isi" className="frame sr-only focus:not-sr-only focus:absolute focus:z-10 focus:m-2 focus:rounded focus:bg-card focus:p-2">
        Langsung ke isi
      </a>
      <header className="frame no-print border-b border-line bg-card">
        <div className="sasab" aria-hidden="true" />
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-4 px-4 pt-2">
          <Link href="/" aria-label="Petaguru, halaman depan" className="inline-flex min-h-11 items-center">
            <Brand />
          </Link>
          <LeaveForm className="flex min-w-0 items-center gap-3 text-sm">
            <span className="hidden min-w-0 truncate text-soft sm:block">
              {actor.name} · {actor.grants.map((g) => roleNames[g.role]).join(', ')}
            </span>
            <Link href="/akun" className="inline-flex min-h-11 items-center font-semibold text-leaf underline-offset-4 hover:underline">
              Akun
            </Link>
            <button type="submit" className="min-h-11 font-semibold text-leaf underline-offset-4 hover:underline">
              Keluar
            </button>
          </LeaveForm>
        </div>
        <nav aria-label="Bagian" className="mx-auto max-w-6xl overflow-x-auto px-2">
          <ul className="flex">
            {shown.map((p) => (
              <li key={p.href}>
                <Link
                  href={p.href}
                  className="inline-flex min-h-11 items-center whitespace-nowrap px-3 text-sm font-semibold text-ink hover:text-leaf hover:underline hover:underline-offset-8"
                >
                  {p.label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      {simulated && (
        <p role="note" className="frame bg-gold-pale px-4 py-1 text-center text-xs font-semibold">
          Instalasi peragaan: orang, sekolah, dan hasil di sini adalah data simulasi.
        </p>
      )}
      <main id="isi" className="mx-auto max-w-6xl px-4 py-6">
        {children}
      </main>
    </>
  )
}
