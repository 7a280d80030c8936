/** What the analysis commands read: response tables, rating tables, parameter files. Every mistake is an InputError. */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { intercepts, itemModels, type ItemParameters } from '@/lib/psychometrics/parameters'
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
    table = parse(readText(path), { bom: true, trim: true, skip_empty_lines: true, delimiter: [',', ';', '\t'] })
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError(`${path} is not a table: ${(error as Error).message}`)
  }
  const header = table[0]
  if (!header?.length || table.length < 2) throw new InputError(`${path} needs a header row and at least one row of data.`)
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

const ParameterItem = z.object({
  id: z.string(),
  model: z.enum(itemModels).optional(),
  categories: z.number().int().min(2).optional(),
  a: z.number().optional(),
  d: z.array(z.number()).min(1).optional(),
  b: z.array(z.number()).min(1).optional(),
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
  if (!parsed.success) throw new InputError(`${path} holds no item parameters: ${z.prettifyError(parsed.error)}`)
  const items = parsed.data.items.map((item): KnownItem => {
    const model = item.model ?? parsed.data.model
    if (!model) throw new InputError(`${path}: item ${item.id} has no model.`)
    const a = item.a ?? 1
    const d = item.d ?? (item.b ? intercepts(model, a, item.b) : undefined)
    if (!d) throw new InputError(`${path}: item ${item.id} has neither d nor b.`)
    const codes = item.codes && item.codes.length === d.length + 1 ? { codes: item.codes } : {}
    return { id: item.id, model, categories: d.length + 1, a, d, c: item.c ?? 0, ...codes }
  })
  return { items, latent: parsed.data.latent ?? { mean: 0, variance: 1 } }
}
