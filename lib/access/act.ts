import { inTransaction, type Transaction } from '@/lib/platform/db'
import type { Result } from '@/lib/platform/result'

class Undone extends Error {
  constructor(readonly refusal: Result<never>) {
    super('refused')
  }
}

/**
 * One act: everything that `work` changes through stores and the lines of the log that tell of it, whole or not at all. A refusal undoes
 * what was begun, so that "nothing has changed" is true; so does a line that cannot be written. What must stay after a refusal (a try
 * that is counted) does not belong in here.
 */
export async function act<T>(work: (tx: Transaction) => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await inTransaction(async (tx) => {
      const result = await work(tx)
      if (!result.ok) throw new Undone(result)
      return result
    })
  } catch (error) {
    if (error instanceof Undone) return error.refusal
    throw error
  }
}
