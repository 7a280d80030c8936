import { z } from 'zod'

export const roles = ['guru', 'pengawas', 'pakar', 'kepala-sekolah', 'dinas-kabupaten', 'dinas-provinsi', 'bgtk', 'administrator'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

export const roleNames: Record<Role, string> = {
  guru: 'Guru',
  pengawas: 'Pengawas ruang',
  pakar: 'Pakar',
  'kepala-sekolah': 'Kepala sekolah',
  'dinas-kabupaten': 'Dinas kabupaten/kota',
  'dinas-provinsi': 'Disdikbud provinsi',
  bgtk: 'BGTK',
  administrator: 'Administrator',
}

/** A role with its scope. Empty `levelCodes` means every level the role may see. */
export type Grant = { role: Role; regionId: string | null; schoolId: string | null; levelCodes: string[] }

/** Whoever acts: an account, or a participant who came with a card. */
export type Actor = {
  userId: string | null
  seatId: string | null
  teacherId: string | null
  name: string
  grants: Grant[]
}

/** Lines of the log outlive a teacher's data, so they hold her key and never her name; whoever works in an office is named. */
export const nameInAudit = (actor: Actor): string =>
  actor.grants.length > 0 && actor.grants.every((g) => g.role === 'guru') ? 'Guru' : actor.name

/** How far one grant carries an action. What is null narrows nothing. */
export type Reaching = {
  role: Role
  regionId: string | null
  schoolId: string | null
  levelCodes: string[] | null
  /** The rooms that the actor was put into, or the rows that name the actor; null: whatever lies in the place. */
  only: 'rooms' | 'own' | null
}

/**
 * How far an actor's grants carry an action, each by itself: what one of them reaches is reached, and no two of them together reach more
 * (decision 043). `reach.ts` asks it about places, rows and SQL.
 */
export type Scope = readonly Reaching[]

export class Forbidden extends Error {
  constructor(readonly action: string) {
    super('Anda tidak memiliki kewenangan untuk ini. Data tetap aman; hubungi administrator bila ini keliru.')
    this.name = 'Forbidden'
  }
}

export const CardLogin = z.object({
  number: z.string().trim().min(3).max(40),
  code: z.string().trim().min(4).max(40),
})
export const AccountLogin = z.object({ email: z.string().trim().toLowerCase().min(3).max(200), password: z.string().min(1).max(200) })

/** Whoever a login lets in, as a phone names its holder (decision 032): the seat of a card, or an account. */
export const holderOf = (actor: Pick<Actor, 'seatId' | 'userId'>): string =>
  actor.seatId ? `kursi:${actor.seatId}` : `akun:${actor.userId}`
