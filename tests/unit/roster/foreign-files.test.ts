import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expected } from '../../fixtures/roster/expected'
import { previewOf } from './read-roster'

const FOLDER = 'tests/fixtures/roster'
const files = readdirSync(FOLDER).filter((f) => !/\.(ts|md)$/.test(f))

describe('roster files as other programs and people write them', () => {
  it('are all expected to become something', () => {
    expect(files.toSorted()).toEqual(Object.keys(expected).toSorted())
  })
  it.each(files)('%s is read as its writer meant it, or not at all', async (name) => {
    const want = expected[name]!
    const found = await previewOf(readFileSync(join(FOLDER, name)))
    if (want.refused || !found.ok) {
      expect(found.ok ? 'taken' : found.code).toBe(want.refused)
      return
    }
    const { rows, skipped, counts, dropped, notes, open } = found.value
    if (want.rows)
      expect(
        rows.map((r) => [r.row, r.verdict, r.data.name, r.data.nuptk, r.data.nip, r.data.birthDate, r.data.subjectCode, r.schoolId]),
      ).toEqual(want.rows)
    if (want.count !== undefined) expect(counts).toMatchObject({ rows: want.count, rejected: 0 })
    if (want.skipped) expect(Object.fromEntries(skipped.map((s) => [s.row, s.kind]))).toMatchObject(want.skipped)
    if (want.dropped) expect(dropped).toEqual(want.dropped)
    if (want.verdicts) expect(counts).toMatchObject(want.verdicts)
    const { column } = want
    if (column) expect(rows.map((r) => (column.field === 'verdict' ? r.verdict : r.data[column.field]))).toEqual(column.values)
    const words = [...notes.map((n) => `${n.column}: ${n.message}`), ...dropped, ...found.value.asks.map((a) => a.question)].join('\n')
    for (const said of want.said ?? []) expect(words).toMatch(said)
    if (want.newSchools) expect(found.value.newSchools.map((s) => s.name)).toEqual(want.newSchools)
    for (const [row, column, kind] of want.notes ?? []) expect(notes).toContainEqual(expect.objectContaining({ row, column, kind }))
    expect(open).toBe(want.open ?? null)
  })
})
