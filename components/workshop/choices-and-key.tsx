'use client'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { type } from '@/components/ui/controls'
import { Notice } from '@/components/ui/form'
import { itemTypeNames, type ItemType } from '@/lib/items/model'
import { fieldsOf } from './fields'
import type { Stem } from './fields/part'

/** False on the server and until the page listens: without a script the lines are the form. */
const useScript = (): boolean =>
  useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  )

type Props = { of: ItemType; lines: string; onLines: (lines: string) => void; stem: Stem; hint: string }

/**
 * Choices and key by form, and the lines behind them, which are what is sent and kept. The form writes into the box of lines as a hand
 * would, so both always say the same; where lines hold a rule that no form shows, the box stands open.
 */
export function ChoicesAndKey({ of, lines, onLines, stem, hint }: Props) {
  const script = useScript()
  const box = useRef<HTMLTextAreaElement>(null)
  const { Form, again, lack } = fieldsOf[of]
  const shown = script && again(lines) !== null
  const missing = shown ? lack(lines, stem.text) : null

  useEffect(() => {
    box.current?.setCustomValidity(missing?.words ?? '')
  }, [missing?.words])

  return (
    <div data-field role="group" aria-labelledby="f-kunci">
      <h2 id="f-kunci" className="mb-2 text-base">
        Pilihan dan kunci: {itemTypeNames[of].toLowerCase()}
      </h2>
      {shown && (
        // Enter in a row is no order to send.
        <div className="mb-3" onKeyDown={(e) => e.key === 'Enter' && e.target instanceof HTMLInputElement && e.preventDefault()}>
          <Form key={of} lines={lines} onLines={(text) => type(box.current!, text)} stem={stem} />
        </div>
      )}
      {script && !shown && (
        <div className="mb-3">
          <Notice tone="care">
            Baris di bawah ini memuat aturan yang tidak dapat ditampilkan sebagai formulir. Ubah sebagai baris, atau kosongkan untuk memulai
            formulir baru.
          </Notice>
        </div>
      )}
      <details open={!shown} className="rounded-lg border border-line bg-card px-3 py-1">
        <summary className="flex min-h-11 cursor-pointer items-center font-semibold">Tulis sebagai baris</summary>
        <label htmlFor="f-lines" className="mb-1 block text-sm font-semibold">
          Pilihan dan kunci
        </label>
        <textarea
          id="f-lines"
          name="lines"
          ref={box}
          rows={6}
          aria-describedby="f-lines-h"
          data-shown-by={missing?.at}
          value={lines}
          onChange={(e) => onLines(e.target.value)}
          className="block w-full rounded-lg border border-edge bg-card px-3 py-2 font-mono text-sm"
        />
        <p id="f-lines-h" className="mb-2 mt-1 text-sm text-soft">
          {hint}
        </p>
      </details>
    </div>
  )
}
