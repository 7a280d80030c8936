/** The side of `npm start` that keeps the loading of a demonstration alive until it has come to its end. */
import { spawn, type ChildProcess } from 'node:child_process'
import { environmentFor } from '@/lib/platform/config'
import { programOf } from '@/lib/platform/programs'
import { endProcess } from '@/lib/platform/supervise'

/** What the loading process tells: what the first minutes need is there, or these of it could not be loaded. */
export type Told = { first: true } | { failed: string[] }
/** It ends with this code when a step that failed is asked for again: the next process begins afresh. */
export const ASKED_AGAIN = 3

/** So many ends in a row that nobody asked for, and it is left alone; pages go on with what is there. */
const TRIES = 5
const STEADY_MS = 10_000
const PAUSE_MS = 1_000
/** Bulk rows live for a moment: room for them spares the collector a fifth of its work. */
const HEAP = ['--max-semi-space-size=32']
const { flags, file } = programOf('demonstration', ['configured'])
export const loadingArguments = [...HEAP, ...flags, file]

/**
 * Goes on loading as the owner. `first` resolves when what the first minutes need is there, and rejects when it cannot be loaded. `stop`
 * ends it in the middle of whatever it does: what a step has not finished is as if it had never begun.
 */
export function keepLoading(ownerUrl: string): { first: Promise<void>; stop: () => Promise<void> } {
  let child: ChildProcess | null = null
  let stopping = false
  let settle!: { there: () => void; not: (error: Error) => void }
  const first = new Promise<void>((there, not) => (settle = { there, not }))
  // Whoever is stopped before does not wait for it any more.
  first.catch(() => undefined)
  const once = () =>
    new Promise<number | null>((ended) => {
      child = spawn(process.execPath, loadingArguments, {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: environmentFor({ DATABASE_OWNER_URL: undefined, DATABASE_URL: ownerUrl }),
      })
      child.on('message', (m: Told) =>
        'first' in m ? settle.there() : settle.not(new Error(`Data peragaan tidak dapat dimuat: langkah ${m.failed.join(', ')} gagal.`)),
      )
      child.once('exit', ended)
    })
  const keep = async () => {
    for (let short = 0; short < TRIES;) {
      const began = Date.now()
      const code = await once()
      if (code === 0 || stopping) return
      short = code === ASKED_AGAIN || Date.now() - began > STEADY_MS ? 0 : short + 1
      await new Promise((r) => setTimeout(r, PAUSE_MS * 2 ** short))
      if (stopping) return
    }
    const sentence =
      'Pemuatan data peragaan berhenti berkali-kali; sebabnya tertulis di atas. Yang sudah termuat tetap ada; npm start berikutnya melanjutkan.'
    settle.not(new Error(sentence))
    console.error(`\n  ${sentence}\n`)
  }
  void keep()
  return {
    first,
    stop: async () => {
      stopping = true
      if (child) await endProcess(child, 2_000)
    },
  }
}
