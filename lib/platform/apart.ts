import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { environmentFor } from './config'
import { programOf } from './programs'

/** Work on what strangers made, in a process of its own that yields to everybody and may be killed: whatever it meets, phones are answered. */

export type ApartLimits = { ms: number; heapMb: number; memoryMb: number }
/** Why such work came to no end. */
export type ApartFailure = 'late' | 'memory' | 'broken'

const WATCH_MS = 500

/** Memory (MB) that a process holds; null where the system does not tell. */
export function memoryOf(pid: number): number | null {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024 || null
  } catch {
    return null
  }
}

/** Starts a program of ours, by its name in scripts, with a heap of so many MB. */
export function launchApart(program: string, heapMb: number, stdin: 'pipe' | 'ignore'): ChildProcess {
  // Taken so, because the bundler of the pages would take a program that it sees started for a module of theirs.
  const { fork } = process.getBuiltinModule('node:child_process')
  const { flags, file } = programOf(program)
  return fork(file, {
    execArgv: [...flags, `--max-old-space-size=${heapMb}`],
    stdio: [stdin, 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
    // Letters in drawn pictures come with the product, whatever the machine has installed.
    env: environmentFor({ FONTCONFIG_FILE: resolve('scripts/fonts.conf') }),
    // A session of its own, which it can lower as a whole (yielding.ts).
    detached: process.platform !== 'win32',
  })
}

/** Ends a process that takes too long or too much; `over` hears once why it ended by itself or was ended, and `settle` stops the watch. */
export function watchOver(
  child: ChildProcess,
  limits: Pick<ApartLimits, 'ms' | 'memoryMb'>,
  over: (why: ApartFailure) => void,
): () => void {
  let why: ApartFailure = 'broken'
  const kill = (reason: ApartFailure) => {
    why = reason
    child.kill('SIGKILL')
  }
  const late = setTimeout(() => kill('late'), limits.ms)
  const watch = setInterval(() => (memoryOf(child.pid ?? 0) ?? 0) > limits.memoryMb && kill('memory'), WATCH_MS)
  const settle = () => {
    clearTimeout(late)
    clearInterval(watch)
    child.off('exit', ended)
    child.off('error', ended)
  }
  // A heap that is full ends the process with SIGABRT.
  const ended = (_code: unknown, signal?: unknown) => {
    settle()
    over(signal === 'SIGABRT' ? 'memory' : why)
  }
  child.once('exit', ended)
  child.once('error', ended)
  return settle
}

/** Gives bytes to a program of ours and answers what it makes of them, or why it came to no end. */
export const workApart = <T>(program: string, bytes: Uint8Array, limits: ApartLimits): Promise<{ made: T } | { failed: ApartFailure }> =>
  new Promise((done) => {
    const child = launchApart(program, limits.heapMb, 'pipe')
    const settle = watchOver(child, limits, (failed) => done({ failed }))
    child.once('message', (made) => {
      settle()
      done({ made: made as T })
      child.kill()
    })
    // A process that is gone takes no more bytes; that it is gone is heard above.
    child.stdin!.on('error', () => undefined)
    child.stdin!.end(bytes)
  })
