'use client'
import { letterAt } from '@/lib/items/line-model'
import { lackOfGraded, readGraded, writeGraded, type Graded } from './graded-lines'
import type { FieldPart } from './part'
import { Rows } from './rows'
import { Line, Words } from './words'

export const graded: FieldPart<Graded> = {
  read: readGraded,
  write: writeGraded,
  lack: lackOfGraded,
  View: function GradedRows({ model, onChange }) {
    return (
      <Rows
        id="skor"
        rows={model}
        onRows={onChange}
        blank={() => ({ text: '', score: '' })}
        name={(at) => `opsi ${letterAt(at)}`}
        add="Tambah opsi"
      >
        {(row, at, set, onEnter) => (
          <div className="flex items-start gap-2">
            <Line
              id={`skor-${at}-nilai`}
              label="Skor"
              aria-label={`Skor opsi ${letterAt(at)}`}
              inputMode="decimal"
              className="w-20 shrink-0"
              value={row.score}
              onChange={(score) => set({ ...row, score })}
            />
            <Words
              id={`skor-${at}`}
              label={`Opsi ${letterAt(at)}`}
              seen
              value={row.text}
              onChange={(text) => set({ ...row, text })}
              onEnter={onEnter}
            />
          </div>
        )}
      </Rows>
    )
  },
}
