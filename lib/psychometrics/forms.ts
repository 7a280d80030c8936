import type { Responses } from './responses'

/**
 * The persons who sat one form, with the columns of that form only: a test that somebody really took. Column j of `data` is column
 * `at[j]` of the whole matrix, row i its row `rows[i]`.
 */
export type FormPart = { form: string; rows: number[]; at: number[]; data: Responses }

/**
 * Takes a matrix over several forms apart. A cell that a person was never given and one that he did not reach look alike (missing), so
 * that the forms have to say which items they hold.
 * @param formOf the form of each person, in the order of the rows.
 * @param holds the item ids of each form; a form without persons or without any column of the matrix has no part.
 * @returns parts in the order in which their forms first appear.
 */
export function formParts(data: Responses, formOf: readonly string[], holds: ReadonlyMap<string, ReadonlySet<string>>): FormPart[] {
  return [...new Set(formOf)].flatMap((form) => {
    const rows = [...formOf.keys()].filter((i) => formOf[i] === form)
    const at = [...data.ids.keys()].filter((j) => holds.get(form)?.has(data.ids[j]!))
    if (!at.length) return []
    const cells = new Int8Array(rows.length * at.length)
    rows.forEach((i, row) => at.forEach((j, column) => (cells[row * at.length + column] = data.cells[i * data.items + j]!)))
    return [
      {
        form,
        rows,
        at,
        data: {
          ids: at.map((j) => data.ids[j]!),
          persons: rows.length,
          items: at.length,
          cells,
          categories: at.map((j) => data.categories[j]!),
        },
      },
    ]
  })
}
