import { z } from 'zod'

/** Of 100: large enough to tell a difference, small enough that few wait half a year for a result. */
export const firstTimerLimits = { least: 2, most: 30, shipped: 5 } as const
export const NewRetestDraw = z.object({
  share: z.coerce.number().min(firstTimerLimits.least).max(firstTimerLimits.most),
  note: z.string().trim().min(10).max(300),
})
