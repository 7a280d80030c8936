import { optionOrder } from '@/lib/delivery/model'
import { Matching, Ordering } from '../arrange'
import { codes } from '../change'
import { counted, type Control } from './control'

export const matching: Control<'matching'> = {
  Choices: ({ id, content, value, seed, media, disabled, onChange }) => (
    <Matching
      premises={content.premises}
      choices={optionOrder(content.choices, id, seed)}
      many={content.many ?? false}
      pairs={codes(value)}
      media={media}
      disabled={disabled}
      onChange={onChange}
    />
  ),
  slots: null,
  parts: (content, value) =>
    counted(
      content.premises.map((p) => p.id),
      (id) => codes(value).some((pair) => pair.startsWith(`${id}-`)),
    ),
}

export const ordering: Control<'ordering'> = {
  Choices: ({ id, content, value, seed, media, disabled, onChange }) => (
    <Ordering options={optionOrder(content.options, id, seed)} order={codes(value)} media={media} disabled={disabled} onChange={onChange} />
  ),
  slots: null,
  parts: (content, value) =>
    counted(
      content.options.map((o) => o.id),
      (id) => codes(value).includes(id),
    ),
}
