/** The worker's side of documents: takes orders one after the other and has them made by a process that may be killed. */
import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { documentLimits, type Failure } from '@/lib/documents/model'
import { failDocument, leaseDocument, takeNextDocument } from '@/lib/documents/service'
import { log } from '@/lib/platform/log'
import { endProcess } from '@/lib/platform/supervise'

/** After so many documents another process takes its place: what it holds goes with it. */
const MOST_MADE = 50
const WATCH_MS = 1_000
const BEAT_MS = 5_000
const FAREWELL_MS = 2_000

const MAKER = fileURLToPath(new URL('./document-maker.ts', import.meta.url))

type Limits = { makeMs: number; memoryMb: number; heapMb: number }

/** Memory (MB) that a process holds; null where the system does not tell. */
function memoryOf(pid: number): number | null {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024 || null
  } catch {
    return null
  }
}

/** `script` is the program that makes documents; tests put another in its place. */
export function makeDocuments(clock: () => Date, { script = MAKER, limits = documentLimits }: { script?: string; limits?: Limits } = {}) {
  let child: ChildProcess | null = null
  let made = 0
  let stopping = false

  function launch(): ChildProcess {
    made = 0
    const started = fork(script, {
      execArgv: ['--import', 'tsx', `--max-old-space-size=${limits.heapMb}`],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    started.once('exit', () => {
      if (child === started) child = null
    })
    return started
  }
  /** Has one made; why there is none where the process did not come to an end with it, else null: then it has noted the end itself. */
  function make(id: string): Promise<Failure | null> {
    const maker = (child ??= launch())
    made++
    return new Promise((done) => {
      let reason: Failure = 'interrupted'
      const kill = (why: Failure) => {
        reason = why
        maker.kill('SIGKILL')
      }
      const late = setTimeout(() => kill('late'), limits.makeMs)
      const watch = setInterval(() => (memoryOf(maker.pid!) ?? 0) > limits.memoryMb && kill('memory'), WATCH_MS)
      const beat = setInterval(() => void leaseDocument(id, clock()).catch(() => undefined), BEAT_MS)
      const over = (failure: Failure | null) => {
        clearTimeout(late)
        clearInterval(watch)
        clearInterval(beat)
        maker.off('exit', ended)
        maker.off('message', heard)
        done(failure)
      }
      // A heap that is full ends the process with SIGABRT.
      const ended = (_code: number | null, signal: NodeJS.Signals | null) => over(signal === 'SIGABRT' ? 'memory' : reason)
      const heard = () => over(null)
      maker.once('exit', ended)
      maker.once('message', heard)
      maker.send(id, (error) => error && kill('interrupted'))
    })
  }

  return {
    /** Has the process ready before anybody asks: its start takes seconds. */
    warm(): void {
      child ??= launch()
    },
    /** Makes what waits, until nothing does. */
    async makeAll(): Promise<void> {
      for (;;) {
        const id = stopping ? null : await takeNextDocument(clock())
        if (!id) return
        const failure = await make(id)
        if (failure) {
          log().warn({ document: id, failure }, 'a document was given up')
          await failDocument(id, failure, clock())
        }
        if (child && made >= MOST_MADE) {
          void endProcess(child, FAREWELL_MS)
          child = launch()
        }
      }
    },
    /** Ends the process that makes documents; what it was making has failed and can be asked for again. */
    async stop(): Promise<void> {
      stopping = true
      if (child) await endProcess(child, FAREWELL_MS)
    },
    /** The process that makes documents, while there is one. */
    pid: (): number | null => child?.pid ?? null,
  }
}
