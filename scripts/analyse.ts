/** `npm run -s analyse -- COMMAND …`: the measurement engine for experts. One JSON document on stdout; problems on stderr, status 2. */
import { runCalibrate } from './analyse/calibrate'
import { runAiken, runClassify, runCtt, runDif, runFit, runLink, runScore } from './analyse/commands'
import { InputError } from './analyse/files'

const commands: Record<string, (argv: string[]) => unknown> = {
  ctt: runCtt,
  calibrate: runCalibrate,
  score: runScore,
  dif: runDif,
  link: runLink,
  fit: runFit,
  aiken: runAiken,
  classify: runClassify,
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', () => process.exit(0))

const [name, ...argv] = process.argv.slice(2)
const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name]
if (!command) {
  console.error(`Usage: npm run -s analyse -- ${Object.keys(commands).join(' | ')} …   (options: docs/analyse.md)`)
  process.exit(2)
}
try {
  const text = JSON.stringify(command(argv)) + '\n'
  process.stdout.write(text, () => process.exit(0))
} catch (error) {
  // A broken run is told apart from a wrong input by its stack.
  console.error(error instanceof InputError ? error.message : error)
  process.exit(2)
}
