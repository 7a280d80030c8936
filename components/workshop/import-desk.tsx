'use client'

import { Button, Notice, Select } from '@/components/ui/form'
import { Badge } from '@/components/ui/page'
import { FileField, UploadForm } from '@/components/ui/upload'
import { importFile, type ImportState } from '@/lib/instruments/workshop-actions'
import { itemTypeNames, type ItemType } from '@/lib/items/model'

type Props = { instrument: string; nodes: { code: string; title: string }[]; domains: { code: string; title: string }[] }
const marks = {
  whole: { words: 'utuh', tone: 'good' },
  loss: { words: 'dengan catatan', tone: 'care' },
  refused: { words: 'ditolak', tone: 'bad' },
} as const

/** What becomes of every item, and why. */
function Items({ said }: { said: Extract<NonNullable<ImportState>, { ok: true }> }) {
  const count = (status: keyof typeof marks) => said.rows.filter((r) => r.status === status).length
  return (
    <div className="space-y-3">
      <Notice tone="good" title={`${count('whole')} utuh · ${count('loss')} dengan catatan · ${count('refused')} ditolak`}>
        {said.message}
      </Notice>
      <ol className="space-y-2">
        {said.rows.map((r, i) => (
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
    </div>
  )
}

/** A file is looked at first and imported on a second press: it stays chosen in between. */
export function ImportDesk({ instrument, nodes, domains }: Props) {
  return (
    <UploadForm
      kind="butir"
      action={importFile}
      className="space-y-4"
      label="Impor butir"
      stays
      answer={(said) => said.ok && <Items said={said} />}
    >
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
