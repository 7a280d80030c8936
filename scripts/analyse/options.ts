import { parseArgs } from 'node:util'
import { InputError } from './files'

/** Options of one command, each used at most once; `need` refuses a missing one, `choice` an unknown value. */
export type Options = {
  text(name: string): string | undefined
  need(name: string): string
  list(name: string): string[]
  number(name: string, fallback: number): number
  choice<T extends string>(name: string, values: readonly T[], fallback?: T): T
  flag(name: string): boolean
}

/** `--cut -0.5` as one argument, because a value that begins with a minus would be read as an option. */
const joinNegative = (arg: string, at: number, all: string[]): string[] => {
  const isNumber = (x: string | undefined) => x !== undefined && /^-[\d.]/.test(x)
  if (isNumber(arg) && all[at - 1]?.startsWith('--')) return []
  return arg.startsWith('--') && !arg.includes('=') && isNumber(all[at + 1]) ? [`${arg}=${all[at + 1]}`] : [arg]
}

/** Reads `--name value` pairs; `names` takes a value, `flags` none. */
export function readOptions(argv: string[], names: readonly string[], flags: readonly string[] = []): Options {
  let values: Record<string, string | boolean | undefined>
  try {
    values = parseArgs({
      args: argv.flatMap(joinNegative),
      strict: true,
      allowPositionals: false,
      options: {
        ...Object.fromEntries(names.map((n) => [n, { type: 'string' as const }])),
        ...Object.fromEntries(flags.map((n) => [n, { type: 'boolean' as const }])),
      },
    }).values as Record<string, string | boolean | undefined>
  } catch (error) {
    throw new InputError((error as Error).message)
  }
  const text = (name: string) => values[name] as string | undefined
  const need = (name: string) => {
    const v = text(name)
    if (v === undefined) throw new InputError(`--${name} is needed.`)
    return v
  }
  return {
    text,
    need,
    list: (name) =>
      (text(name) ?? '')
        .split(',')
        .map((v) => v.trim())
        .filter(Boolean),
    number: (name, fallback) => {
      const v = Number(text(name) ?? fallback)
      if (!Number.isFinite(v)) throw new InputError(`--${name} ${text(name)} is not a number.`)
      return v
    },
    choice: (name, allowed, fallback) => {
      const v = text(name) ?? fallback ?? need(name)
      const found = allowed.find((a) => a === v)
      if (!found) throw new InputError(`--${name} is one of ${allowed.join(', ')}, not ${v}.`)
      return found
    },
    flag: (name) => values[name] === true,
  }
}
