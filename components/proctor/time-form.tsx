'use client'
import { useId, useState } from 'react'
import { Button, Field } from '@/components/ui/form'
import type { Scope } from '@/lib/console/model'
import { AskOnce } from './ask-once'
import type { Act } from './seat'

const reasons = ['Listrik padam', 'Jaringan terputus', 'Ponsel diganti', 'Gangguan di ruang', 'Sakit']
const minutes = [5, 10, 15, 30]

/** Pause, resume and more time for one scope. Stopping a clock and giving time take a reason, which goes into the minutes; letting it go on takes none. */
export function TimeForm(props: { scope: Scope; target: string; name: string; act: Act; paused: boolean }) {
  const { scope, target, name, act, paused } = props
  const id = useId()
  const [reason, setReason] = useState('')
  const [lacking, setLacking] = useState(false)
  const fits = reason.trim().length >= 4
  const reasoned = (): boolean => {
    setLacking(!fits)
    if (!fits) document.getElementById(id)?.focus()
    return fits
  }
  const run = (work: () => void) => {
    if (!reasoned()) return
    work()
    setReason('')
  }
  return (
    <form aria-label={`Waktu untuk ${name}`} className="space-y-2" onSubmit={(e) => e.preventDefault()}>
      <Field
        id={id}
        label={`Alasan jeda atau tambahan waktu untuk ${name}`}
        name="reason"
        value={reason}
        onChange={(e) => setReason(e.target.value)}
        autoComplete="off"
        aria-invalid={lacking && !fits}
      />
      {lacking && !fits && (
        <p role="alert" className="text-sm font-semibold text-manggis">
          Tulis alasannya dahulu, sedikitnya empat huruf.
        </p>
      )}
      <div className="flex flex-wrap gap-1" role="group" aria-label="Alasan yang sering">
        {reasons.map((r) => (
          <button
            key={r}
            type="button"
            onClick={() => setReason(r)}
            className="min-h-11 rounded-full border border-line bg-paper px-3 text-sm hover:border-leaf"
          >
            {r}
          </button>
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          type="button"
          look={paused ? 'quiet' : 'careful'}
          onClick={() => run(() => act({ kind: 'pause', scope, target, reason: reason.trim() }))}
          disabled={paused}
        >
          Jeda
        </Button>
        <Button type="button" look="quiet" disabled={!paused} onClick={() => act({ kind: 'resume', scope, target })}>
          Akhiri jeda
        </Button>
        {minutes.map((m) => (
          <AskOnce
            key={m}
            words={`+${m} menit`}
            label={`Tambah ${m} menit`}
            look="quiet"
            allowed={reasoned}
            question={`Beri ${name} tambahan ${m} menit? Waktu yang sudah diberikan tidak dapat ditarik lagi.`}
            yes={`Ya, tambah ${m} menit`}
            onYes={() => run(() => act({ kind: 'extend', scope, target, minutes: m, reason: reason.trim() }))}
          />
        ))}
      </div>
    </form>
  )
}
