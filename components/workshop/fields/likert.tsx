'use client'
import { lackOfDirection, readDirection, writeDirection, type Direction } from './likert-lines'
import type { FieldPart } from './part'
import { Tick } from './words'

export const likert: FieldPart<Direction> = {
  read: readDirection,
  write: writeDirection,
  lack: lackOfDirection,
  View: function DirectionChoice({ model, onChange }) {
    return (
      <div role="radiogroup" aria-label="Arah pernyataan" className="space-y-2">
        <Tick
          id="arah-searah"
          kind="radio"
          name="arah"
          label="Searah: makin setuju, makin tinggi skornya"
          checked={model.reversed === false}
          onChange={() => onChange({ reversed: false })}
        />
        <Tick
          id="arah-terbalik"
          kind="radio"
          name="arah"
          label="Terbalik: makin setuju, makin rendah skornya"
          checked={model.reversed === true}
          onChange={() => onChange({ reversed: true })}
        />
      </div>
    )
  },
}
