import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { faultsOf } from '@/lib/platform/faults'
import { refuse } from '@/lib/platform/result'

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? files(join(folder, e.name)) : /\.tsx?$/.test(e.name) ? [join(folder, e.name)] : [],
  )
const screens = [...files('app'), ...files('components')].map((path) => ({ path, text: readFileSync(path, 'utf8') }))

describe('every form of the product', () => {
  it('goes through the one mechanism: no screen writes a form of its own, or waits for a door by itself', () => {
    const own = screens.filter(({ text }) => /<form\b|useActionState/.test(text)).map((f) => f.path.replaceAll('\\', '/'))
    expect(own.sort()).toEqual([
      'components/phone.tsx', // the way out: nothing is typed
      'components/proctor/time-form.tsx', // its buttons hand an act to the console, which keeps it until the server has it
      'components/public/figures-view.tsx', // asks by lists that are chosen from, on a page that needs no script
      'components/ui/action-form.tsx',
      'components/ui/form-core.tsx',
      'components/ui/upload.tsx',
    ])
  })
  it('hands a refusal on whole, so that the fields it names reach the screen', () => {
    const cut = [...files('lib'), ...files('app')]
      .filter((f) => /actions\.ts$/.test(f))
      .filter((f) => /\{ ok: false, message: \w+\.message \}/.test(readFileSync(f, 'utf8')))
    expect(cut).toEqual([])
  })
})

describe('what is wrong with a form', () => {
  const Sample = z.object({
    name: z.string().trim().min(5),
    words: z.string().max(3),
    own: z.string().min(2, 'Tulis nama panggilan.'),
    hours: z.coerce.number().int().min(1).max(16),
    kind: z.enum(['a', 'b']),
    cells: z.array(z.object({ count: z.coerce.number().min(1) })),
    judges: z.array(z.string()).min(2),
  })
  it('is said for every field at once, in plain Indonesian', () => {
    const parsed = Sample.safeParse({
      name: 'x',
      words: 'panjang',
      own: '',
      hours: 'x',
      kind: 'c',
      cells: [{ count: 1 }, { count: 0 }],
      judges: [],
    })
    expect(faultsOf(parsed, { judges: 'judge' })).toEqual({
      name: 'Tulis sedikitnya 5 huruf.',
      words: 'Terlalu panjang: paling banyak 3 huruf.',
      own: 'Tulis nama panggilan.',
      hours: 'Isi dengan angka.',
      kind: 'Pilih atau isi yang sesuai.',
      'cells.1.count': 'Sedikitnya 1.',
      judge: 'Pilih sedikitnya 2.',
    })
  })
  it('is nothing where a schema finds nothing, and a missing field is asked for', () => {
    expect(faultsOf(z.string().safeParse('x'))).toBeUndefined()
    expect(faultsOf(z.object({ a: z.string() }).safeParse({}))).toEqual({ a: 'Isi dahulu.' })
  })
  it('may be one sentence about named fields', () =>
    expect(refuse('taken', 'Kode dipakai.', ['code'])).toEqual({
      ok: false,
      code: 'taken',
      message: 'Kode dipakai.',
      fields: { code: 'Kode dipakai.' },
    }))
})
