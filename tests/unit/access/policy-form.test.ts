import { describe, expect, it } from 'vitest'
import { policyChanges, policyFields, policyText, policyWords, readPolicy, type PolicyPath } from '@/lib/access/policy-field-model'
import { Policy, shippedPolicy } from '@/lib/access/policy-model'

const typed = (changes: Partial<Record<PolicyPath, string>> = {}) =>
  ({ ...Object.fromEntries(policyFields.map((f) => [f.path, policyText(shippedPolicy, f.path)])), ...changes }) as Record<
    PolicyPath,
    string
  >

/** Every leaf of the policy, by its path. */
const leaves = (value: object, before = ''): string[] =>
  Object.entries(value).flatMap(([key, v]) => (v && typeof v === 'object' ? leaves(v, `${before}${key}.`) : [`${before}${key}`]))

describe('the form of limits', () => {
  it('shows every limit there is, with a range that holds its shipped value and a sentence that says what it means', () => {
    expect(policyFields.map((f) => f.path).sort()).toEqual(leaves(shippedPolicy).sort())
    for (const f of policyFields) {
      expect(f.means, f.path).toMatch(/^\p{Lu}.*\.$/u)
      if (!f.choices) expect(Number(f.shipped) >= f.least! && Number(f.shipped) <= f.most!, f.path).toBe(true)
    }
  })
  it('reads what it shows as the policy that it shows', () => expect(readPolicy(typed())).toEqual({ policy: shippedPolicy }))
  it('says at its field what is wrong, and takes nothing empty, broken or out of range for a number', () => {
    for (const wrong of ['', ' ', '-1', '1e3', '3,5', 'banyak', '99999'])
      expect(readPolicy(typed({ graceHours: wrong })), wrong).toEqual({ errors: { graceHours: 'Isi bilangan bulat 0 sampai 336.' } })
    expect(readPolicy(typed({ secondFactor: 'perhaps', 'keepDays.journal': '3' }))).toEqual({
      errors: { secondFactor: 'Pilih salah satu.', 'keepDays.journal': 'Isi bilangan bulat 180 sampai 3650.' },
    })
  })
  it('tells what a version changed, in words', () => {
    const after = Policy.parse({ ...shippedPolicy, graceHours: 48, secondFactor: 'required' })
    expect(policyChanges(shippedPolicy, after)).toEqual([
      'Jawaban yang datang terlambat: 72 jam → 48 jam',
      'Faktor kedua saat masuk: Bawaan: wajib, kecuali di peragaan → Wajib',
    ])
    expect(policyWords(policyFields[0]!, '5')).toBe('5 jam')
  })
})
