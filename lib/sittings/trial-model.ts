import { z } from 'zod'

/** People of the house who try the forms of a cycle before its day. */
export const trialLimits = { least: 1, most: 60, shipped: 6 } as const

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Tanggal belum diisi.')
const clock = z.string().regex(/^\d{2}:\d{2}$/, 'Jam belum diisi.')
export const NewTrial = z
  .object({
    venueId: z.uuid('Pilih tempat.'),
    day,
    opens: clock,
    closes: clock,
    people: z.coerce.number().int().min(trialLimits.least).max(trialLimits.most),
  })
  .refine((t) => t.opens < t.closes, { message: 'Jam tutup harus sesudah jam buka.', path: ['closes'] })
