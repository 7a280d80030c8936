import { useState, type FormEvent } from 'react'
import { Button, Field, Notice } from '@/components/ui/form'
import type { KeptSeat } from '@/lib/delivery/keep.client'

/** A phone that several teachers share: each opens the own desk with the own card, so that nothing is mixed. */
export function People({ seats, onEntered }: { seats: KeptSeat[]; onEntered: (number: string, code: string) => Promise<string | null> }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const [words, setWords] = useState<string | null>(null)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setWords(await onEntered(chosen!, String(new FormData(event.currentTarget).get('code'))))
  }
  return (
    <section>
      <h1 className="mb-3">Siapa yang memakai ponsel ini?</h1>
      <ul className="space-y-2">
        {seats.map(({ seat }) => (
          <li key={seat.seatId} className="rounded-xl border border-line bg-card p-3">
            <button
              type="button"
              className="flex min-h-11 w-full items-center justify-between gap-3 text-left"
              onClick={() => setChosen(seat.number)}
              aria-expanded={chosen === seat.number}
            >
              <span>
                <span className="block font-semibold">{seat.name}</span>
                <span className="block text-sm text-soft">
                  {seat.number} · {seat.cycleName}
                </span>
              </span>
            </button>
            {chosen === seat.number && (
              <form onSubmit={(e) => void submit(e)} className="mt-3 space-y-3">
                <Field
                  id={`kode-${seat.seatId}`}
                  label="Kode kartu"
                  name="code"
                  autoComplete="off"
                  autoCapitalize="characters"
                  required
                  autoFocus
                />
                <Button className="w-full">Buka meja saya</Button>
                {words && <Notice tone="bad">{words}</Notice>}
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
