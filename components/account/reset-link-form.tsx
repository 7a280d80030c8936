'use client'
import { useActionState } from 'react'
import { Button, Field, Select } from '@/components/ui/form'
import { makeLink } from '@/lib/access/reset-actions'
import { OneTimeLink } from './one-time-link'

/** The administrator makes a one-time link for somebody; it is shown this once, to be printed or read aloud. */
export function ResetLinkForm({ people }: { people: { id: string; name: string; email: string }[] }) {
  const [state, run, pending] = useActionState(makeLink, null)
  return (
    <div className="space-y-4">
      <form action={run} aria-label="Tautan atur ulang" aria-busy={pending} className="no-print grid gap-4 sm:grid-cols-2">
        <Select id="f-reset-user" label="Untuk" name="id">
          {people.map((p) => (
            <option key={p.id} value={p.id}>
              {p.name} ({p.email})
            </option>
          ))}
        </Select>
        <Select id="f-reset-kind" label="Yang hilang" name="kind">
          <option value="password">Kata sandi saja; pengaman kedua tetap</option>
          <option value="factors">Juga perangkatnya; semua pengaman kedua dihapus</option>
        </Select>
        <Field
          id="f-reset-checked"
          label="Bagaimana identitasnya diperiksa"
          name="checked"
          required
          minLength={5}
          maxLength={200}
          placeholder="Bertemu langsung, KTP dicocokkan"
        />
        <Button className="self-end" disabled={pending}>
          Buat tautan atur ulang
        </Button>
      </form>
      <OneTimeLink state={state} title={(name) => `Kata sandi baru untuk ${name}`} />
    </div>
  )
}
