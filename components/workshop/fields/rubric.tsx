'use client'
import type { FieldPart } from './part'
import { Rows } from './rows'
import { blankCriterion, lackOfRubric, readRubric, writeRubric, type Rubric } from './rubric-lines'
import { Line } from './words'

export const extended: FieldPart<Rubric> = {
  read: readRubric,
  write: writeRubric,
  lack: lackOfRubric,
  View: function RubricRows({ model, onChange }) {
    return (
      <div className="space-y-4">
        <p className="text-sm text-soft">
          Apa yang dinilai, dan tingkatannya dari yang bernilai 0 ke atas. Dua penilai memakai rubrik ini tanpa saling melihat.
        </p>
        <Rows
          id="kriteria"
          rows={model.criteria}
          onRows={(criteria) => onChange({ ...model, criteria })}
          blank={blankCriterion}
          name={(at) => `kriteria ${at + 1}`}
          add="Tambah kriteria"
          least={1}
          most={12}
        >
          {(row, at, set) => (
            <div className="space-y-2">
              <Line id={`kriteria-${at}`} label={`Kriteria ${at + 1}`} value={row.title} onChange={(title) => set({ ...row, title })} />
              <fieldset>
                <legend className="mb-1 text-sm">Tingkat kriteria {at + 1}, mulai dari nilai 0</legend>
                <Rows
                  id={`kriteria-${at}-tingkat`}
                  rows={row.levels}
                  onRows={(levels) => set({ ...row, levels })}
                  blank={() => ''}
                  name={(level) => `tingkat bernilai ${level} pada kriteria ${at + 1}`}
                  add="Tambah tingkat"
                  most={6}
                >
                  {(level, worth, change) => (
                    <Line id={`kriteria-${at}-tingkat-${worth}`} label={`Bernilai ${worth}`} value={level} onChange={change} />
                  )}
                </Rows>
              </fieldset>
            </div>
          )}
        </Rows>
        <Line
          id="uraian-kata"
          label="Paling banyak kata"
          hint="Kosong berarti tanpa batas; paling banyak 1.500."
          inputMode="numeric"
          className="max-w-56"
          value={model.words}
          onChange={(words) => onChange({ ...model, words })}
        />
      </div>
    )
  },
}
