import { databaseAway } from './db'
import { log } from './log'

/** Work on many rows in which one bad row stops nobody. */

/** Told of a row whose work failed: what it is (`attempt:…`) and why. */
export type Tell = (object: string, error: unknown) => void
export const logged: Tell = (object, error) => log().error({ err: error, object }, 'one row failed')

/** Told of a failure, or thrown on where the database is away, because every other row would fare alike. */
export function told(tell: Tell, object: string, error: unknown): void {
  if (databaseAway(error)) throw error
  tell(object, error)
}

/** Works on rows one after the other, each by itself. Answers what came of those that did not fail. */
export async function rowByRow<T, R>(
  rows: readonly T[],
  work: (row: T) => Promise<R>,
  objectOf: (row: T) => string,
  tell: Tell,
): Promise<R[]> {
  const done: R[] = []
  for (const row of rows) {
    try {
      done.push(await work(row))
    } catch (error) {
      told(tell, objectOf(row), error)
    }
  }
  return done
}

/** Works on all rows in one statement, and where that fails on each by itself. */
export async function allOrRowByRow<T, R>(
  rows: readonly T[],
  work: (rows: T[]) => Promise<R[]>,
  objectOf: (row: T) => string,
  tell: Tell,
): Promise<R[]> {
  if (rows.length === 0) return []
  try {
    return await work([...rows])
  } catch (error) {
    if (databaseAway(error)) throw error
    return (await rowByRow(rows, (row) => work([row]), objectOf, tell)).flat()
  }
}
