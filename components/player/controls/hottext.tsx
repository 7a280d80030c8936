import { codes, toggle } from '../change'
import { onePart, type Control } from './control'

export const hottext: Control<'hottext'> = {
  Choices: ({ content }) => (
    <p className="text-sm font-semibold text-indigo">
      {content.most === 1 ? 'Ketuk satu kata bergaris bawah di atas' : 'Ketuk kata-kata bergaris bawah yang sesuai di atas'}
    </p>
  ),
  slots: ({ content, value, disabled, onChange }) => ({
    gap: () => null,
    hot: (code, words) => {
      const on = codes(value).includes(code)
      return (
        <button
          type="button"
          aria-pressed={on}
          disabled={disabled}
          className={`min-h-11 min-w-11 rounded px-1 text-left underline decoration-dotted underline-offset-4 ${on ? 'bg-leaf-pale font-semibold outline outline-leaf' : 'bg-paper'}`}
          onClick={() => onChange(toggle(code, content.most))}
        >
          {words}
        </button>
      )
    },
  }),
  parts: onePart,
}
