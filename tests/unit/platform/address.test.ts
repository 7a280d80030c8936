import { describe, expect, it } from 'vitest'
import { asked, askedFields, codesIn, idIn, isId, numberIn } from '@/lib/platform/address-model'

const says = (address: string) => {
  const all: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(address)) all[name] = name in all ? [all[name]!, value].flat() : value
  return Promise.resolve(all)
}
const missing = expect.objectContaining({ digest: expect.stringContaining('404') as string }) as unknown

describe('what an address says', () => {
  it('is a word where one was said, and nothing where it stands twice, as a list, too long or unwritable', async () => {
    expect(await asked(says('kode=abc'), 'kode', 'lain')).toEqual({ kode: 'abc', lain: '' })
    for (const hostile of [
      'kode=a&kode=b',
      'kode[]=a',
      'kode[x]=a',
      `kode=${'x'.repeat(201)}`,
      'kode=a%00b',
      'kode=%ED%A0%80x%00',
      'kode=a%0Db',
    ])
      expect([hostile, await asked(says(hostile), 'kode')]).toEqual([hostile, { kode: '' }])
    expect(await asked(Promise.resolve({}), '__proto__', 'constructor')).toEqual(
      Object.fromEntries([
        ['__proto__', ''],
        ['constructor', ''],
      ]),
    )
  })

  it('is a page or item number only from 1 to a million', () => {
    for (const text of ['', '0', '-1', '1.5', '1e999', 'NaN', 'Infinity', '0x10', '9'.repeat(400), '1000001'])
      expect([text, numberIn(text)]).toEqual([text, 0])
    expect(numberIn('12')).toBe(12)
  })

  it('keeps lists only where a form in the address has them, bounded in number and length', async () => {
    expect(await askedFields(says('mode=a&mode=b&kata=x%0D%0Ay'))).toEqual({ mode: ['a', 'b'], kata: ['x\ny'] })
    expect(await askedFields(says(`lama=${'x'.repeat(2001)}&nol=%00&__proto__=1&a[b]=1`))).toEqual({})
    expect(await askedFields(says('constructor=1'))).toEqual({ constructor: ['1'] })
    expect(Object.keys(await askedFields(says(Array.from({ length: 900 }, (_, i) => `f${i}=1`).join('&'))))).toHaveLength(300)
  })

  it('is the id of a row or no page at all', async () => {
    const id = '01990278-0000-7000-8000-00000000f101'
    expect(await idIn(Promise.resolve({ id: id.toUpperCase() }))).toBe(id)
    expect(isId(id)).toBe(true)
    for (const bad of [
      'x',
      '',
      '1',
      '-1',
      '1e999',
      `${id}x`,
      id.replaceAll('-', ''),
      'a'.repeat(5000),
      '%00',
      '00000000-0000-0000-0000-000000000000',
    ])
      await expect(idIn(Promise.resolve({ id: bad }))).rejects.toEqual(missing)
  })

  it('is a code of ours, decoded once, or no page at all', async () => {
    expect(await codesIn(Promise.resolve({ kode: 'MTK', butir: 'MTK-005' }), 'kode', 'butir')).toEqual({ kode: 'MTK', butir: 'MTK-005' })
    expect(await codesIn(Promise.resolve({ kode: '18.02' }), 'kode')).toEqual({ kode: '18.02' })
    for (const bad of ['', '%', '%E0%A4%A', '%2500', '..%2f..', 'a b', "a'b", '%00', 'x'.repeat(61), '<script>'])
      await expect(codesIn(Promise.resolve({ kode: bad }), 'kode')).rejects.toEqual(missing)
  })
})
