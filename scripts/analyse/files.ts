/** What the analysis commands read: response tables, rating tables, parameter files. Every mistake is an InputError. */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { hasUnitSlope, intercepts, isPolytomous, itemModels, type ItemParameters } from '@/lib/psychometrics/parameters'
import type { Outcome } from '@/lib/psychometrics/problem'
import { responsesOf, type Responses } from '@/lib/psychometrics/responses'

/** Something the user gave that cannot be used; its message goes to stderr, exit status 2. */
export class InputError extends Error {}

/** The value of an outcome, or its problem as an InputError. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new InputError(`${outcome.problem.code}: ${outcome.problem.detail}`)
  return outcome.value
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new InputError(`The file ${path} cannot be read.`)
  }
}

/** Header and rows of a CSV file; comma, semicolon or tab. */
export function readTable(path: string): { header: string[]; rows: string[][] } {
  let table: string[][]
  try {
    table = parse(readText(path), { bom: true, trim: true, relax_column_count: true, delimiter: [',', ';', '\t'] })
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError(`${path} is not a table: ${(error as Error).message}`)
  }
  // A blank line at the end is nobody; one in the middle is a person who answered nothing, and keeps the file's order.
  while (table.length && table[table.length - 1]!.every((cell) => cell === '')) table.pop()
  const header = table[0]
  if (!header?.length || table.length < 2) throw new InputError(`${path} needs a header row and at least one row of data.`)
  if (header.includes('')) throw new InputError(`${path} has a column without a name.`)
  const ragged = table.findIndex((row) => row.length !== header.length && row.some((cell) => cell !== ''))
  if (ragged >= 0) throw new InputError(`Row ${ragged + 1} of ${path} has ${table[ragged]!.length} cells, the header ${header.length}.`)
  const twice = header.find((name, at) => header.indexOf(name) !== at)
  if (twice !== undefined) throw new InputError(`${path} has two columns named "${twice}".`)
  return { header, rows: table.slice(1) }
}

/** A column by name. */
export function column(table: { header: string[]; rows: string[][] }, name: string): string[] {
  const at = table.header.indexOf(name)
  if (at < 0) throw new InputError(`There is no column "${name}". Columns: ${table.header.join(', ')}.`)
  return table.rows.map((r) => r[at] ?? '')
}

const isMissing = (cell: string) => cell === '' || cell === 'NA'

/** The response matrix of a file: every column is an item but those named in `ignore`; an empty cell (or NA) is missing. */
export function readResponses(path: string, ignore: readonly string[], items?: readonly string[]) {
  const table = readTable(path)
  for (const name of ignore) column(table, name)
  const again = items?.find((id, at) => items.indexOf(id) !== at)
  if (again !== undefined) throw new InputError(`--items names ${again} twice.`)
  const ids = items ?? table.header.filter((name) => !ignore.includes(name))
  const columns = ids.map((id) => {
    if (!table.header.includes(id)) throw new InputError(`There is no item "${id}" in ${path}.`)
    return table.header.indexOf(id)
  })
  const rows = table.rows.map((cells, i) =>
    columns.map((at, j) => {
      const cell = cells[at] ?? ''
      if (isMissing(cell)) return null
      const x = Number(cell)
      if (!Number.isInteger(x) || x < 0) throw new InputError(`Row ${i + 2}, column "${ids[j]}": "${cell}" is not a category (0, 1, 2 …).`)
      return x
    }),
  )
  const data: Responses = must(responsesOf([...ids], rows))
  return { table, data }
}

/** A table of numbers, empty cells as null. */
export function readNumbers(path: string, ignore: readonly string[]): { ids: string[]; rows: (number | null)[][] } {
  const { header, rows } = readTable(path)
  const columns = header.map((name, at) => ({ name, at })).filter(({ name }) => !ignore.includes(name))
  return {
    ids: columns.map((c) => c.name),
    rows: rows.map((cells, i) =>
      columns.map(({ name, at }) => {
        const cell = cells[at] ?? ''
        if (isMissing(cell)) return null
        const x = Number(cell)
        if (!Number.isFinite(x)) throw new InputError(`Row ${i + 2}, column "${name}": "${cell}" is not a number.`)
        return x
      }),
    ),
  }
}

/** One number for a binary item is as good as a list of one. */
const numbers = z.union([z.number().transform((x) => [x]), z.array(z.number()).min(1)])

const ParameterItem = z.object({
  id: z.string(),
  model: z.enum(itemModels).optional(),
  categories: z.number().int().min(2).optional(),
  a: z.number().optional(),
  d: numbers.optional(),
  b: numbers.optional(),
  c: z.number().min(0).max(1).nullish(),
  codes: z.array(z.number().int()).optional(),
})
const ParameterFile = z.object({
  model: z.enum(itemModels).optional(),
  latent: z.object({ mean: z.number(), variance: z.number().positive() }).nullish(),
  items: z.array(ParameterItem).min(1),
})

export type KnownItem = ItemParameters & { codes?: number[] }

/** Item parameters as `calibrate` writes them; `d` may be left out when `b` is there. */
export function readParameters(path: string): { items: KnownItem[]; latent: { mean: number; variance: number } } {
  let json: unknown
  try {
    json = JSON.parse(readText(path))
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError(`${path} is not JSON.`)
  }
  const parsed = ParameterFile.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new InputError(`${path} holds no item parameters: ${issue!.path.join('.') || 'the document'}: ${issue!.message}.`)
  }
  const known = new Set<string>()
  const items = parsed.data.items.map((item): KnownItem => {
    if (known.has(item.id)) throw new InputError(`${path} holds item ${item.id} twice.`)
    known.add(item.id)
    const thresholds = item.d ?? item.b
    if (!thresholds) throw new InputError(`${path}: item ${item.id} has neither d nor b.`)
    const model = item.model ?? parsed.data.model ?? (thresholds.length === 1 ? (item.c ? '3pl' : '2pl') : undefined)
    if (!model) throw new InputError(`${path}: item ${item.id} has several steps and no model (pcm, gpcm or grm).`)
    const a = item.a ?? 1
    const d = item.d ?? intercepts(model, a, thresholds)
    if (!isPolytomous(model) && d.length > 1) throw new InputError(`${path}: item ${item.id} is ${model} and has ${d.length} intercepts.`)
    if (hasUnitSlope(model) && a !== 1) throw new InputError(`${path}: item ${item.id} is ${model} with slope ${a}; use 2pl or gpcm.`)
    if (model === 'grm' && d.some((v, k) => k > 0 && v >= d[k - 1]!))
      throw new InputError(`${path}: the intercepts of ${item.id} (grm) must fall.`)
    const codes = item.codes && item.codes.length === d.length + 1 ? { codes: item.codes } : {}
    return { id: item.id, model, categories: d.length + 1, a, d, c: item.c ?? 0, ...codes }
  })
  return { items, latent: parsed.data.latent ?? { mean: 0, variance: 1 } }
}
