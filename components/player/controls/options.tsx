import { Inlines } from '@/components/content'
import { optionOrder } from '@/lib/delivery/model'
import { codes, toggle } from '../change'
import { dot, onePart, row, type Control, type ControlProps } from './control'

/** One of several options. */
function OneOf({ id, content, value, seed, media, disabled, onChange }: ControlProps<'single' | 'graded'>) {
  return (
    <fieldset disabled={disabled} className="space-y-2">
      <legend className="sr-only">Pilih satu jawaban</legend>
      {optionOrder(content.options, id, seed).map((o) => (
        <label key={o.id} className={row(value === o.id)}>
          <input type="radio" name={id} className={dot} checked={value === o.id} onChange={() => onChange(() => o.id)} />
          <span className="min-w-0">
            <Inlines nodes={o.body} media={media} />
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export const single: Control<'single'> = { Choices: OneOf, slots: null, parts: onePart }
export const graded: Control<'graded'> = { Choices: OneOf, slots: null, parts: onePart }

function AllOf({ id, content, value, seed, media, disabled, onChange }: ControlProps<'multiple'>) {
  const ticked = codes(value)
  return (
    <fieldset disabled={disabled} className="space-y-2">
      <legend className="mb-1 text-sm font-semibold text-indigo">Pilih semua jawaban yang benar</legend>
      {optionOrder(content.options, id, seed).map((o) => (
        <label key={o.id} className={row(ticked.includes(o.id))}>
          <input type="checkbox" className={dot} checked={ticked.includes(o.id)} onChange={() => onChange(toggle(o.id, 0))} />
          <span className="min-w-0">
            <Inlines nodes={o.body} media={media} />
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export const multiple: Control<'multiple'> = { Choices: AllOf, slots: null, parts: onePart }
