import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { availableParallelism, arch, cpus, platform, release, totalmem } from 'node:os'
import { phases, type Phase, type RehearsalRecord, type Times } from './model'

const RESOLUTION_MS = 10
const round = (x: number, digits = 1) => Math.round(x * 10 ** digits) / 10 ** digits

function timesOf(times: number[], failures: number): Times {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  const mean = round(sorted.reduce((a, b) => a + b, 0) / Math.max(1, sorted.length))
  return { requests: times.length + failures, failures, mean, p95: at(0.95), p99: at(0.99) }
}

/** Counts and times the requests of a rehearsal by phase, and watches the generator itself. */
export class Meter {
  private readonly of = new Map<Phase, { times: number[]; failures: number; from: number; to: number }>()
  private readonly lag = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  private readonly cpu = process.cpuUsage()
  private readonly began = performance.now()

  constructor() {
    this.lag.enable()
  }

  /** Does one request that was due at `due` (of `performance.now()`). A failure is counted and thrown on. */
  async timed(phase: Phase, due: number, work: () => Promise<void>): Promise<void> {
    const kept = this.of.get(phase) ?? { times: [], failures: 0, from: due, to: due }
    this.of.set(phase, kept)
    try {
      await work()
      kept.times.push(performance.now() - due)
    } catch (error) {
      kept.failures++
      throw error
    } finally {
      kept.to = performance.now()
    }
  }

  secondsOf(phase: Phase): number {
    const kept = this.of.get(phase)
    return kept ? round((kept.to - kept.from) / 1000) : 0
  }

  figures(connections: number): Pick<RehearsalRecord, 'total' | 'phases' | 'machine' | 'generator'> {
    this.lag.disable()
    const { user, system } = process.cpuUsage(this.cpu)
    const wall = performance.now() - this.began
    const late = (ns: number) => Math.max(0, round(ns / 1e6 - RESOLUTION_MS))
    const all = [...this.of.values()]
    return {
      total: timesOf(
        all.flatMap((k) => k.times),
        all.reduce((n, k) => n + k.failures, 0),
      ),
      phases: phases.flatMap((phase) => {
        const kept = this.of.get(phase)
        return kept ? [{ phase, ...timesOf(kept.times, kept.failures), seconds: this.secondsOf(phase) }] : []
      }),
      machine: {
        cpu: cpus()[0]?.model.trim() || '–',
        cores: availableParallelism(),
        memoryGb: Math.round(totalmem() / 2 ** 30),
        system: `${platform()} ${release()} ${arch()}`,
        node: process.version,
      },
      generator: {
        cpuShare: round((user + system) / 1000 / wall / availableParallelism(), 3),
        lagP99Ms: late(this.lag.percentile(99)),
        lagMaxMs: late(this.lag.max),
        connections,
      },
    }
  }
}
