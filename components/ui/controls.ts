import { formatNumber } from '@/lib/platform/format'

/** What a person fills in: everything with a name that is no button, no hidden mark and nothing of the mechanism's own. */
export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
const unfilled = new Set(['hidden', 'submit', 'button', 'reset', 'image'])

export const controlsOf = (form: HTMLFormElement): Control[] =>
  [...form.elements].filter(
    (e): e is Control =>
      (e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement || e instanceof HTMLSelectElement) && !unfilled.has(e.type),
  )

const isTicked = (c: Control): c is HTMLInputElement => c instanceof HTMLInputElement && (c.type === 'checkbox' || c.type === 'radio')
/** Passwords and codes that are good once are written nowhere, and files cannot be. */
export const isSecret = (c: Control): boolean => c.type === 'password' || c.autocomplete === 'one-time-code'
const isKept = (c: Control): boolean => Boolean(c.name) && c.type !== 'file' && !isSecret(c)

/** What a form says now, field by field, without secrets and files. */
export function entriesOf(form: HTMLFormElement): [string, string][] {
  return controlsOf(form).flatMap((c): [string, string][] => {
    if (!isKept(c)) return []
    if (isTicked(c)) return c.checked ? [[c.name, c.value]] : []
    return [[c.name, c.value]]
  })
}

/** What a field says, in words that a person can read beside another's. */
export function textOf(control: Control): string {
  if (control instanceof HTMLSelectElement) return [...control.selectedOptions].map((o) => o.textContent?.trim()).join(', ')
  return isTicked(control) ? (control.checked ? 'dipilih' : 'tidak dipilih') : control.value
}

/** Sets a value as a hand would, so that whoever listens to the field hears of it; ticks are turned round. */
export function type(control: Control, value: string): void {
  if (isTicked(control)) return control.click()
  if (control.value === value) return
  const kind =
    control instanceof HTMLTextAreaElement
      ? HTMLTextAreaElement
      : control instanceof HTMLSelectElement
        ? HTMLSelectElement
        : HTMLInputElement
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(control, value)
  control.dispatchEvent(new Event('input', { bubbles: true }))
  control.dispatchEvent(new Event('change', { bubbles: true }))
}

/** Puts kept values back: the n-th of a name into the n-th field of that name. Fields that the page no longer has are left out. */
export function fill(form: HTMLFormElement, entries: [string, string][]): void {
  const left = entries.map((e) => [...e] as [string, string] | null)
  const ticked = new Set(entries.map(([name, value]) => `${name}\n${value}`))
  for (const control of controlsOf(form)) {
    if (!isKept(control) || control.disabled) continue
    if (isTicked(control)) {
      const wanted = ticked.has(`${control.name}\n${control.value}`)
      if (control.checked !== wanted && !(control.type === 'radio' && !wanted)) control.click()
      continue
    }
    const at = left.findIndex((e) => e?.[0] === control.name)
    if (at < 0) continue
    type(control, left[at]![1])
    left[at] = null
  }
}

/** Empties what must not stand on a screen that somebody else may see next. */
export function emptySecrets(form: HTMLFormElement): void {
  for (const control of controlsOf(form)) if (isSecret(control)) type(control, '')
}

/** The words of a field: its label, the legend of its group, or its name. */
export function labelOf(control: Control): string {
  const group = isTicked(control) && control.type === 'radio' ? control.closest('fieldset')?.querySelector('legend') : null
  return (group?.textContent || control.getAttribute('aria-label') || control.labels?.[0]?.textContent || control.name).trim()
}

/**
 * The fields that a refusal means: "reason", "minutes.4" (minutes-4), "cells.2.count" (the third count), "happened" (happened-day, …).
 * Empty where the form has none of them.
 */
export function controlsNamed(form: HTMLFormElement, path: string): Control[] {
  const all = controlsOf(form).filter((c) => c.name)
  const named = (name: string) => all.filter((c) => c.name === name)
  const parts = path.split('.')
  const whole = [named(path), named(parts.join('-')), named(parts.join(''))].find((found) => found.length)
  if (whole) return whole
  const at = Number(parts.findLast((p) => /^\d+$/.test(p)))
  const last = named(parts.at(-1)!)
  if (parts.length > 1 && last.length) return last[at] ? [last[at]] : last
  const first = named(parts[0]!)
  return first.length ? first : all.filter((c) => c.name.startsWith(`${parts[0]}-`))
}

const plain = (x: string | number) => (Number.isFinite(Number(x)) && x !== '' ? formatNumber(Number(x), Number(x) % 1 ? 1 : 0) : String(x))

/** What the browser finds wrong with a field, in a sentence; null when nothing is. */
export function problemOf(control: Control): string | null {
  const { validity } = control
  if (validity.valid || control.disabled) return null
  if (validity.customError) return control.validationMessage
  if (validity.valueMissing) return isTicked(control) ? (control.type === 'radio' ? 'Pilih salah satu.' : 'Centang dahulu.') : 'Isi dahulu.'
  if (control instanceof HTMLSelectElement) return 'Pilih salah satu.'
  if (validity.badInput) return control.type === 'number' ? 'Isi dengan angka.' : 'Isian ini belum lengkap.'
  if (validity.tooShort) return `Tulis sedikitnya ${control.minLength} huruf.`
  if (validity.tooLong) return `Terlalu panjang: paling banyak ${control.maxLength} huruf.`
  if (control instanceof HTMLInputElement) {
    if (validity.rangeUnderflow) return control.type === 'number' ? `Sedikitnya ${plain(control.min)}.` : 'Terlalu awal.'
    if (validity.rangeOverflow) return control.type === 'number' ? `Paling banyak ${plain(control.max)}.` : 'Tanggal ini belum boleh.'
    if (validity.stepMismatch)
      return control.step === '' || control.step === '1' ? 'Isi dengan bilangan bulat.' : 'Angka ini terlalu rinci.'
    if (validity.typeMismatch) return control.type === 'email' ? 'Alamat surel ini belum benar.' : 'Alamat ini belum benar.'
  }
  return control.title || 'Bentuk isian ini belum benar.'
}
