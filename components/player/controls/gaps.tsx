import { optionOrder } from '@/lib/delivery/model'
import { placedGaps, plainText } from '@/lib/items/model'
import { rows } from '../change'
import { TypedGap } from '../typed'
import { counted, given, type Control, type ControlProps } from './control'

type Gapped = 'short' | 'numeric' | 'cloze'
type FieldProps = Omit<ControlProps<Gapped>, 'media'> & { gap: string; inline?: boolean }

function GapField({ content, gap: gapId, id, value, seed, disabled, onChange, inline }: FieldProps) {
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
      className={`min-h-11 max-w-full rounded-lg border border-edge bg-card px-2 ${inline ? 'mx-1 align-baseline' : ''}`}
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

/** Gaps that the text does not place stand after it. */
function Gaps({ content, media: _media, ...rest }: ControlProps<Gapped>) {
  const placed = placedGaps(content.stem)
  return (
    <div className="space-y-3">
      {content.gaps
        .filter((g) => !placed.has(g.id))
        .map((g) => (
          <label key={g.id} className="flex flex-wrap items-center gap-2">
            <span className="text-sm font-semibold text-indigo">{content.gaps.length === 1 ? 'Jawaban Anda' : `Isian ${g.id}`}</span>
            <GapField {...rest} content={content} gap={g.id} />
            {content.unit && <span>{content.unit}</span>}
          </label>
        ))}
    </div>
  )
}

const filled = {
  Choices: Gaps,
  slots: (props: ControlProps<Gapped>) => ({ gap: (gap: string) => <GapField {...props} gap={gap} inline />, hot: () => null }),
  parts: (content: ControlProps<Gapped>['content'], value: ControlProps<Gapped>['value']) =>
    counted(
      content.gaps.map((g) => g.id),
      (id) => given(value, id),
    ),
}

export const short: Control<'short'> = filled
export const numeric: Control<'numeric'> = filled
export const cloze: Control<'cloze'> = filled
