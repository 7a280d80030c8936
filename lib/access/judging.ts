/**
 * How many passwords are judged at a time. Each takes a thread of the same few that starts of tests need, so a flood of logins waits in
 * a line of its own, and beyond a length it is told to come again.
 */
const AT_ONCE = 2
const MOST_WAITING = 200

/** One line a process: the lane and the pages are built apart and run in one. */
const kept = globalThis as unknown as { petaguruJudging?: { under: number; waiting: (() => void)[] } }
const line = () => (kept.petaguruJudging ??= { under: 0, waiting: [] })

/** Does `work` when its turn comes; null when the line is too long. */
export async function judging<T>(work: () => Promise<T>): Promise<T | null> {
  const { waiting } = line()
  if (line().under >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) return null
    await new Promise<void>((go) => waiting.push(go))
  } else line().under++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else line().under--
  }
}
