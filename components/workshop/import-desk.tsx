'use client'

import { useState } from 'react'
import { Button, Notice, Select } from '@/components/ui/form'
import { FileField, UploadForm } from '@/components/ui/upload'
import { importFile, type ImportState } from '@/lib/instruments/workshop-actions'
import { ImportItem, statusOf } from './import-item'
import { ImportList } from './import-list'

type Props = { instrument: string; nodes: { code: string; title: string }[]; domains: { code: string; title: string }[] }

/** What became of every item, and why. */
function Done({ said }: { said: Extract<NonNullable<ImportState>, { ok: true }> }) {
  return (
    <div className="space-y-3">
      <Notice tone="good" title={statusOf(said.rows)}>
        {said.message}
      </Notice>
      <ol className="space-y-2">
        {said.rows.map((row, i) => (
          <ImportItem key={i} row={row} place={i} seen={null} media={{}} accepted={null} />
        ))}
      </ol>
    </div>
  )
}

/**
 * A file is looked at first and imported on a second press: it stays chosen in between. What was lost on the way is taken one by one or all
 * of a kind; an item whose losses nobody took waits.
 */
export function ImportDesk({ instrument, nodes, domains }: Props) {
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set())
  const take = (name: string, on: boolean) =>
    setAccepted((before) => {
      const after = new Set(before)
      if (on) after.add(name)
      else after.delete(name)
      return after
    })
  return (
    <UploadForm
      kind="butir"
      action={importFile}
      className="space-y-4"
      label="Impor butir"
      stays
      answer={(said) => said.ok && (said.preview ? <ImportList said={said} accepted={accepted} take={take} /> : <Done said={said} />)}
    >
      <input type="hidden" name="instrument" value={instrument} />
      {[...accepted].map((name) => (
        <input key={name} type="hidden" name="accept" value={name} />
      ))}
      {/* Another file has other losses. */}
      <div onChange={() => setAccepted(new Set())}>
        <FileField kind="butir" label="Berkas soal" required hint="Paling besar 60 MB." />
      </div>
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
        <Button name="then" value="check" look="quiet">
          Periksa dahulu
        </Button>
        <Button name="then" value="import">
          Impor sebagai draf
        </Button>
      </div>
    </UploadForm>
  )
}
