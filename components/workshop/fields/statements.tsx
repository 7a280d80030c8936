'use client'
import type { FieldPart } from './part'
import { Rows } from './rows'
import { lackOfStatements, PLAIN, readStatements, writeStatements, type Statements } from './statement-lines'
import { Line, Tick, Words } from './words'

export const truefalse: FieldPart<Statements> = {
  read: readStatements,
  write: writeStatements,
  lack: lackOfStatements,
  View: function StatementRows({ model, onChange }) {
    const [yes, no] = model.labels.map((l, i) => l.trim() || PLAIN[i]!) as [string, string]
    const label = (at: 0 | 1, text: string) => onChange({ ...model, labels: at ? [model.labels[0], text] : [text, model.labels[1]] })
    return (
      <div className="space-y-3">
        <Rows
          id="pernyataan"
          rows={model.rows}
          onRows={(rows) => onChange({ ...model, rows })}
          blank={() => ({ text: '', key: null })}
          name={(at) => `pernyataan ${at + 1}`}
          add="Tambah pernyataan"
          most={10}
        >
          {(row, at, set, onEnter) => (
            <div className="space-y-2">
              <Words
                id={`pernyataan-${at}`}
                label={`Pernyataan ${at + 1}`}
                seen
                value={row.text}
                onChange={(text) => set({ ...row, text })}
                onEnter={onEnter}
              />
              <div role="radiogroup" aria-label={`Kunci pernyataan ${at + 1}`} className="flex flex-wrap gap-2">
                {([true, false] as const).map((key) => (
                  <Tick
                    key={String(key)}
                    id={`pernyataan-${at}-${key ? 'benar' : 'salah'}`}
                    kind="radio"
                    name={`kunci-pernyataan-${at}`}
                    label={key ? yes : no}
                    checked={row.key === key}
                    onChange={() => set({ ...row, key })}
                  />
                ))}
              </div>
            </div>
          )}
        </Rows>
        <div className="grid grid-cols-2 gap-3">
          <Line id="label-benar" label="Kata untuk benar" value={model.labels[0]} onChange={(t) => label(0, t)} />
          <Line id="label-salah" label="Kata untuk salah" value={model.labels[1]} onChange={(t) => label(1, t)} />
        </div>
      </div>
    )
  },
}
