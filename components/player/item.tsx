import { Blocks, Inlines } from '@/components/content'
import type { ItemContent, ResponseValue } from '@/lib/items/model'
import { optionOrder } from '@/lib/delivery/model'

type Props = {
  id: string
  content: ItemContent
  value: ResponseValue | undefined
  seed: number
  disabled: boolean
  onChange: (value: ResponseValue) => void
}

const row = (on: boolean) =>
  `flex min-h-12 cursor-pointer items-start gap-3 rounded-lg border px-3 py-2.5 ${on ? 'border-leaf bg-leaf-pale' : 'border-line bg-card'} has-[:focus-visible]:outline-3 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-indigo`
const dot = 'mt-1 size-4 shrink-0 accent-leaf'

/** The choices of one item, by type: native controls, so that thumb, keyboard and screen reader all work. */
export function Choices({ id, content, value, seed, disabled, onChange }: Props) {
  switch (content.type) {
    case 'single':
    case 'graded':
      return (
        <fieldset disabled={disabled} className="space-y-2">
          <legend className="sr-only">Pilih satu jawaban</legend>
          {optionOrder(content.options, id, seed).map((o) => (
            <label key={o.id} className={row(value === o.id)}>
              <input type="radio" name={id} className={dot} checked={value === o.id} onChange={() => onChange(o.id)} />
              <span className="min-w-0">
                <Inlines nodes={o.body} />
              </span>
            </label>
          ))}
        </fieldset>
      )
    case 'multiple': {
      const ticked = Array.isArray(value) ? value : []
      return (
        <fieldset disabled={disabled} className="space-y-2">
          <legend className="mb-1 text-sm font-semibold text-indigo">Pilih semua jawaban yang benar</legend>
          {optionOrder(content.options, id, seed).map((o) => (
            <label key={o.id} className={row(ticked.includes(o.id))}>
              <input
                type="checkbox"
                className={dot}
                checked={ticked.includes(o.id)}
                onChange={(e) => onChange(e.target.checked ? [...ticked, o.id].sort() : ticked.filter((t) => t !== o.id))}
              />
              <span className="min-w-0">
                <Inlines nodes={o.body} />
              </span>
            </label>
          ))}
        </fieldset>
      )
    }
    case 'truefalse': {
      const chosen = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
      return (
        <div className="space-y-3">
          {content.statements.map((s, i) => (
            <fieldset key={s.id} disabled={disabled} className="rounded-lg border border-line bg-card p-3">
              <legend className="sr-only">Pernyataan {i + 1}</legend>
              <div className="mb-2">
                <Inlines nodes={s.body} />
              </div>
              <div className="grid grid-cols-2 gap-2">
                {([true, false] as const).map((v) => (
                  <label key={String(v)} className={row(chosen[s.id] === v)}>
                    <input
                      type="radio"
                      name={`${id}-${s.id}`}
                      className={dot}
                      checked={chosen[s.id] === v}
                      onChange={() => onChange({ ...chosen, [s.id]: v })}
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
    case 'likert':
      return (
        <fieldset disabled={disabled} className="space-y-2">
          <legend className="mb-1 text-sm font-semibold text-indigo">Seberapa sesuai pernyataan ini dengan diri Anda?</legend>
          {content.scale.map((label, i) => (
            <label key={label} className={row(value === i + 1)}>
              <input type="radio" name={id} className={dot} checked={value === i + 1} onChange={() => onChange(i + 1)} />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      )
  }
}

export const Stem = ({ content, media }: { content: ItemContent; media: Record<string, string> }) => (
  <Blocks nodes={content.stem} media={media} />
)
