/** What a piece of work costs while it runs: time, CPU and the most memory at one moment, of this process and of its PostgreSQL. Linux: /proc. */
import { readFileSync, readdirSync } from 'node:fs'
import { cpuOfPostgres } from './machine'

const LOOK_MS = 500

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
const kilobytes = (text: string, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)

/** Memory of a PostgreSQL server, MB: what its processes share is counted once (proportional set size). */
export function memoryOfPostgres(postmaster: number): number {
  let sum = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = / (\d+) /.exec(read(`/proc/${name}/stat`).replace(/^.*\) \S/, ''))?.[1]
    if (Number(name) === postmaster || Number(parent) === postmaster) sum += kilobytes(read(`/proc/${name}/smaps_rollup`), 'Pss')
  }
  return sum / 1024
}

export type Costs = { seconds: number; nodeCpu: number; postgresCpu: number; nodeMb: number; postgresMb: number; togetherMb: number }

/** Does `work` and answers what it cost. */
export async function costing<T>(postmaster: number, work: () => Promise<T>): Promise<{ value: T; costs: Costs }> {
  const [began, cpu, postgres] = [performance.now(), process.cpuUsage(), cpuOfPostgres(postmaster)]
  const most = { nodeMb: 0, postgresMb: 0, togetherMb: 0 }
  const look = () => {
    const [node, server] = [kilobytes(read('/proc/self/status'), 'VmRSS') / 1024, memoryOfPostgres(postmaster)]
    most.nodeMb = Math.max(most.nodeMb, node)
    most.postgresMb = Math.max(most.postgresMb, server)
    most.togetherMb = Math.max(most.togetherMb, node + server)
  }
  look()
  const watch = setInterval(look, LOOK_MS)
  try {
    const value = await work()
    look()
    const used = process.cpuUsage(cpu)
    return {
      value,
      costs: {
        seconds: (performance.now() - began) / 1000,
        nodeCpu: (used.user + used.system) / 1e6,
        postgresCpu: (cpuOfPostgres(postmaster) - postgres) / 1000,
        ...most,
      },
    }
  } finally {
    clearInterval(watch)
  }
}
