'use client'
import { lackOfAccepted, readAnswers, writeAnswers, type Accepted, type Answers } from './answer-lines'
import type { FieldPart } from './part'
import { Rows } from './rows'
import { Line, Tick, Words } from './words'

/** Rows of answers that are taken, each with its credit. */
export function AcceptedRows({ id, rows, onRows }: { id: string; rows: readonly Accepted[]; onRows: (rows: Accepted[]) => void }) {
  return (
    <Rows
      id={id}
      rows={rows}
      onRows={onRows}
      blank={() => ({ text: '', percent: '100' })}
      name={(at) => `jawaban ${at + 1}`}
      add="Tambah jawaban"
      least={1}
    >
      {(row, at, set, onEnter) => (
        <div className="flex items-start gap-2">
          <Words
            id={`${id}-${at}`}
            label={`Jawaban ${at + 1}`}
            seen
            value={row.text}
            onChange={(text) => set({ ...row, text })}
            onEnter={onEnter}
          />
          <Line
            id={`${id}-${at}-persen`}
            label="Nilai (%)"
            aria-label={`Nilai (%) jawaban ${at + 1}`}
            inputMode="numeric"
            className="w-24 shrink-0"
            value={row.percent}
            onChange={(percent) => set({ ...row, percent })}
          />
        </div>
      )}
    </Rows>
  )
}

export const short: FieldPart<Answers> = {
  read: readAnswers,
  write: writeAnswers,
  lack: ({ rows }) => lackOfAccepted(rows, 'jawaban'),
  View: function AnswerRows({ model, onChange }) {
    return (
      <div className="space-y-3">
        <p className="text-sm text-soft">Semua jawaban yang diterima. Yang kurang tepat boleh bernilai sebagian.</p>
        <AcceptedRows id="jawaban" rows={model.rows} onRows={(rows) => onChange({ ...model, rows })} />
        <Tick
          id="jawaban-tepat"
          label="Huruf besar dan spasi harus tepat"
          checked={model.exact}
          onChange={(exact) => onChange({ ...model, exact })}
        />
      </div>
    )
  },
}
