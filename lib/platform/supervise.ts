import type { ChildProcess } from 'node:child_process'

/** How patient a supervisor is: pauses double from `firstPause` to `longestPause`; who lives for `steady` counts as up. In ms. */
export type Patience = { firstPause: number; longestPause: number; steady: number; tries: number; farewell: number }

const usual: Patience = { firstPause: 250, longestPause: 15_000, steady: 10_000, tries: 5, farewell: 12_000 }

export type Supervised = { stop: () => Promise<void> }

const alive = (child: ChildProcess | null): child is ChildProcess => child !== null && child.exitCode === null && child.signalCode === null

/** Ends a process: asks, waits for its farewell, and insists when that takes too long. */
export function endProcess(child: ChildProcess, farewell: number): Promise<void> {
  return new Promise((done) => {
    if (!alive(child) || child.pid === undefined) return done()
    const insist = setTimeout(() => child.kill('SIGKILL'), farewell)
    child.once('exit', () => {
      clearTimeout(insist)
      done()
    })
    child.kill('SIGTERM')
  })
}

/**
 * Keeps a process alive: when it ends it is started again after a pause that grows while it does not stay up. Who fails to
 * stay up `tries` times in a row is given up, with one sentence for the person at the console. `restarted` hears how often in a row it did not stay up.
 */
export function supervise(
  name: string,
  launch: () => ChildProcess,
  heard: { restarted?: (pause: number, times: number) => void; gaveUp: (sentence: string) => void },
  patience: Partial<Patience> = {},
): Supervised {
  const p = { ...usual, ...patience }
  let child: ChildProcess | null = null
  let timer: NodeJS.Timeout | undefined
  let stopping = false
  let short = 0

  const begin = () => {
    const at = Date.now()
    let over = false
    const ended = () => {
      if (over || stopping) return
      over = true
      short = Date.now() - at >= p.steady ? 0 : short + 1
      if (short >= p.tries) {
        return heard.gaveUp(
          `${name} berhenti ${p.tries} kali berturut-turut segera setelah dijalankan; sebabnya tertulis di atas. Perbaiki, lalu jalankan npm start lagi. Data dan jawaban yang tersimpan tetap aman.`,
        )
      }
      const pause = Math.min(p.longestPause, p.firstPause * 2 ** short)
      heard.restarted?.(pause, short)
      timer = setTimeout(begin, pause)
    }
    child = launch()
    child.once('exit', ended)
    child.once('error', ended)
  }
  begin()

  return {
    stop: async () => {
      stopping = true
      clearTimeout(timer)
      if (child) await endProcess(child, p.farewell)
    },
  }
}
