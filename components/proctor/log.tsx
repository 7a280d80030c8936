'use client'
import { Button, Field, Select } from '@/components/ui/form'
import { SentForm } from '@/components/ui/sent-form'
import { Card } from '@/components/ui/page'
import type { LogLine } from '@/lib/console/model'
import { formatClock } from '@/lib/platform/format'
import type { Act } from './seat'

/** Writes what happened into the log, with its time, also while the network is away. */
export function IncidentForm({
  scope,
  target,
  kinds,
  act,
}: {
  scope: 'room' | 'sitting'
  target: string
  kinds: Record<string, string>
  act: Act
}) {
  /** Kept by the console until the server has it, network or not. */
  function note(data: FormData): null {
    act({ kind: 'incident', scope, target, about: String(data.get('about')), note: String(data.get('note')).trim() })
    return null
  }
  return (
    <Card title="Catat kejadian">
      <SentForm send={note} label="Catat kejadian" className="space-y-3">
        <Select id="jenis" label="Jenis" name="about">
          {Object.entries(kinds).map(([k, v]) => (
            <option key={k} value={k}>
              {v}
            </option>
          ))}
        </Select>
        <Field id="catatan" label="Apa yang terjadi" name="note" required minLength={5} maxLength={500} autoComplete="off" />
        <Button look="quiet" className="w-full">
          Catat
        </Button>
      </SentForm>
    </Card>
  )
}

/** What happened, newest first: the same lines that the minutes (berita acara) will print. */
export function Log({ lines }: { lines: LogLine[] }) {
  return (
    <Card title="Catatan kejadian">
      {lines.length === 0 && <p className="text-sm text-soft">Belum ada kejadian, jeda, atau tambahan waktu.</p>}
      <ol className="max-h-96 space-y-1 overflow-y-auto text-sm" tabIndex={lines.length > 8 ? 0 : undefined}>
        {lines.map((l) => (
          <li key={l.id}>
            <strong className="tabular-nums">{formatClock(new Date(l.at))}</strong> <span className="text-soft">{l.kind}</span> {l.words}
          </li>
        ))}
      </ol>
    </Card>
  )
}
