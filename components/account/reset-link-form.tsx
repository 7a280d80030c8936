'use client'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Select } from '@/components/ui/form'
import { makeLink } from '@/lib/access/reset-actions'
import { OneTimeLink } from './one-time-link'

/** The administrator makes a one-time link for somebody; it is shown this once, to be printed or read aloud. */
export function ResetLinkForm({ people }: { people: { id: string; name: string; email: string }[] }) {
  return (
    <ActionForm
      action={makeLink}
      label="Tautan atur ulang"
      className="grid gap-4 sm:grid-cols-2"
      answer={(said) => said.ok && <OneTimeLink made={said.value} title={(name) => `Kata sandi baru untuk ${name}`} />}
    >
      <div className="no-print contents">
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
        <Button className="self-end">Buat tautan atur ulang</Button>
      </div>
    </ActionForm>
  )
}
