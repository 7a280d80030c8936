/** `npm start`: prepares, then hands over to scripts/serve.ts, which speaks TypeScript. */
import { spawn } from 'node:child_process'
import { prepare, typescript } from './prepare.mjs'

prepare()
const child = spawn(process.execPath, [...typescript, '--import', './scripts/waiting.ts', 'scripts/serve.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 0))
