import type { ComponentProps, ReactNode } from 'react'

const base =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-lg px-4 py-2 text-base font-semibold transition-colors disabled:opacity-50'
const looks = {
  primary: `${base} bg-leaf text-white hover:bg-leaf-dark`,
  quiet: `${base} border border-line bg-card text-ink hover:bg-leaf-pale`,
  careful: `${base} border border-manggis bg-card text-manggis hover:bg-manggis-pale`,
}
export type Look = keyof typeof looks

export const buttonClass = (look: Look = 'primary'): string => looks[look]

export function Button({ look = 'primary', className = '', ...rest }: ComponentProps<'button'> & { look?: Look }) {
  return <button type="submit" {...rest} className={`${looks[look]} ${className}`} />
}

export const controlClass =
  'block min-h-11 w-full rounded-lg border border-edge bg-card px-3 py-2 text-base text-ink aria-invalid:border-manggis'

/** A labelled control; `hint` is tied to it for screen readers. */
export function Field({ label, hint, name, ...rest }: ComponentProps<'input'> & { label: string; hint?: string; name: string }) {
  const id = rest.id ?? `f-${name}`
  return (
    <div data-field>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <input id={id} name={name} aria-describedby={hint ? `${id}-h` : undefined} {...rest} className={controlClass} />
      {hint && (
        <p id={`${id}-h`} className="mt-1 text-sm text-soft">
          {hint}
        </p>
      )}
    </div>
  )
}

export function Select({
  label,
  name,
  hint,
  children,
  ...rest
}: ComponentProps<'select'> & { label: string; name: string; hint?: string }) {
  const id = rest.id ?? `f-${name}`
  return (
    <div data-field>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <select id={id} name={name} aria-describedby={hint ? `${id}-h` : undefined} {...rest} className={controlClass}>
        {children}
      </select>
      {hint && (
        <p id={`${id}-h`} className="mt-1 text-sm text-soft">
          {hint}
        </p>
      )}
    </div>
  )
}

export function TextArea({ label, name, hint, ...rest }: ComponentProps<'textarea'> & { label: string; name: string; hint?: string }) {
  const id = rest.id ?? `f-${name}`
  return (
    <div data-field>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <textarea id={id} name={name} aria-describedby={hint ? `${id}-h` : undefined} {...rest} className={`${controlClass} min-h-24`} />
      {hint && (
        <p id={`${id}-h`} className="mt-1 text-sm text-soft">
          {hint}
        </p>
      )}
    </div>
  )
}

const tones = {
  info: 'border-indigo bg-indigo-pale',
  good: 'border-leaf bg-leaf-pale',
  care: 'border-gold bg-gold-pale',
  bad: 'border-manggis bg-manggis-pale',
}

/** A message that says what happened, what is safe and what to do next. */
export function Notice({
  tone = 'info',
  title,
  children,
  role,
}: {
  tone?: keyof typeof tones
  title?: string
  children?: ReactNode
  role?: 'alert' | 'status'
}) {
  return (
    <div role={role} className={`rounded-lg border-l-4 px-4 py-3 ${tones[tone]}`}>
      {title && <p className="font-semibold">{title}</p>}
      {children && <div className="text-sm leading-relaxed">{children}</div>}
    </div>
  )
}
