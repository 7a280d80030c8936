import { useRef } from 'react'
import { formatExact } from '@/lib/platform/format'
import { rows } from '../change'
import { useTyped } from '../typing'
import { onePart, type Control, type ControlProps } from './control'

const by = 'size-11 shrink-0 rounded-lg border border-line bg-card text-xl disabled:opacity-40'

/**
 * A number on a line. The native slider gives thumb, arrow keys and screen reader; the buttons move it by one step. Until it is touched
 * it stands pale in the middle and has no value: the middle itself is chosen by a tap on it, or by Enter.
 */
function Line({ content, value, disabled, onChange }: ControlProps<'slider'>) {
  const { min, max, step, unit, labels } = content
  const { text, type, flush } = useTyped(rows<string>(value).value ?? '', (next) => onChange(() => (next ? { value: next } : null)))
  const line = useRef<HTMLInputElement>(null)
  const said = text ? `${formatExact(Number(text))}${unit ? ` ${unit}` : ''}` : 'Belum dijawab'
  const move = (steps: 1 | -1) => {
    // The first press takes the value on which the line stands; only then does it move.
    if (text) line.current?.stepUp(steps)
    if (line.current) type(line.current.value)
  }
  const take = () => line.current && type(line.current.value)
  return (
    <div className="space-y-2">
      <p className="text-sm font-semibold text-indigo">Geser pada garis, atau gunakan tombol − dan +</p>
      <p role="status" className={`text-center text-xl tabular-nums ${text ? 'font-semibold' : 'text-soft'}`}>
        {said}
      </p>
      <div className="flex items-center gap-2">
        <button type="button" aria-label="Kurangi satu langkah" className={by} disabled={disabled} onClick={() => move(-1)}>
          −
        </button>
        <input
          ref={line}
          type="range"
          aria-label="Jawaban Anda"
          aria-valuetext={said}
          min={min}
          max={max}
          step={step}
          disabled={disabled}
          value={text || (min + max) / 2}
          onChange={(e) => type(e.target.value)}
          onClick={take}
          onKeyDown={(e) => e.key === 'Enter' && take()}
          onBlur={flush}
          className={`h-12 min-w-0 flex-1 rounded-lg border px-2 ${text ? 'border-leaf bg-leaf-pale accent-leaf' : 'border-line bg-card accent-line'}`}
        />
        <button type="button" aria-label="Tambah satu langkah" className={by} disabled={disabled} onClick={() => move(1)}>
          +
        </button>
      </div>
      <p className="flex justify-between gap-4 text-sm text-soft">
        <span>
          {formatExact(min)} {labels?.[0]}
        </span>
        <span className="text-right">
          {labels?.[1]} {formatExact(max)}
        </span>
      </p>
      {text && (
        <button
          type="button"
          disabled={disabled}
          className="min-h-11 rounded-lg border border-line bg-card px-3 text-sm"
          onClick={() => {
            line.current?.focus()
            type('')
          }}
        >
          Kosongkan jawaban
        </button>
      )}
    </div>
  )
}

export const slider: Control<'slider'> = { Choices: Line, slots: null, parts: onePart }
