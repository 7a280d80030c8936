import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'

/** Ends with SIGTERM like the programs of the house, after it has said so. */
const program = `
  process.on('SIGTERM', () => process.exit(0))
  setInterval(() => undefined, 1_000)
  process.stdout.write(String(process.pid) + '\\n')
`
const keeper = `
  require('node:child_process').spawn(process.execPath, ['--import', 'tsx', '--import', './scripts/kept.ts', '-e', ${JSON.stringify(program)}], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true,
  })
`
const lives = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it('a program in a session of its own ends when the one that kept it was killed, so that the next start finds the port free', async () => {
  const parent = spawn(process.execPath, ['-e', keeper], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [first] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(first.toString())
  expect(lives(pid)).toBe(true)
  parent.kill('SIGKILL')
  await expect.poll(() => lives(pid), { timeout: 30_000 }).toBe(false)
})
