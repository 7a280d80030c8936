import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * What the long simulations found, kept beside them: `npm run proof` writes it, documents show it between marks, and unit tests hold that both
 * are the same and that a short run still finds it. Nothing of it is typed in by hand.
 */

const folder = fileURLToPath(new URL('./found/', import.meta.url))
const at = (name: string) => `${folder}${name}.json`

/** Keeps what a simulation found under its name. */
export function keep(name: string, found: unknown): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(at(name), `${JSON.stringify(found, null, 1)}\n`)
}

/** What was found under a name; throws where the simulation has never run. */
export function kept<T>(name: string): T {
  if (!existsSync(at(name))) throw new Error(`Nothing was found as ${name} yet: npm run proof`)
  return JSON.parse(readFileSync(at(name), 'utf8')) as T
}

const marks = (name: string) => [`<!-- found: ${name} -->`, `<!-- end: ${name} -->`] as const

/** What a document shows of a simulation: what stands between its marks. */
export function shownIn(file: string, name: string): string {
  const text = readFileSync(file, 'utf8')
  const [from, to] = marks(name)
  if (!text.includes(from) || !text.includes(to)) throw new Error(`${file} has no marks for ${name}`)
  return text.slice(text.indexOf(from) + from.length, text.indexOf(to)).trim()
}

/** Puts a table between the marks of a document. */
export function show(file: string, name: string, table: string): void {
  const text = readFileSync(file, 'utf8')
  const [from, to] = marks(name)
  shownIn(file, name)
  writeFileSync(file, `${text.slice(0, text.indexOf(from) + from.length)}\n\n${table}\n\n${text.slice(text.indexOf(to))}`)
}

/** A table of Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
