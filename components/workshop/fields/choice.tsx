'use client'
import { letterAt } from '@/lib/items/line-model'
import { lackOfChoice, readMultiple, readSingle, writeChoice, type Choice } from './choice-lines'
import type { FieldPart } from './part'
import { Rows } from './rows'
import { Tick, Words } from './words'

type ViewProps = { model: Choice; onChange: (model: Choice) => void }

const view = (one: boolean) =>
  function ChoiceRows({ model, onChange }: ViewProps) {
    const { rows } = model
    const mark = (at: number, key: boolean) =>
      onChange({ ...model, rows: rows.map((r, i) => (i === at ? { ...r, key } : one ? { ...r, key: false } : r)) })
    return (
      <div className="space-y-3">
        <p className="text-sm text-soft">
          {one ? 'Tandai satu opsi sebagai kunci.' : 'Tandai setiap opsi yang benar.'} Enter menuju opsi berikutnya.
        </p>
        <Rows
          id="opsi"
          rows={rows}
          onRows={(next) => onChange({ ...model, rows: next })}
          blank={() => ({ text: '', key: false })}
          name={(at) => `opsi ${letterAt(at)}`}
          add="Tambah opsi"
        >
          {(row, at, set, onEnter) => (
            <div className="flex items-start gap-2">
              <Tick
                narrow
                id={`opsi-${at}-kunci`}
                kind={one ? 'radio' : 'checkbox'}
                {...(one ? { name: 'kunci-opsi' } : {})}
                label={letterAt(at)}
                said={`Opsi ${letterAt(at)} adalah kunci`}
                checked={row.key}
                onChange={(key) => mark(at, key)}
              />
              <Words
                id={`opsi-${at}`}
                label={`Opsi ${letterAt(at)}`}
                value={row.text}
                onChange={(text) => set({ ...row, text })}
                onEnter={onEnter}
              />
            </div>
          )}
        </Rows>
        {!one && (
          <Tick
            id="opsi-semua"
            label="Semua atau nol: tanpa nilai sebagian"
            checked={model.all}
            onChange={(all) => onChange({ ...model, all })}
          />
        )}
      </div>
    )
  }

export const single: FieldPart<Choice> = { read: readSingle, write: writeChoice, lack: lackOfChoice, View: view(true) }
export const multiple: FieldPart<Choice> = { read: readMultiple, write: writeChoice, lack: lackOfChoice, View: view(false) }
