import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { compileBank } from '@/lib/items/bank'
import { checkSet } from '@/lib/items/set-check'

/** The bank itself passes the check of a whole set that the workshop makes. */

const dir = join('prisma', 'bank')
const bank = readdirSync(dir)
  .filter((f) => f.endsWith('.yaml'))
  .map((f) => compileBank(parse(readFileSync(join(dir, f), 'utf8')), (name) => name))

describe('the bank as sets of items', () => {
  const faultsOf = (items: (typeof bank)[number]['items']) =>
    checkSet(items)
      .filter((f) => f.verdict === 'fault')
      .map((f) => `${f.title}: ${f.words} ${f.items.map((i) => i.code).join(' ')}`)
  it.each(bank.map((b) => [b.code, b] as const))('%s gives no key away by its length, its place or its alphabet', (_, b) => {
    expect(faultsOf(b.items)).toEqual([])
  })
  it.each(bank.flatMap((b) => b.forms.map((f) => [`${b.code} ${f.label ?? ''}`, b, f.items] as const)))(
    'form %s gives no key away either',
    (_, b, codes) => {
      expect(faultsOf(b.items.filter((i) => codes.includes(i.code)))).toEqual([])
    },
  )
})
