/** What the machine is, and what processes have cost on it so far. Linux: /proc. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { arch, cpus, platform, release, totalmem } from 'node:os'

export type Machine = { cpu: string; cores: number; memoryGb: number; system: string; node: string }

export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() || 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
  }
}

/** Clock ticks a second of /proc/<pid>/stat: 100 on every Linux that Node runs on. */
const TICK_MS = 10

type Stat = { parent: number; own: number; reaped: number }

function stat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const f = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    return { parent: f[1]!, own: (f[11]! + f[12]!) * TICK_MS, reaped: (f[13]! + f[14]!) * TICK_MS }
  } catch {
    return null
  }
}

/** CPU-milliseconds of one process so far. */
export const cpuOf = (pid: number): number => stat(pid)?.own ?? 0

/** CPU-milliseconds of a PostgreSQL server so far: the postmaster, its living processes, and those that it has reaped. */
export function cpuOfPostgres(postmaster: number): number {
  const first = stat(postmaster)
  if (!first) return 0
  let sum = first.own + first.reaped
  for (const name of readdirSync('/proc')) {
    const s = /^\d+$/.test(name) ? stat(Number(name)) : null
    if (s?.parent === postmaster) sum += s.own
  }
  return sum
}

export const measurable = (): boolean => existsSync('/proc/self/stat')

/** The value below which `share` of the sorted values lie. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! : NaN

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
