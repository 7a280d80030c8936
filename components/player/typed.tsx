import { useTyped } from './typing'

type GapProps = {
  label: string
  kind: 'text' | 'number'
  value: string
  disabled: boolean
  onCommit: (text: string) => void
  inline?: boolean
}

/** A word or a number to type. The keyboard of a number has digits, comma and point; what it means is the server's business. */
export function TypedGap({ label, kind, value, disabled, onCommit, inline }: GapProps) {
  const { text, type, flush } = useTyped(value, onCommit)
  return (
    <input
      type="text"
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      aria-label={label}
      maxLength={200}
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="off"
      spellCheck={false}
      disabled={disabled}
      value={text}
      onChange={(e) => type(e.target.value)}
      onBlur={flush}
      className={`min-h-11 rounded-lg border border-edge bg-card px-3 py-1.5 ${inline ? 'mx-1 w-36 max-w-full align-baseline' : 'w-full max-w-sm'}`}
    />
  )
}

type EssayProps = { value: string; most: number; disabled: boolean; onCommit: (text: string) => void }

const wordsOf = (text: string) => text.trim().split(/\s+/).filter(Boolean).length

/** A longer text, with its count of words and the truth about whether it is kept. */
export function Essay({ value, most, disabled, onCommit }: EssayProps) {
  const { text, type, flush, kept } = useTyped(value, onCommit)
  const words = wordsOf(text)
  return (
    <div>
      <textarea
        aria-label="Jawaban Anda"
        rows={10}
        maxLength={8000}
        disabled={disabled}
        value={text}
        onChange={(e) => type(e.target.value)}
        onBlur={flush}
        className="w-full rounded-lg border border-edge bg-card p-3 leading-relaxed"
      />
      <p className="mt-1 flex flex-wrap justify-between gap-2 text-sm text-soft tabular-nums">
        <span className={most && words > most ? 'font-semibold text-manggis' : ''}>
          {words} kata{most ? ` (paling banyak ${most})` : ''}
        </span>
        <span role="status">{text ? (kept ? 'Tercatat di perangkat ini' : 'Mencatat …') : ''}</span>
      </p>
    </div>
  )
}
