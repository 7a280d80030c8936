import { rows } from '../change'
import { Essay } from '../typed'
import { onePart, type Control } from './control'

export const extended: Control<'extended'> = {
  Choices: ({ content, value, disabled, onChange }) => (
    <Essay
      value={rows<string>(value).text ?? ''}
      most={content.words}
      disabled={disabled}
      onCommit={(text) => onChange(() => (text.trim() ? { text } : null))}
    />
  ),
  slots: null,
  parts: onePart,
}
