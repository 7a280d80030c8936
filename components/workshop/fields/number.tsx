'use client'
import { lackOfNumeric, numberOrNull, readNumeric, writeNumeric, type Answer, type Numeric } from './number-lines'
import type { FieldPart } from './part'
import { Rows } from './rows'
import { Line } from './words'

/** What a typed number is read as, where a point could mean thousands. */
const readAs = (text: string): string | undefined => {
  const n = numberOrNull(text)
  return text.includes('.') && n !== null ? `Terbaca ${String(n).replace('.', ',')}. Pecahan ditulis dengan koma.` : undefined
}

/** A right number, its tolerance and the units that may stand behind it. */
export function NumberFields({ id, value, onChange }: { id: string; value: Answer; onChange: (value: Answer) => void }) {
  const hint = readAs(value.answer)
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
      <Line
        id={id}
        label="Jawaban yang benar"
        inputMode="decimal"
        {...(hint ? { hint } : {})}
        value={value.answer}
        onChange={(answer) => onChange({ ...value, answer })}
      />
      <Line
        id={`${id}-toleransi`}
        label="Toleransi (±)"
        inputMode="decimal"
        value={value.tolerance}
        onChange={(tolerance) => onChange({ ...value, tolerance })}
      />
      <Line
        id={`${id}-satuan`}
        label="Satuan"
        hint="Beberapa tulisan dipisahkan koma: cm², cm2."
        className="col-span-2 sm:col-span-1"
        value={value.units}
        onChange={(units) => onChange({ ...value, units })}
      />
    </div>
  )
}

export const numeric: FieldPart<Numeric> = {
  read: readNumeric,
  write: writeNumeric,
  lack: lackOfNumeric,
  View: function NumericFields({ model, onChange }) {
    return (
      <div className="space-y-4">
        <NumberFields id="angka" value={model} onChange={(own) => onChange({ ...model, ...own })} />
        <fieldset className="space-y-2">
          <legend className="text-sm font-semibold">Angka lain yang bernilai sebagian</legend>
          <Rows
            id="angka-lain"
            rows={model.others}
            onRows={(others) => onChange({ ...model, others })}
            blank={() => ({ percent: '50', answer: '', tolerance: '' })}
            name={(at) => `angka lain ${at + 1}`}
            add="Tambah angka"
            least={0}
          >
            {(row, at, set) => (
              <div className="grid grid-cols-3 gap-2">
                <Line
                  id={`angka-lain-${at}`}
                  label="Angka"
                  inputMode="decimal"
                  value={row.answer}
                  onChange={(answer) => set({ ...row, answer })}
                />
                <Line
                  id={`angka-lain-${at}-toleransi`}
                  label="Toleransi"
                  aria-label={`Toleransi angka lain ${at + 1}`}
                  inputMode="decimal"
                  value={row.tolerance}
                  onChange={(tolerance) => set({ ...row, tolerance })}
                />
                <Line
                  id={`angka-lain-${at}-persen`}
                  label="Nilai (%)"
                  inputMode="numeric"
                  value={row.percent}
                  onChange={(percent) => set({ ...row, percent })}
                />
              </div>
            )}
          </Rows>
        </fieldset>
      </div>
    )
  },
}
