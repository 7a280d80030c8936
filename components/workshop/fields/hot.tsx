'use client'
import { letterAt } from '@/lib/items/line-model'
import { buttonClass } from '@/components/ui/form'
import { lackOfHot, readHot, wordsIn, writeHot, type Hot } from './hot-lines'
import type { FieldPart } from './part'
import { Line, Tick } from './words'

export const hottext: FieldPart<Hot> = {
  read: readHot,
  write: writeHot,
  lack: lackOfHot,
  View: function HotWords({ model, onChange, stem }) {
    const offered = wordsIn(stem.text)
    const free = Array.from({ length: 20 }, (_, i) => letterAt(i)).find((l) => !offered.some((w) => w.id === l))
    const mark = (id: string, on: boolean) =>
      onChange({ ...model, keys: on ? [...model.keys, id].sort() : model.keys.filter((k) => k !== id) })
    return (
      <div className="space-y-3">
        <p className="text-sm text-soft">Sorot sebuah kata di dalam soal, lalu jadikan kata itu pilihan. Sesudahnya tandai yang benar.</p>
        {free && (
          <button type="button" id="kata-tandai" className={buttonClass('quiet')} onClick={() => stem.insert(`[[${free}|kata]]`)}>
            Jadikan kata yang disorot pilihan
          </button>
        )}
        <div role="group" aria-label="Kata yang benar" className="flex flex-wrap gap-2">
          {offered.map((w) => (
            <Tick
              key={w.id}
              id={`kata-${w.id}`}
              label={`${w.id}. ${w.words}`}
              said={`${w.id}. ${w.words} adalah kunci`}
              checked={model.keys.includes(w.id)}
              onChange={(on) => mark(w.id, on)}
            />
          ))}
        </div>
        <Line
          id="kata-batas"
          label="Paling banyak dipilih"
          hint="Kosong berarti tanpa batas."
          inputMode="numeric"
          className="max-w-48"
          value={model.most}
          onChange={(most) => onChange({ ...model, most })}
        />
      </div>
    )
  },
}
