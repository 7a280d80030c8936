import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const ended = (body: string) =>
  new Promise<{ code: number | null; signal: string | null }>((done) => {
    const script = `import { endWhenHung } from './lib/platform/loop-watch.ts'\nendWhenHung(600)\n${body}`
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: 'ignore' })
    child.on('exit', (code, signal) => done({ code, signal }))
  })

describe('a process whose loop stands still', () => {
  it('ends, so that it can be started again', async () => {
    expect(await ended('for (;;);')).toEqual({ code: null, signal: 'SIGKILL' })
  }, 60_000)
  it('goes on where it comes back, and leaves when its work is done', async () => {
    const busy = 'const until = Date.now() + 150; while (Date.now() < until); setTimeout(() => {}, 50)'
    expect(await ended(busy)).toEqual({ code: 0, signal: null })
  }, 60_000)
})
