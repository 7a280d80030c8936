'use client'
import { lackOfPairs, readPairs, writePairs, type Pairs } from './pair-lines'
import type { FieldPart } from './part'
import { Rows } from './rows'
import { Words } from './words'

export const matching: FieldPart<Pairs> = {
  read: readPairs,
  write: writePairs,
  lack: lackOfPairs,
  View: function PairRows({ model, onChange }) {
    return (
      <div className="space-y-4">
        <Rows
          id="pasangan"
          rows={model.pairs}
          onRows={(pairs) => onChange({ ...model, pairs })}
          blank={() => ({ left: '', right: '' })}
          name={(at) => `pasangan ${at + 1}`}
          add="Tambah pasangan"
        >
          {(row, at, set, onEnter) => (
            <div className="grid grid-cols-2 gap-2">
              <Words
                id={`pasangan-${at}`}
                label={`Kiri ${at + 1}`}
                seen
                value={row.left}
                onChange={(left) => set({ ...row, left })}
                onEnter={() => document.getElementById(`pasangan-${at}-kanan`)?.focus()}
              />
              <Words
                id={`pasangan-${at}-kanan`}
                label={`Kanan ${at + 1}`}
                seen
                value={row.right}
                onChange={(right) => set({ ...row, right })}
                onEnter={onEnter}
              />
            </div>
          )}
        </Rows>
        <fieldset className="space-y-2">
          <legend className="text-sm font-semibold">Pengecoh di kanan</legend>
          <p className="text-sm text-soft">Pilihan kanan tanpa pasangan, agar yang terakhir tidak tertebak.</p>
          <Rows
            id="pengecoh"
            rows={model.extra}
            onRows={(extra) => onChange({ ...model, extra })}
            blank={() => ''}
            name={(at) => `pengecoh ${at + 1}`}
            add="Tambah pengecoh"
            least={0}
          >
            {(row, at, set, onEnter) => (
              <Words id={`pengecoh-${at}`} label={`Pengecoh ${at + 1}`} seen value={row} onChange={set} onEnter={onEnter} />
            )}
          </Rows>
        </fieldset>
      </div>
    )
  },
}
