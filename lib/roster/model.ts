import { z } from 'zod'

/** One teacher as a roster file tells it, after cleaning. */
export const RosterRow = z.object({
  name: z.string(),
  nuptk: z.string().nullable(),
  nip: z.string().nullable(),
  sex: z.enum(['L', 'P']).nullable(),
  birthDate: z.string().nullable(),
  status: z.string().nullable(),
  role: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  subjectCode: z.string().nullable(),
  npsn: z.string().nullable(),
  schoolName: z.string().nullable(),
})
export type RosterRow = z.infer<typeof RosterRow>

/** Something said about one cell: repaired (used, with what changed), warning (used as it stands), error (row rejected). */
export const CellNote = z.object({
  row: z.number().int(),
  column: z.string(),
  kind: z.enum(['repaired', 'warning', 'error']),
  message: z.string(),
})
export type CellNote = z.infer<typeof CellNote>

const rowVerdicts = ['new', 'changed', 'unchanged', 'rejected'] as const

export const PreviewRow = z.object({
  row: z.number().int(),
  verdict: z.enum(rowVerdicts),
  teacherId: z.string().nullable(),
  schoolId: z.string().nullable(),
  data: RosterRow,
  changes: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
})
export type PreviewRow = z.infer<typeof PreviewRow>

export const Preview = z.object({
  fileName: z.string(),
  sheet: z.string(),
  headerRow: z.number().int(),
  format: z.enum(['dapodik', 'template']),
  counts: z.object({ rows: z.number(), new: z.number(), changed: z.number(), unchanged: z.number(), rejected: z.number() }),
  used: z.array(z.string()),
  dropped: z.array(z.string()),
  notes: z.array(CellNote),
  rows: z.array(PreviewRow),
})
export type Preview = z.infer<typeof Preview>

export type RegionRow = {
  id: string
  kemendagriCode: string
  bpsCode: string
  ministryCode: string
  name: string
  shortName: string
  kind: string
  areaKm2: number
  lat: number
  lon: number
  parentId: string | null
}
export type SubjectRow = { id: string; code: string; name: string; aliases: string[] }
