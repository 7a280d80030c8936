import { AsyncLocalStorage } from 'node:async_hooks'
import type { AuditRow } from './audit-row'

/**
 * A document that is made ahead of its handing over shows nothing to anybody yet: what its use cases would write into the log is kept,
 * and written whenever somebody is given it (decision 029). A line that belongs to a transaction is of an act, and is written with it.
 */
/** A line as it was kept. */
export type KeptLine = AuditRow

const making = new AsyncLocalStorage<KeptLine[]>()

/** Whether the line was kept for later, because a document is being made. */
export function keptForLater(row: AuditRow): boolean {
  const lines = making.getStore()
  lines?.push(row)
  return lines !== undefined
}

/** Runs the making of a document; answers what it made and the lines that its handing over owes. */
export async function linesForLater<T>(work: () => Promise<T>): Promise<{ value: T; lines: KeptLine[] }> {
  const lines: KeptLine[] = []
  return { value: await making.run(lines, work), lines }
}
