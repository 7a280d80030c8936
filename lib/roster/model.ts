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
  level: z.string().nullable().default(null),
  region: z.string().nullable().default(null),
})
export type RosterRow = z.infer<typeof RosterRow>

/** Something said about one cell: repaired (used, with what changed), warning (used as it stands, or left out), error (row rejected), asked (row waits for an answer). */
export const CellNote = z.object({
  sheet: z.string().default(''),
  row: z.number().int(),
  column: z.string(),
  kind: z.enum(['repaired', 'warning', 'error', 'asked']),
  message: z.string(),
})
export type CellNote = z.infer<typeof CellNote>

const rowVerdicts = ['new', 'changed', 'unchanged', 'asked', 'rejected', 'second'] as const
export type RowVerdict = (typeof rowVerdicts)[number]

export const PreviewRow = z.object({
  sheet: z.string().default(''),
  row: z.number().int(),
  /** `second`: the same person once more, at another school. */
  verdict: z.enum(rowVerdicts),
  teacherId: z.string().nullable(),
  schoolId: z.string().nullable(),
  data: RosterRow,
  /** What the file says in cells whose value was refused or left out, by the name of the column. */
  refused: z.record(z.string(), z.string()).default({}),
  changes: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
})
export type PreviewRow = z.infer<typeof PreviewRow>

/** A row that is no teacher, with the reason: nothing in the file is passed over in silence. */
export const SkippedRow = z.object({
  sheet: z.string(),
  row: z.number().int(),
  kind: z.enum(['title', 'header', 'numbers', 'total', 'signature', 'note', 'example']),
  text: z.string(),
})
export type SkippedRow = z.infer<typeof SkippedRow>
export const skippedNames: Record<SkippedRow['kind'], string> = {
  title: 'judul di atas tabel',
  header: 'judul kolom',
  numbers: 'nomor kolom',
  total: 'jumlah',
  signature: 'tanda tangan atau keterangan',
  note: 'bukan baris guru',
  example: 'contoh dari templat',
}

/** A question to the office, and what may be answered: `value` is what is kept, `said` how it is shown. */
export const Ask = z.object({
  kind: z.enum(['school', 'person']),
  key: z.string(),
  question: z.string(),
  rows: z.number().int(),
  firstRow: z.number().int(),
  choices: z.array(z.object({ value: z.string(), said: z.string() })),
  answer: z.string().nullable(),
})
export type Ask = z.infer<typeof Ask>

export const Preview = z.object({
  fileName: z.string(),
  sheet: z.string(),
  headerRow: z.number().int(),
  format: z.enum(['dapodik', 'template']),
  counts: z.object({
    rows: z.number(),
    new: z.number(),
    changed: z.number(),
    unchanged: z.number(),
    rejected: z.number(),
    asked: z.number().default(0),
    second: z.number().default(0),
  }),
  used: z.array(z.string()),
  dropped: z.array(z.string()),
  notes: z.array(CellNote),
  rows: z.array(PreviewRow),
  skipped: z.array(SkippedRow).default([]),
  /** Every sheet of the file, and whether it is read. `rows`: rows below its header; null without one. */
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean(), chosen: z.boolean(), rows: z.number().nullable() })).default([]),
  /** What must be decided before anything is imported: which sheets, or what the columns are. */
  open: z.enum(['sheets', 'columns']).nullable().default(null),
  /** Columns that were not understood, for mapping by hand. */
  unknown: z.array(z.object({ header: z.string(), field: z.string().nullable() })).default([]),
  asks: z.array(Ask).default([]),
  newSchools: z
    .array(z.object({ name: z.string(), npsn: z.string().nullable(), level: z.string(), region: z.string(), rows: z.number() }))
    .default([]),
})
export type Preview = z.infer<typeof Preview>

/** What the office decided about one file: kept with it, and what can help the next file is remembered. */
export const Choices = z.object({
  sheets: z.array(z.string()).optional(),
  /** Field of a column by its header in plain letters; empty: not used. */
  columns: z.record(z.string(), z.string()).optional(),
  /** Answers to questions by their key. */
  answers: z.record(z.string(), z.string()).optional(),
})
export type Choices = z.infer<typeof Choices>

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
