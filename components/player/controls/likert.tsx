import { dot, onePart, row, type Control, type ControlProps } from './control'

function Scale({ id, content, value, disabled, onChange }: ControlProps<'likert'>) {
  return (
    <fieldset disabled={disabled} className="space-y-2">
      <legend className="mb-1 text-sm font-semibold text-indigo">Seberapa sesuai pernyataan ini dengan diri Anda?</legend>
      {content.scale.map((label, i) => (
        <label key={label} className={row(value === i + 1)}>
          <input type="radio" name={id} className={dot} checked={value === i + 1} onChange={() => onChange(() => i + 1)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}

export const likert: Control<'likert'> = { Choices: Scale, slots: null, parts: onePart }
