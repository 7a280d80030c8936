'use client'
import { useActionState } from 'react'
import { savePolicy, type PolicyState } from '@/lib/access/policy-actions'
import type { PolicyField, PolicyPath } from '@/lib/access/policy-field-model'
import { Button, Notice } from './ui/form'

const control = 'block min-h-11 w-full rounded-lg border bg-card px-3 py-2 text-base text-ink'
/** A limit with its text in force and its range in words. */
export type ShownLimit = PolicyField & { text: string; range: string }

const idOf = (path: string) => `p-${path.replace('.', '-')}`

function Limit({ field, text, error }: { field: ShownLimit; text: string; error: string | undefined }) {
  const id = idOf(field.path)
  const about = `${id}-h${error ? ` ${id}-e` : ''}`
  const shared = { id, name: field.path, defaultValue: text, 'aria-describedby': about, 'aria-invalid': error ? true : undefined }
  const look = `${control} ${error ? 'border-manggis' : 'border-line'}`
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {field.label}
        {field.unit && ` (${field.unit})`}
      </label>
      {field.choices ? (
        <select {...shared} className={look}>
          {field.choices.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      ) : (
        <input {...shared} inputMode="numeric" autoComplete="off" className={`${look} max-w-40`} />
      )}
      {error && (
        <p id={`${id}-e`} className="mt-1 text-sm font-semibold text-manggis">
          {error}
        </p>
      )}
      <p id={`${id}-h`} className="mt-1 text-sm text-soft">
        {field.means} {field.range}
      </p>
    </div>
  )
}

const parts: [title: string, has: (path: PolicyPath) => boolean][] = [
  ['Tes', (p) => ['graceHours', 'releaseCodeMinutes', 'cardDays'].includes(p)],
  ['Masuk', (p) => ['sessionHours', 'idleMinutes', 'secondFactor'].includes(p)],
  ['Lama penyimpanan', (p) => p.startsWith('keepDays.')],
]
const grouped = (limits: ShownLimit[]) =>
  [
    ...parts.map(([title, has]) => ({ title, fields: limits.filter((f) => has(f.path)) })),
    { title: 'Lainnya', fields: limits.filter((f) => !parts.some(([, has]) => has(f.path))) },
  ].filter((g) => g.fields.length)

/** Every limit in one form. What was typed stays, also when something is refused; `version` is what the person saw. */
export function PolicyForm({ limits, version }: { limits: ShownLimit[]; version: number }) {
  const [state, run, pending] = useActionState<PolicyState, FormData>(savePolicy, null)
  const errors = state?.errors ?? {}
  return (
    <form action={run} aria-label="Batas yang berlaku" aria-busy={pending} className="space-y-6">
      <input type="hidden" name="after" value={version} />
      {grouped(limits).map((group) => (
        <fieldset key={group.title} className="rounded-xl border border-line bg-card p-4 sm:p-5">
          <legend className="px-1 text-lg font-semibold">{group.title}</legend>
          <div className="grid gap-x-6 gap-y-5 md:grid-cols-2">
            {group.fields.map((f) => (
              <Limit key={`${f.path}-${state?.turn ?? 0}`} field={f} text={state?.texts[f.path] ?? f.text} error={errors[f.path]} />
            ))}
          </div>
        </fieldset>
      ))}
      <div>
        <label htmlFor="p-reason" className="mb-1 block text-sm font-semibold">
          Dasar perubahan
        </label>
        <input
          key={state?.turn ?? 0}
          id="p-reason"
          name="reason"
          defaultValue={state?.reason ?? ''}
          maxLength={300}
          aria-describedby={errors.reason ? 'p-reason-e p-reason-h' : 'p-reason-h'}
          aria-invalid={errors.reason ? true : undefined}
          className={`${control} ${errors.reason ? 'border-manggis' : 'border-line'}`}
        />
        {errors.reason && (
          <p id="p-reason-e" className="mt-1 text-sm font-semibold text-manggis">
            {errors.reason}
          </p>
        )}
        <p id="p-reason-h" className="mt-1 text-sm text-soft">
          Misalnya nomor surat. Tercatat bersama versi ini.
        </p>
      </div>
      <Button disabled={pending}>Berlakukan</Button>
      <div aria-live="polite">{state && !pending && <Notice tone={state.ok ? 'good' : 'bad'}>{state.message}</Notice>}</div>
    </form>
  )
}
