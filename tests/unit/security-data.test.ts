import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { policyFields } from '@/lib/access/policy-field-model'
import { inventory } from '@/lib/privacy/inventory-model'
import { withoutTeachers } from '@/lib/privacy/processing-model'

const page = readFileSync('docs/security-data.md', 'utf8')
const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((c) => c.trim())
const classes = [...page.matchAll(/^\| ([A-Z]) [a-z].*$/gm)].map((m) => ({
  letter: m[1]!,
  tables: cells(m[0])[2]!
    .match(/`(\w+)`/g)!
    .map((t) => t.slice(1, -1)),
}))
const classOf = new Map(classes.flatMap((c) => c.tables.map((t) => [t, c.letter] as const)))

describe('classes of data', () => {
  it('hold every table that the inventory knows, once, and no other', () => {
    const all = classes.flatMap((c) => c.tables)
    expect(new Set(all).size).toBe(all.length)
    expect(all.toSorted()).toEqual([...new Set([...inventory.map((h) => h.table), ...Object.keys(withoutTeachers)])].toSorted())
  })
  it('put nothing that is held about a teacher among the work or the examination', () => {
    for (const held of inventory) expect(['S', 'R', 'P', 'E'], held.table).toContain(classOf.get(held.table))
    for (const held of inventory.filter((h) => h.activity === 'result')) expect(classOf.get(held.table), held.table).toBe('R')
  })
  it('say of each what protects it, in every place where it can be', () => {
    const [head, ...rows] = /\n(\| \| S [\s\S]*?)\n\n/
      .exec(page)![1]!
      .split('\n')
      .filter((l) => !/^\|-/.test(l))
      .map(cells)
    expect(head!.slice(1)).toEqual(classes.map((c) => c.letter))
    const asked = [
      'who reads',
      'each reading',
      'in the database',
      'on the disk',
      'on the way',
      'in logs',
      'in caches of the server',
      'on phones and computers',
      'how long',
      'at erasure',
      'integrity',
    ]
    expect(rows.map((r) => r[0])).toEqual(asked)
    for (const row of rows)
      expect(
        row.filter((c, i) => i > 0 && !c),
        row[0],
      ).toEqual([])
  })
  it('keep by the limits that the office sets, all of them', () => {
    const limits = policyFields.map((f) => f.path).filter((p) => p.startsWith('keepDays.'))
    expect(limits.filter((l) => !page.includes(`\`${l}\``))).toEqual([])
    for (const held of inventory) if (held.keep !== 'purpose') expect(limits).toContain(held.keep)
  })
  it('are erased as the inventory says: secrets go, evidence stays', () => {
    const erased = (letter: string) => new Set(inventory.filter((h) => classOf.get(h.table) === letter).map((h) => h.erased))
    expect([...erased('S')]).toEqual(['deleted'])
    expect(erased('E').has('deleted')).toBe(false)
  })
})
