import { z } from 'zod'

export const competencyNames: Record<string, string> = { '4': 'Profesional', '1': 'Pedagogik', '2': 'Kepribadian', '3': 'Sosial' }
/** The order in which the four parts are taken and shown. */
export const competencyOrder = ['4', '1', '2', '3'] as const
export const defaultMinutes: Record<string, number> = { '4': 90, '1': 60, '2': 60, '3': 60 }

export const releaseRules = { immediate: 'Segera setelah bagian selesai', held: 'Ditahan sampai dirilis BGTK' } as const
export type ReleaseRule = keyof typeof releaseRules

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Tanggal belum diisi.')
const clock = z.string().regex(/^\d{2}:\d{2}$/, 'Jam belum diisi.')

export const NewCycle = z.object({
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9]{2,10}$/, 'Kode siklus: 2–10 huruf atau angka.'),
  name: z.string().trim().min(5, 'Nama siklus sedikitnya lima huruf.').max(120),
  series: z.string().trim().min(3, 'Seri sedikitnya tiga huruf.').max(60),
  startsOn: day,
  minutes: z.record(z.enum(competencyOrder), z.coerce.number().int().min(5).max(240)),
})

/** What a cycle is called and with which others it is read: may change while nobody has begun a test of it. */
export const CycleName = NewCycle.pick({ name: true, series: true })
/** A cycle with the structure of another: parts, sittings and rooms, moved to its first day. */
export const CycleCopy = NewCycle.pick({ code: true, name: true, series: true, startsOn: true })

/** Days from a cycle to its re-test: 26 weeks, so that the day of the week stays. */
export const DAYS_TO_FOLLOW_UP = 182

export const NewFollowUp = NewCycle.pick({ code: true, name: true, series: true, startsOn: true }).extend({
  absentees: z.boolean(),
  newcomers: z.boolean(),
})
export type NewFollowUp = z.infer<typeof NewFollowUp>

export const NewVenue = z.object({
  name: z.string().trim().min(3, 'Nama tempat sedikitnya tiga huruf.').max(120),
  regionId: z.uuid('Pilih kabupaten/kota.'),
  address: z.string().trim().max(200).optional(),
  capacity: z.coerce.number().int().min(1).max(5000).optional(),
})

export const VenueCapacity = NewVenue.shape.capacity.unwrap()

const sittingFields = z.object({
  name: z.string().trim().min(3, 'Nama sesi sedikitnya tiga huruf.').max(120),
  day,
  opens: clock,
  closes: clock,
  releaseRule: z.enum(['immediate', 'held']),
})
const inOrder = (s: { opens: string; closes: string }) => s.opens < s.closes
const disorder = { message: 'Jam tutup harus sesudah jam buka.', path: ['closes'] }

export const NewSitting = sittingFields.extend({ cycleId: z.uuid(), venueId: z.uuid('Pilih tempat tes.') }).refine(inOrder, disorder)

/** What may change of a sitting until its code can be read. */
export const SittingPlan = sittingFields.refine(inOrder, disorder)
export type SittingPlan = z.infer<typeof SittingPlan>

/** Which teachers are meant: by at least one filter or by a list; nobody is ever added by saying nothing. */
export const ParticipantFilter = z
  .object({
    regionId: z.union([z.uuid(), z.literal('')]).optional(),
    levelCode: z.string().max(8).optional(),
    subjectId: z.union([z.uuid(), z.literal('')]).optional(),
    npsn: z.string().trim().max(12).optional(),
    identifiers: z.string().max(400_000).optional(),
    roomSize: z.coerce.number().int().min(1).max(500).default(20),
  })
  .refine((f) => [f.regionId, f.levelCode, f.subjectId, f.npsn, f.identifiers].some((v) => v?.trim()), {
    message: 'Pilih sedikitnya satu saringan, atau tempel daftar nomor.',
    path: ['regionId'],
  })
export type ParticipantFilter = z.infer<typeof ParticipantFilter>

/** Participants on one page of a sitting's list. */
export const SEATS_A_PAGE = 25
/** Rooms on one page of a sitting. */
export const ROOMS_A_PAGE = 25

export const attendanceNames = { unknown: 'Belum dicatat', present: 'Hadir', absent: 'Tidak hadir' } as const

export const incidentKinds = {
  jaringan: 'Jaringan',
  listrik: 'Listrik',
  perangkat: 'Perangkat',
  peserta: 'Peserta',
  lain: 'Lain-lain',
} as const

/** A grant of time as the clock reads it; a pause without an end is still running. */
export type AllowanceRow = { kind: 'extend' | 'pause'; seconds: number | null; startedAt: Date; endedAt: Date | null }
