import type { z } from 'zod'
import type { Faults } from './result'

type Issue = z.core.$ZodIssue
/** The library's own words, which no person of ours reads. */
const FOREIGN = /^(?:Too (?:small|big)|Invalid|Unrecognized)/

function least(issue: Extract<Issue, { code: 'too_small' }>): string {
  if (issue.origin === 'string') return issue.minimum === 1 ? 'Isi dahulu.' : `Tulis sedikitnya ${issue.minimum} huruf.`
  if (issue.origin === 'array') return `Pilih sedikitnya ${issue.minimum}.`
  return `Sedikitnya ${issue.minimum}.`
}

function most(issue: Extract<Issue, { code: 'too_big' }>): string {
  if (issue.origin === 'string') return `Terlalu panjang: paling banyak ${issue.maximum} huruf.`
  if (issue.origin === 'array') return `Pilih paling banyak ${issue.maximum}.`
  return `Paling banyak ${issue.maximum}.`
}

/** One issue of a schema as a sentence in plain Indonesian; a sentence that the schema itself gives stands. */
function wordsOf(issue: Issue): string {
  if (!FOREIGN.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'too_small':
      return least(issue)
    case 'too_big':
      return most(issue)
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int' ? 'Isi dengan angka.' : 'Isi dahulu.'
    case 'invalid_value':
    case 'invalid_union':
      return 'Pilih atau isi yang sesuai.'
    case 'invalid_format':
      return issue.format === 'uuid' ? 'Pilih dahulu.' : 'Bentuk isian ini belum benar.'
    default:
      return 'Periksa isian ini.'
  }
}

/**
 * What a schema finds wrong, field by field: the first sentence for each; undefined where it finds nothing. `names` says what a form
 * calls a field of the schema, or the head of its path, where it is called otherwise. What is wrong with no field in particular stays
 * with the refusal's own sentence.
 */
export function faultsOf(
  parsed: { success: boolean; error?: { issues: Issue[] } },
  names: Record<string, string> = {},
): Faults | undefined {
  if (!parsed.error) return undefined
  const faults: Faults = {}
  for (const issue of parsed.error.issues) {
    const path = issue.path.map(String)
    if (path.length === 0) continue
    const whole = path.join('.')
    const name = names[whole] ?? [names[path[0]!] ?? path[0]!, ...path.slice(1)].join('.')
    faults[name] ??= wordsOf(issue)
  }
  return faults
}
