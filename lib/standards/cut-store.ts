import { uuidv7 } from 'uuidv7'
import { db, sql } from '@/lib/platform/db'

/** Cuts: the share of full credit from which somebody is competent, each with who decided it and why. */

export type CutRow = {
  id: string
  instrumentId: string
  panelId: string | null
  method: 'provisional' | 'angoff' | 'bookmark'
  share: number
  se: number | null
  recommended: number | null
  reason: string
  decidedAt: Date
}

/** Cuts of an instrument, newest first; the first is in force. */
export const cutsOf = (instrumentId: string) =>
  sql<CutRow>(
    `SELECT id, instrument_id AS "instrumentId", panel_id AS "panelId", method, share, se, recommended, reason, decided_at AS "decidedAt"
       FROM cut_score WHERE instrument_id = $1 ORDER BY decided_at DESC, id DESC`,
    [instrumentId],
  )

export async function addCut(cut: Omit<CutRow, 'id' | 'decidedAt'>, decidedBy: string | null, now: Date): Promise<string> {
  const id = uuidv7()
  await db().cutScore.create({ data: { id, ...cut, decidedBy, decidedAt: now } })
  return id
}

/** The newest cut of every instrument that has one. */
export const cutsInForce = () =>
  sql<CutRow>(
    `SELECT DISTINCT ON (instrument_id) id, instrument_id AS "instrumentId", panel_id AS "panelId", method, share, se, recommended, reason, decided_at AS "decidedAt"
       FROM cut_score ORDER BY instrument_id, decided_at DESC, id DESC`,
  )
