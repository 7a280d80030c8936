/** The worker's side of documents: takes orders one after the other and has them made by a process that may be killed. */
import type { ChildProcess } from 'node:child_process'
import { documentLimits, type Failure } from '@/lib/documents/model'
import { failDocument, leaseDocument, takeNextDocument } from '@/lib/documents/inside'
import { launchApart, watchOver } from '@/lib/platform/apart'
import { log } from '@/lib/platform/log'
import { endProcess } from '@/lib/platform/supervise'

/** After so many documents another process takes its place: what it holds goes with it. */
const MOST_MADE = 50
const BEAT_MS = 5_000
const FAREWELL_MS = 2_000
/** Nobody asked for a document for so long: the process goes, with the 130 MB that it holds; the next order starts another. */
const IDLE_MS = 300_000

type Limits = { makeMs: number; memoryMb: number; heapMb: number }

/** `program` is what makes documents; tests put another in its place. */
export function makeDocuments(
  clock: () => Date,
  { program = 'document-maker', limits = documentLimits }: { program?: string; limits?: Limits } = {},
) {
  let child: ChildProcess | null = null
  let made = 0
  let stopping = false
  let rest: NodeJS.Timeout | undefined

  function launch(): ChildProcess {
    made = 0
    const started = launchApart(program, limits.heapMb, 'ignore')
    started.once('exit', () => {
      if (child === started) child = null
    })
    return started
  }
  /** Ends the process once it has been idle for long; called anew, the time begins anew. */
  function endWhenIdle(): void {
    clearTimeout(rest)
    rest = setTimeout(() => {
      const idle = child
      child = null
      if (idle) void endProcess(idle, FAREWELL_MS)
    }, IDLE_MS).unref()
  }
  /** Has one made; why there is none where the process did not come to an end with it, else null: then it has noted the end itself. */
  function make(id: string): Promise<Failure | null> {
    const maker = (child ??= launch())
    made++
    return new Promise((done) => {
      const beat = setInterval(() => void leaseDocument(id, clock()).catch(() => undefined), BEAT_MS)
      const over = (failure: Failure | null) => {
        clearInterval(beat)
        maker.off('message', heard)
        done(failure)
      }
      const settle = watchOver(maker, { ms: limits.makeMs, memoryMb: limits.memoryMb }, (why) =>
        over(why === 'broken' ? 'interrupted' : why),
      )
      const heard = () => {
        settle()
        over(null)
      }
      maker.once('message', heard)
      maker.send(id, (error) => error && maker.kill('SIGKILL'))
    })
  }

  return {
    /** Has the process ready before anybody asks: its start takes seconds. */
    warm(): void {
      child ??= launch()
      endWhenIdle()
    },
    /** Makes what waits, until nothing does. */
    async makeAll(): Promise<void> {
      for (;;) {
        clearTimeout(rest)
        const id = stopping ? null : await takeNextDocument(clock())
        if (!id) return endWhenIdle()
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
