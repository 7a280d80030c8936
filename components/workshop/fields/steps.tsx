'use client'
import type { FieldPart } from './part'
import { Rows } from './rows'
import { lackOfSteps, readSteps, writeSteps, type Steps } from './step-lines'
import { Words } from './words'

export const ordering: FieldPart<Steps> = {
  read: readSteps,
  write: writeSteps,
  lack: lackOfSteps,
  View: function StepRows({ model, onChange }) {
    return (
      <div className="space-y-3">
        <p className="text-sm text-soft">
          Tulis langkah-langkah dalam urutan yang benar; itulah kuncinya. Peserta melihatnya teracak. Pindahkan dengan menyeret atau dengan
          tombol naik dan turun.
        </p>
        <Rows id="langkah" rows={model} onRows={onChange} blank={() => ''} name={(at) => `langkah ${at + 1}`} add="Tambah langkah">
          {(row, at, set, onEnter) => (
            <Words id={`langkah-${at}`} label={`Langkah ${at + 1}`} seen value={row} onChange={set} onEnter={onEnter} />
          )}
        </Rows>
      </div>
    )
  },
}
