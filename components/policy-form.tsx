'use client'
import { savePolicy } from '@/lib/access/policy-actions'
import type { PolicyField, PolicyPath } from '@/lib/access/policy-field-model'
import { ActionForm } from './ui/action-form'
import { Button, Field, Select } from './ui/form'

/** A limit with its text in force and its range in words. */
export type ShownLimit = PolicyField & { text: string; range: string }

const idOf = (path: string) => `p-${path.replace('.', '-')}`

function Limit({ field }: { field: ShownLimit }) {
  const shared = {
    id: idOf(field.path),
    name: field.path,
    defaultValue: field.text,
    label: field.unit ? `${field.label} (${field.unit})` : field.label,
    hint: `${field.means} ${field.range}`,
  }
  if (!field.choices) return <Field {...shared} inputMode="numeric" autoComplete="off" />
  return (
    <Select {...shared}>
      {field.choices.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </Select>
  )
}

const parts: [title: string, has: (path: PolicyPath) => boolean][] = [
  ['Tes', (p) => ['graceHours', 'releaseCodeMinutes', 'cardDays'].includes(p)],
  ['Masuk', (p) => ['sessionHours', 'idleMinutes', 'secondFactor'].includes(p)],
  ['Ukur ulang', (p) => p === 'linkErrorUpTo'],
  ['Lama penyimpanan', (p) => p.startsWith('keepDays.')],
]
const grouped = (limits: ShownLimit[]) =>
  [
    ...parts.map(([title, has]) => ({ title, fields: limits.filter((f) => has(f.path)) })),
    { title: 'Lainnya', fields: limits.filter((f) => !parts.some(([, has]) => has(f.path))) },
  ].filter((g) => g.fields.length)

/** Every limit in one form; `version` is what the person saw. */
export function PolicyForm({ limits, version }: { limits: ShownLimit[]; version: number }) {
  return (
    <ActionForm action={savePolicy} label="Batas yang berlaku" className="space-y-6">
      <input type="hidden" name="seen" value={version} />
      {grouped(limits).map((group) => (
        <fieldset key={group.title} className="rounded-xl border border-line bg-card p-4 sm:p-5">
          <legend className="px-1 text-lg font-semibold">{group.title}</legend>
          <div className="grid gap-x-6 gap-y-5 md:grid-cols-2">
            {group.fields.map((f) => (
              <Limit key={f.path} field={f} />
            ))}
          </div>
        </fieldset>
      ))}
      <Field id="p-reason" label="Dasar perubahan" name="reason" maxLength={300} hint="Misalnya nomor surat. Tercatat bersama versi ini." />
      <Button>Berlakukan</Button>
    </ActionForm>
  )
}
