import { spawn, type ChildProcess } from 'node:child_process'
import { environmentFor } from '@/lib/platform/config'
import { endProcess } from '@/lib/platform/supervise'

/** One part of the proof: a program of ours, what it is called on screen, and what it finds in its environment. */
export type Step = { name: string; args: string[]; env?: Record<string, string | undefined> }
export type Outcome = { name: string; ok: boolean; seconds: number }

const running = new Set<ChildProcess>()

/** Ends what still runs, for whoever breaks off. */
export const endSteps = (): Promise<unknown> => Promise.all([...running].map((child) => endProcess(child, 20_000)))

/** Runs one part to its end. `aside`: its words are kept and come in one piece afterwards, so that those of its neighbours stay readable. */
function runStep(step: Step, aside: boolean): Promise<Outcome> {
  console.log(`\n── ${step.name}${aside ? ' …' : ''}`)
  const began = Date.now()
  return new Promise((done) => {
    const env = environmentFor(step.env ?? {})
    const child = spawn(process.execPath, step.args, { stdio: aside ? ['ignore', 'pipe', 'pipe'] : 'inherit', env })
    running.add(child)
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (d: Buffer) => (said += d))
    child.once('close', (code) => {
      running.delete(child)
      const outcome = { name: step.name, ok: code === 0, seconds: Math.round((Date.now() - began) / 1000) }
      process.stdout.write(said)
      console.log(`── ${step.name}: ${outcome.ok ? 'baik' : 'GAGAL'} (${outcome.seconds} detik)`)
      done(outcome)
    })
  })
}

/** Runs lists of steps side by side, the steps of each list one after the other; every step is run, whatever became of another. */
export async function runSteps(...lists: Step[][]): Promise<Outcome[]> {
  const lanes = lists.filter((l) => l.length > 0)
  const one = async (list: Step[]) => {
    const outcomes: Outcome[] = []
    for (const step of list) outcomes.push(await runStep(step, lanes.length > 1))
    return outcomes
  }
  return (await Promise.all(lanes.map(one))).flat()
}
