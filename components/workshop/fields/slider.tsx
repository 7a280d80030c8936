'use client'
import type { FieldPart } from './part'
import { lackOfSlider, readSlider, writeSlider, type Slider } from './slider-lines'
import { Line, Tick } from './words'

type Typed = { [K in keyof Slider]: Slider[K] extends string ? K : never }[keyof Slider]

export const slider: FieldPart<Slider> = {
  read: readSlider,
  write: writeSlider,
  lack: lackOfSlider,
  View: function SliderFields({ model, onChange }) {
    const field = (id: string, label: string, key: Typed, number = true) => (
      <Line
        id={`garis-${id}`}
        label={label}
        {...(number ? { inputMode: 'decimal' as const } : {})}
        value={model[key]}
        onChange={(text) => onChange({ ...model, [key]: text })}
      />
    )
    return (
      <div className="space-y-4">
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
          {field('min', 'Ujung kiri', 'min')}
          {field('max', 'Ujung kanan', 'max')}
          {field('langkah', 'Langkah', 'step')}
          {field('satuan', 'Satuan', 'unit', false)}
        </div>
        <div className="grid grid-cols-2 gap-3">
          {field('kiri', 'Kata di ujung kiri', 'low', false)}
          {field('kanan', 'Kata di ujung kanan', 'high', false)}
        </div>
        <div role="radiogroup" aria-label="Bentuk kunci" className="flex flex-wrap gap-2">
          <Tick
            id="garis-satu"
            kind="radio"
            name="bentuk-kunci"
            label="Satu nilai dengan toleransi"
            checked={!model.span}
            onChange={() => onChange({ ...model, span: false })}
          />
          <Tick
            id="garis-rentang"
            kind="radio"
            name="bentuk-kunci"
            label="Semua nilai dalam satu rentang"
            checked={model.span}
            onChange={() => onChange({ ...model, span: true })}
          />
        </div>
        <div className="grid grid-cols-2 gap-3">
          {model.span ? field('dari', 'Kunci dari', 'from') : field('kunci', 'Nilai yang benar', 'answer')}
          {model.span ? field('sampai', 'Kunci sampai', 'to') : field('toleransi', 'Toleransi (±)', 'tolerance')}
        </div>
      </div>
    )
  },
}
