import { Blocks, Inlines, type Slots } from '@/components/content'
import { placedGaps, plainText, type ItemContent, type ResponseValue } from '@/lib/items/model'
import { optionOrder } from '@/lib/delivery/model'
import { Matching, Ordering } from './arrange'
import { codes, rows, toggle, type Change } from './change'
import { FreePointing, Pointing } from './pointing'
import { Essay, TypedGap } from './typed'

type Props = {
  id: string
  content: ItemContent
  value: ResponseValue | undefined
  seed: number
  media: Record<string, string>
  disabled: boolean
  onChange: (change: Change) => void
}

const row = (on: boolean) =>
  `flex min-h-12 cursor-pointer items-start gap-3 rounded-lg border px-3 py-2.5 ${on ? 'border-leaf bg-leaf-pale' : 'border-line bg-card'} has-[:focus-visible]:outline-3 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-indigo`
const dot = 'mt-1 size-4 shrink-0 accent-leaf'

/** The choices of one item, by type: native controls, so that thumb, keyboard and screen reader all work. */
export function Choices({ id, content, value, seed, media, disabled, onChange }: Props) {
  switch (content.type) {
    case 'single':
    case 'graded':
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
    case 'multiple': {
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
    case 'truefalse': {
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
    case 'likert':
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
    case 'matching':
      return (
        <Matching
          premises={content.premises}
          choices={optionOrder(content.choices, id, seed)}
          many={content.many ?? false}
          pairs={codes(value)}
          media={media}
          disabled={disabled}
          onChange={onChange}
        />
      )
    case 'ordering':
      return (
        <Ordering
          options={optionOrder(content.options, id, seed)}
          order={codes(value)}
          media={media}
          disabled={disabled}
          onChange={onChange}
        />
      )
    case 'short':
    case 'numeric':
    case 'cloze': {
      const placed = placedGaps(content.stem)
      const after = content.gaps.filter((g) => !placed.has(g.id))
      return (
        <div className="space-y-3">
          {after.map((g) => (
            <label key={g.id} className="flex flex-wrap items-center gap-2">
              <span className="text-sm font-semibold text-indigo">{content.gaps.length === 1 ? 'Jawaban Anda' : `Isian ${g.id}`}</span>
              <GapField content={content} gap={g.id} id={id} value={value} seed={seed} disabled={disabled} onChange={onChange} />
              {content.unit && <span>{content.unit}</span>}
            </label>
          ))}
        </div>
      )
    }
    case 'hottext':
      return (
        <p className="text-sm font-semibold text-indigo">
          {content.most === 1 ? 'Ketuk satu kata bergaris bawah di atas' : 'Ketuk kata-kata bergaris bawah yang sesuai di atas'}
        </p>
      )
    case 'hotspot': {
      const picture = { content, src: media[content.media] ?? `/api/media/${content.media}`, disabled }
      return content.free ? (
        <FreePointing {...picture} points={codes(value)} onChange={onChange} />
      ) : (
        <Pointing {...picture} chosen={codes(value)} onToggle={(spot) => onChange(toggle(spot, content.most))} />
      )
    }
    case 'extended':
      return (
        <Essay
          value={rows<string>(value).text ?? ''}
          most={content.words}
          disabled={disabled}
          onCommit={(text) => onChange(() => (text.trim() ? { text } : null))}
        />
      )
  }
}

type GapFieldProps = Omit<Props, 'content' | 'media'> & {
  content: Extract<ItemContent, { type: 'short' | 'numeric' | 'cloze' }>
  gap: string
  inline?: boolean
}

function GapField({ content, gap: gapId, id, value, seed, disabled, onChange, inline }: GapFieldProps) {
  const gap = content.gaps.find((g) => g.id === gapId)
  if (!gap) return null
  const typed = rows<string>(value)
  const label = content.gaps.length === 1 ? 'Jawaban Anda' : `Isian ${gapId}`
  const fill = (text: string) =>
    onChange((before) => {
      const next = Object.fromEntries(Object.entries({ ...rows<string>(before), [gapId]: text }).filter(([, t]) => t.trim()))
      return Object.keys(next).length ? next : null
    })
  if (gap.kind !== 'choice')
    return <TypedGap label={label} kind={gap.kind} value={typed[gapId] ?? ''} disabled={disabled} onCommit={fill} inline={inline} />
  const taken = new Set(content.once ? Object.entries(typed).flatMap(([g, c]) => (g === gapId ? [] : [c])) : [])
  return (
    <select
      aria-label={label}
      disabled={disabled}
      value={typed[gapId] ?? ''}
      onChange={(e) => fill(e.target.value)}
      className={`min-h-11 max-w-full rounded-lg border border-line bg-card px-2 ${inline ? 'mx-1 align-baseline' : ''}`}
    >
      <option value="">pilih …</option>
      {optionOrder(gap.options, `${id}${gapId}`, seed).map((o) => (
        <option key={o.id} value={o.id} disabled={taken.has(o.id)}>
          {plainText(o.body)}
        </option>
      ))}
    </select>
  )
}

/** The text of an item, with the places for answers that stand in it. */
export function Stem(props: Props) {
  const { content, value, media, disabled, onChange, seed } = props
  const chosen = codes(value)
  const slots: Slots = {
    gap: (gap) =>
      content.type === 'short' || content.type === 'numeric' || content.type === 'cloze' ? (
        <GapField {...props} content={content} gap={gap} inline />
      ) : null,
    hot: (code, words) => {
      const on = chosen.includes(code)
      return (
        <button
          type="button"
          aria-pressed={on}
          disabled={disabled}
          className={`rounded px-1 py-0.5 text-left underline decoration-dotted underline-offset-4 ${on ? 'bg-leaf-pale font-semibold outline outline-leaf' : 'bg-paper'}`}
          onClick={() => content.type === 'hottext' && onChange(toggle(code, content.most))}
        >
          {words}
        </button>
      )
    },
  }
  return <Blocks nodes={content.stem} media={media} slots={slots} scope={String(seed)} />
}
