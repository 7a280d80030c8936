'use client'
import { buttonClass } from '@/components/ui/form'
import { AcceptedRows } from './answers'
import type { Option } from './choice-lines'
import { blankGap, gapKinds, lackOfGaps, readGaps, writeGaps, type Gap, type GapKind, type Gaps } from './gap-lines'
import { NumberFields } from './number'
import type { FieldPart, Stem } from './part'
import { Rows } from './rows'
import { Tick, Words } from './words'

const kindNames: Record<GapKind, string> = { teks: 'Teks', angka: 'Angka', pilihan: 'Pilihan' }

function ChoiceOfGap({ id, choices, onChange }: { id: string; choices: Option[]; onChange: (choices: Option[]) => void }) {
  return (
    <Rows
      id={id}
      rows={choices}
      onRows={onChange}
      blank={() => ({ text: '', key: false })}
      name={(at) => `pilihan ${at + 1}`}
      add="Tambah pilihan"
    >
      {(row, at, set, onEnter) => (
        <div className="flex items-start gap-2">
          <Tick
            narrow
            id={`${id}-${at}-kunci`}
            kind="radio"
            name={`kunci-${id}`}
            label={String(at + 1)}
            said={`Pilihan ${at + 1} adalah kunci`}
            checked={row.key}
            onChange={() => onChange(choices.map((c, i) => ({ ...c, key: i === at })))}
          />
          <Words
            id={`${id}-${at}`}
            label={`Pilihan ${at + 1}`}
            value={row.text}
            onChange={(text) => set({ ...row, text })}
            onEnter={onEnter}
          />
        </div>
      )}
    </Rows>
  )
}

function GapFields({ gap, at, set, stem }: { gap: Gap; at: number; set: (gap: Gap) => void; stem: Stem }) {
  const id = `isian-${at}`
  const mark = `[[${at + 1}]]`
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">Isian {at + 1}</span>
        <div role="radiogroup" aria-label={`Jenis isian ${at + 1}`} className="flex flex-wrap gap-1">
          {gapKinds.map((kind, i) => (
            <Tick
              key={kind}
              id={i === 0 ? id : `${id}-jenis-${kind}`}
              kind="radio"
              name={`jenis-${id}`}
              label={kindNames[kind]}
              checked={gap.kind === kind}
              onChange={() => set({ ...gap, kind })}
            />
          ))}
        </div>
        {stem.text.includes(mark) ? (
          <span className="text-sm text-leaf">Tempatnya ada di dalam soal.</span>
        ) : (
          <button type="button" className={buttonClass('quiet')} onClick={() => stem.insert(mark)}>
            Sisipkan tempatnya ke soal
          </button>
        )}
      </div>
      {gap.kind === 'teks' && <AcceptedRows id={`${id}-jawaban`} rows={gap.accepted} onRows={(accepted) => set({ ...gap, accepted })} />}
      {gap.kind === 'angka' && <NumberFields id={`${id}-angka`} value={gap.number} onChange={(number) => set({ ...gap, number })} />}
      {gap.kind === 'pilihan' && (
        <ChoiceOfGap id={`${id}-pilihan`} choices={gap.choices} onChange={(choices) => set({ ...gap, choices })} />
      )}
    </div>
  )
}

export const cloze: FieldPart<Gaps> = {
  read: readGaps,
  write: writeGaps,
  lack: lackOfGaps,
  View: function GapRows({ model, onChange, stem }) {
    return (
      <div className="space-y-3">
        <Rows
          id="isian"
          rows={model.gaps}
          onRows={(gaps) => onChange({ ...model, gaps })}
          blank={blankGap}
          name={(at) => `isian ${at + 1}`}
          add="Tambah isian"
          least={1}
        >
          {(gap, at, set) => <GapFields gap={gap} at={at} set={set} stem={stem} />}
        </Rows>
        <div className="flex flex-wrap gap-2">
          <Tick
            id="isian-semua"
            label="Semua atau nol: tanpa nilai sebagian"
            checked={model.all}
            onChange={(all) => onChange({ ...model, all })}
          />
          <Tick
            id="isian-sekali"
            label="Setiap pilihan hanya sekali pakai"
            checked={model.once}
            onChange={(once) => onChange({ ...model, once })}
          />
        </div>
      </div>
    )
  },
}
