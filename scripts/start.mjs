/** `npm start`: prepares, puts our programs into files that Node.js reads as they are, then hands over to one of them, scripts/serve.ts. */
import { spawn } from 'node:child_process'
import { bundled, bundlePrograms } from './bundle.mjs'
import { prepare } from './prepare.mjs'

prepare()
const programs = await bundlePrograms()
const child = spawn(process.execPath, [...bundled(programs, 'serve', ['configured', 'waiting']), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 0))
