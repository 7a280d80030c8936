'use client'

import { startTransition, useActionState, useState, type FormEvent } from 'react'
import { Button, Notice, Select } from '@/components/ui/form'
import { Badge } from '@/components/ui/page'
import { chosenFile, FileField, SendingBar, useFileSender } from '@/components/ui/upload'
import { importFile } from '@/lib/instruments/workshop-actions'
import { itemTypeNames, type ItemType } from '@/lib/items/model'
import { UPLOAD_FIELD } from '@/lib/platform/upload-model'

type Props = { instrument: string; nodes: { code: string; title: string }[]; domains: { code: string; title: string }[] }
const marks = {
  whole: { words: 'utuh', tone: 'good' },
  loss: { words: 'dengan catatan', tone: 'care' },
  refused: { words: 'ditolak', tone: 'bad' },
} as const

/** A file is looked at first and imported on a second press; every item says what becomes of it, and why. */
export function ImportDesk({ instrument, nodes, domains }: Props) {
  const [state, run, pending] = useActionState(importFile, null)
  const [refused, setRefused] = useState('')
  const { sending, send } = useFileSender('butir')
  const busy = pending || sending !== null
  /** Sent by hand, so that the chosen file is still there for the second press. */
  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form, (event.nativeEvent as SubmitEvent).submitter)
    const file = chosenFile(form)
    if (!file || busy) return
    setRefused('')
    const sent = await send(file)
    if (!sent.ok) return setRefused(sent.message)
    data.set(UPLOAD_FIELD, sent.id)
    startTransition(() => run(data))
  }
  const count = (status: keyof typeof marks) => (state?.ok ? state.rows.filter((r) => r.status === status).length : 0)
  return (
    <form action={run} onSubmit={(e) => void submit(e)} className="space-y-4" aria-label="Impor butir" aria-busy={busy}>
      <input type="hidden" name="instrument" value={instrument} />
      <FileField kind="butir" label="Berkas soal" required hint="Paling besar 60 MB." />
      <fieldset className="grid gap-3 sm:grid-cols-3">
        <legend className="mb-1 text-sm text-soft">Bila berkas tidak menyebutnya:</legend>
        <Select label="Sub-indikator" name="indicator">
          {nodes.map((n) => (
            <option key={n.code} value={n.code}>
              {n.code} {n.title}
            </option>
          ))}
        </Select>
        <Select label="Ranah" name="domain">
          {domains.map((d) => (
            <option key={d.code} value={d.code}>
              {d.title}
            </option>
          ))}
        </Select>
        <Select label="Level" name="level" defaultValue="L2">
          {['L1', 'L2', 'L3'].map((l) => (
            <option key={l}>{l}</option>
          ))}
        </Select>
      </fieldset>
      <div className="flex flex-wrap gap-2">
        <Button name="then" value="check" look="quiet" disabled={busy}>
          Periksa dahulu
        </Button>
        <Button name="then" value="import" disabled={busy}>
          Impor sebagai draf
        </Button>
        {pending && (
          <span role="status" className="self-center text-sm text-soft">
            Membaca berkas …
          </span>
        )}
      </div>
      <div aria-live="polite" className="space-y-3">
        {sending && <SendingBar sending={sending} />}
        {refused && !busy && <Notice tone="bad">{refused}</Notice>}
        {state && !refused && !sending && (
          <Notice
            tone={state.ok ? 'good' : 'bad'}
            title={state.ok ? `${count('whole')} utuh · ${count('loss')} dengan catatan · ${count('refused')} ditolak` : undefined}
          >
            {state.message}
          </Notice>
        )}
        {state?.ok && !refused && !sending && (
          <ol className="space-y-2">
            {state.rows.map((r, i) => (
              <li key={i} className="rounded-lg border border-line bg-card p-3 text-sm">
                <p className="flex flex-wrap items-center gap-2">
                  <Badge tone={marks[r.status].tone}>{marks[r.status].words}</Badge>
                  <strong>{r.code ?? r.id}</strong>
                  {r.type && <span className="text-soft">{itemTypeNames[r.type as ItemType]}</span>}
                  <span className="text-soft">baris {r.line}</span>
                  {r.outcome && <span>{r.outcome}</span>}
                </p>
                <p className="mt-1">{r.title}</p>
                {[...r.problems, ...(r.notes ?? [])].map((p) => (
                  <p key={p} className="mt-1 text-soft">
                    {p}
                  </p>
                ))}
              </li>
            ))}
          </ol>
        )}
      </div>
    </form>
  )
}
