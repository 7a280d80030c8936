import { uuidv7 } from 'uuidv7'
import { sql, type Transaction } from '@/lib/platform/db'
import type { Office } from './public-model'

export type Decision = { office: Office; open: boolean; setBy: string | null; name: string; at: Date }

const COLUMNS = `office, open, set_by AS "setBy", name, at`

/** The newest decision of each office. */
export const decisions = () => sql<Decision>(`SELECT DISTINCT ON (office) ${COLUMNS} FROM public_switch ORDER BY office, at DESC, id DESC`)

/** All decisions, newest first. */
export const allDecisions = () => sql<Decision>(`SELECT ${COLUMNS} FROM public_switch ORDER BY at DESC, id DESC`)

export const addDecision = (tx: Transaction, d: Decision) =>
  tx.query(`INSERT INTO public_switch (id, office, open, set_by, name, at) VALUES ($1, $2, $3, $4, $5, $6)`, [
    uuidv7(),
    d.office,
    d.open,
    d.setBy,
    d.name,
    d.at,
  ])
