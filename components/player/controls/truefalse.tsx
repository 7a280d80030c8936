import { Inlines } from '@/components/content'
import { rows } from '../change'
import { counted, dot, given, row, type Control, type ControlProps } from './control'

function Statements({ id, content, value, media, disabled, onChange }: ControlProps<'truefalse'>) {
  const chosen = rows<boolean>(value)
  return (
    <div className="space-y-3">
      {content.statements.map((s, i) => (
        <fieldset key={s.id} disabled={disabled} className="rounded-lg border border-line bg-card p-3">
          <legend className="sr-only">Pernyataan {i + 1}</legend>
          <div className="mb-2">
            <Inlines nodes={s.body} media={media} />
          </div>
          <div className="grid grid-cols-2 gap-2">
            {([true, false] as const).map((v) => (
              <label key={String(v)} className={row(chosen[s.id] === v)}>
                <input
                  type="radio"
                  name={`${id}-${s.id}`}
                  className={dot}
                  checked={chosen[s.id] === v}
                  onChange={() => onChange((before) => ({ ...rows<boolean>(before), [s.id]: v }))}
                />
                <span>{content.labels[v ? 0 : 1]}</span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  )
}

export const truefalse: Control<'truefalse'> = {
  Choices: Statements,
  slots: null,
  parts: (content, value) =>
    counted(
      content.statements.map((s) => s.id),
      (id) => given(value, id),
    ),
}
