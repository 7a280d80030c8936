import { z } from 'zod'

/** Words and limits of a lottery of seats, for screens and use cases. */

export const lotteryStates = { announced: 'Diumumkan', drawn: 'Sudah diundi', cancelled: 'Dibatalkan' } as const
export type LotteryState = keyof typeof lotteryStates

/**
 * Where a person stands: `certain` has a seat without a lot, a `candidate` waits for the draw, `drawn` has a seat of the first group,
 * `waiting` one of the second, `behind` stands beyond the band and follows with the second group, by rule and not by lot.
 */
export type Place = 'certain' | 'candidate' | 'drawn' | 'waiting' | 'behind'

/** How far around the chance from which support is offered a lot may decide, of 100. */
export const bandLimits = { least: 5, most: 30, shipped: 15 } as const

/** What a teacher reads of a lottery that holds one of the own steps. */
export type OwnLot = {
  stepId: string
  title: string
  state: 'announced' | 'drawn'
  place: Place
  ticket: number | null
  /** Among whom the lot decides, and over how many seats. */
  near: number
  left: number
  /** Days as YYYY-MM-DD. */
  drawOn: string
  secondOn: string
  commitment: string
  seed: string | null
  word: string | null
}

/** Why a step cannot be begun on `today`: the draw is still to come, or the turn of the second group is; null where nothing holds it back. */
export function heldBack(lot: Pick<OwnLot, 'state' | 'place' | 'secondOn'> | null, today: string): 'draw' | 'turn' | null {
  if (!lot || lot.place === 'certain' || lot.place === 'drawn') return null
  if (lot.state === 'announced') return 'draw'
  return lot.secondOn > today ? 'turn' : null
}

const day = z.iso.date()
/** What an office says when it announces a lottery. */
export const NewLottery = z.object({
  module: z.string().min(3).max(30),
  cycle: z.string().min(1).max(10),
  tier: z.string().regex(/^[a-z-]{3,20}$/),
  seats: z.coerce.number().int().min(1).max(2_000),
  /** Of 100. */
  band: z.coerce.number().min(bandLimits.least).max(bandLimits.most),
  drawOn: day,
  secondOn: day,
  note: z.string().trim().min(10).max(300),
})
export type NewLottery = z.infer<typeof NewLottery>

/** Said at the draw: something that nobody in the office chose. */
export const DrawWord = z.string().trim().min(2).max(60)
export const CancelReason = z.string().trim().min(10).max(300)
