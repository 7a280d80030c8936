/** Builds what a browser is given, pages and the participant's page, once for a state of the sources. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildPlayer } from './build-player'
import { writeMathFont } from './math-font'
import { sourceFiles } from './sources'

const MARKER = join('.next', 'petaguru-build')

function buildHash(): string {
  const hash = createHash('sha256')
  for (const file of sourceFiles()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function runNextBuild(env: NodeJS.ProcessEnv, began: (child: ChildProcess) => void): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...env, NEXT_TELEMETRY_DISABLED: '1' },
    })
    began(child)
    let said = ''
    child.stdout.on('data', (d: Buffer) => (said += d))
    child.stderr.on('data', (d: Buffer) => (said += d))
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(said.slice(-4000)))))
  })
}

/** Builds unless the build that stands here is of these very sources. `began` is told of the process, so that it can be ended. */
export async function buildApplication(env: NodeJS.ProcessEnv, began: (child: ChildProcess) => void = () => undefined): Promise<void> {
  await writeMathFont()
  const hash = buildHash()
  if (existsSync(MARKER) && readFileSync(MARKER, 'utf8') === hash) return
  console.log('  Membangun aplikasi (sekali saja, sekitar satu atau dua menit) …')
  await runNextBuild(env, began)
  await buildPlayer()
  writeFileSync(MARKER, hash)
}
