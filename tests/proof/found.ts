import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'

/**
 * What the long simulations found, kept beside them: `npm run proof` writes it, documents show it between marks, and unit tests hold that both
 * are the same and that a short run still finds it. Nothing of it is typed in by hand.
 */

const folder = fileURLToPath(new URL('./findings/', import.meta.url))
const at = (name: string) => `${folder}${name}.json`

/** Keeps what a simulation found under its name. */
export function keep(name: string, found: unknown): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(at(name), `${JSON.stringify(found, null, 1)}\n`)
}

/** What was found under a name; null where the simulation has never run to its end. */
export const keptOrNull = <T>(name: string): T | null => (existsSync(at(name)) ? (JSON.parse(readFileSync(at(name), 'utf8')) as T) : null)

/** What was found under a name; throws where the simulation has never run to its end. */
export function kept<T>(name: string): T {
  const found = keptOrNull<T>(name)
  if (found === null) throw new Error(`Nothing was found as ${name} yet: npm run proof`)
  return found
}

const marks = (name: string) => [`<!-- found: ${name} -->`, `<!-- end: ${name} -->`] as const

/** What a document shows of a simulation: what stands between its marks. */
export function shownIn(file: string, name: string): string {
  const text = readFileSync(file, 'utf8')
  const [from, to] = marks(name)
  if (!text.includes(from) || !text.includes(to)) throw new Error(`${file} has no marks for ${name}`)
  return text.slice(text.indexOf(from) + from.length, text.indexOf(to)).trim()
}

const pause = new Int32Array(new SharedArrayBuffer(4))

/** Two proofs that end at once must not write one document over each other: whoever makes the folder writes. */
function alone(write: () => void): void {
  const turn = `${tmpdir()}/petaguru-proof-writes`
  for (let tries = 0; ; tries++) {
    try {
      mkdirSync(turn)
      break
    } catch (error) {
      if (tries > 200) throw error
      Atomics.wait(pause, 0, 0, 50)
    }
  }
  try {
    write()
  } finally {
    rmdirSync(turn)
  }
}

/** Puts a table between the marks of a document. */
export function show(file: string, name: string, table: () => string): void {
  alone(() => {
    shownIn(file, name)
    const text = readFileSync(file, 'utf8')
    const [from, to] = marks(name)
    writeFileSync(file, `${text.slice(0, text.indexOf(from) + from.length)}\n\n${table()}\n\n${text.slice(text.indexOf(to))}`)
  })
}

/** A table of Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
