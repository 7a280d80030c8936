'use client'
import { useState } from 'react'
import { buttonClass } from '@/components/ui/form'

const STEP = 5

/**
 * A percent with − and +. Before script has loaded the two buttons post the form, and the server steps and saves;
 * afterwards they only change the number. The hidden first button is what Enter in the field presses.
 */
export function PercentField({ label, value, hint }: { label: string; value: number | null; hint?: string }) {
  const [typed, setTyped] = useState(value === null ? '' : String(value))
  const stepTo = (by: number) => setTyped(String(Math.min(100, Math.max(0, (typed === '' ? 50 : Math.round(Number(typed))) + by))))
  const stepper = (by: number, name: string, sign: string) => (
    <button
      type="submit"
      name="step"
      value={by}
      formNoValidate
      aria-label={name}
      onClick={(e) => {
        e.preventDefault()
        stepTo(by)
      }}
      className={`${buttonClass('quiet')} w-14 text-xl`}
    >
      {sign}
    </button>
  )
  return (
    <div>
      <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true">
        Simpan
      </button>
      <label htmlFor="percent" className="mb-2 block font-semibold">
        {label}
      </label>
      <div className="flex items-stretch gap-2">
        {stepper(-STEP, `Kurangi ${STEP}`, '−')}
        <div className="flex min-w-0 flex-1 items-center rounded-lg border border-line bg-card px-3 sm:max-w-40">
          <input
            id="percent"
            name="percent"
            type="number"
            inputMode="numeric"
            min={0}
            max={100}
            step={1}
            required
            value={typed}
            onChange={(e) => setTyped(e.target.value)}
            aria-describedby={hint ? 'percent-h' : undefined}
            className="min-h-11 w-full min-w-0 bg-transparent text-center text-xl font-bold tabular-nums"
          />
        </div>
        {stepper(STEP, `Tambah ${STEP}`, '+')}
      </div>
      {hint && (
        <p id="percent-h" className="mt-2 text-sm text-soft">
          {hint}
        </p>
      )}
    </div>
  )
}
