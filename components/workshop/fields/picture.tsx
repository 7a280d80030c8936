'use client'
import { useRef, useState } from 'react'
import { Button, Notice, buttonClass } from '@/components/ui/form'
import { SendingBar } from '@/components/ui/upload'
import type { Area, Spot } from '@/lib/items/model'
import { acceptOf } from '@/lib/platform/upload-model'
import { useMedia } from '../media'
import { Drawing } from './drawing'
import type { FieldPart } from './part'
import { lackOfPicture, nextLetter, readPicture, shapeWords, writePicture, type Picture } from './picture-lines'
import { APART, Line, Tick } from './words'

type Shape = Area['shape']
const shapeNames: Record<Shape, string> = { rect: 'Kotak', circle: 'Lingkaran', poly: 'Bidang bersudut' }

/** Where numbers of a shape stand, each with its name; a polygon has its corners in one field. */
const numbersOf: Record<Exclude<Shape, 'poly'>, string[]> = {
  rect: ['kiri', 'atas', 'kanan', 'bawah'],
  circle: ['tengah mendatar', 'tengah tegak', 'jari-jari'],
}

function PlaceNumbers({ spot, onChange }: { spot: Spot; onChange: (at: number[]) => void }) {
  if (spot.shape === 'poly')
    return (
      <Line
        id={`tempat-${spot.id}-sudut`}
        label="Sudut-sudutnya: mendatar, tegak, …"
        value={spot.at.join(', ')}
        onChange={(text) => {
          const at = text
            .split(/[\s,;]+/)
            .filter(Boolean)
            .map(Number)
          if (at.every(Number.isFinite)) onChange(at)
        }}
      />
    )
  return (
    <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      {numbersOf[spot.shape].map((name, i) => (
        <Line
          key={name}
          id={`tempat-${spot.id}-${i}`}
          type="number"
          step={5}
          min={0}
          label={name}
          aria-label={`${spot.id}: ${name}, dalam piksel`}
          value={String(spot.at[i])}
          onChange={(text) => onChange(spot.at.map((n, j) => (j === i ? Math.max(0, Math.round(Number(text) || 0)) : n)))}
        />
      ))}
    </div>
  )
}

function ChosenPicture({ model, onChange }: { model: Picture; onChange: (model: Picture) => void }) {
  const { sending, said, send } = useMedia()
  const file = useRef<HTMLInputElement>(null)
  const upload = async () => {
    const kept = await send(file.current?.files?.[0], model.alt)
    // Places belong to the picture on which they were drawn; its size is told when it is seen.
    if (kept && !kept.sound) onChange({ ...model, name: kept.name, alt: kept.alt, width: 0, height: 0 })
  }
  return (
    <div className="space-y-3">
      <Line
        id="gambar-alt"
        label="Teks alternatif gambar"
        hint="Apa yang terlihat, bagi yang tidak dapat melihatnya; tanpa menyebut jawabannya."
        value={model.alt}
        onChange={(alt) => onChange({ ...model, alt })}
      />
      <input
        {...APART}
        ref={file}
        id="gambar-berkas"
        type="file"
        aria-label={model.name ? 'Ganti gambar' : 'Berkas gambar'}
        accept={acceptOf('media')}
        className="block min-h-11 w-full text-sm"
      />
      <Button type="button" look="quiet" disabled={sending !== null} onClick={() => void upload()}>
        {model.name ? 'Unggah penggantinya' : 'Unggah gambar'}
      </Button>
      <div aria-live="polite">{sending ? <SendingBar sending={sending} /> : said && <Notice tone={said.tone}>{said.words}</Notice>}</div>
    </div>
  )
}

export const hotspot: FieldPart<Picture> = {
  read: readPicture,
  write: writePicture,
  lack: lackOfPicture,
  View: function PicturePlaces({ model, onChange }) {
    const [shape, setShape] = useState<Shape>('rect')
    const add = (area: Area) => {
      const id = nextLetter(model.spots)
      if (id) onChange({ ...model, spots: [...model.spots, { id, label: id, ...area }] })
    }
    const middle = (): Area => {
      const r = Math.round(Math.min(model.width, model.height) / 8)
      // One beside the other, so that the next one does not lie upon the last.
      const aside = Math.round(((model.spots.length % 4) * r) / 2)
      const [x, y] = [Math.round(model.width / 2) + aside, Math.round(model.height / 2) + aside]
      if (shape === 'circle') return { shape, at: [x, y, r] }
      const box = [x - r, y - r, x + r, y + r]
      return shape === 'rect' ? { shape, at: box } : { shape, at: [x - r, y + r, x + r, y + r, x, y - r] }
    }
    const change = (spot: Spot) => onChange({ ...model, spots: model.spots.map((s) => (s.id === spot.id ? spot : s)) })
    const remove = (id: string) =>
      onChange({ ...model, spots: model.spots.filter((s) => s.id !== id), keys: model.keys.filter((k) => k !== id) })
    return (
      <div className="space-y-4">
        <ChosenPicture model={model} onChange={onChange} />
        {model.name && (
          <>
            <div role="radiogroup" aria-label="Yang digambar" className="flex flex-wrap gap-2">
              {(Object.keys(shapeNames) as Shape[]).map((s) => (
                <Tick
                  key={s}
                  id={s === 'rect' ? 'gambar-alat' : `gambar-alat-${s}`}
                  kind="radio"
                  name="alat-gambar"
                  label={shapeNames[s]}
                  checked={shape === s}
                  onChange={() => setShape(s)}
                />
              ))}
            </div>
            <p className="text-sm text-soft">
              {shape === 'poly' ? 'Ketuk sudut demi sudut pada gambar' : 'Seret di atas gambar untuk menggambar tempatnya'}; atau tambahkan
              di tengah, lalu atur letaknya dengan angka.
            </p>
            <Drawing
              src={`/api/media/${model.name}`}
              alt={model.alt}
              width={model.width}
              height={model.height}
              spots={model.spots}
              keys={model.keys}
              shape={shape}
              onDrawn={add}
              onSize={(width, height) => model.width !== width && !model.width && onChange({ ...model, width, height })}
            />
            <button type="button" className={buttonClass('quiet')} disabled={!model.width} onClick={() => add(middle())}>
              Tambah {shapeWords[shape]} di tengah
            </button>
            <ul className="space-y-2">
              {model.spots.map((spot) => (
                <li key={spot.id} className="space-y-2 rounded-lg border border-line bg-card p-2">
                  <div className="flex flex-wrap items-end gap-2">
                    <Tick
                      id={`tempat-${spot.id}-kunci`}
                      label={spot.id}
                      said={`Tempat ${spot.id} adalah kunci`}
                      checked={model.keys.includes(spot.id)}
                      onChange={(on) =>
                        onChange({ ...model, keys: on ? [...model.keys, spot.id].sort() : model.keys.filter((k) => k !== spot.id) })
                      }
                    />
                    <Line
                      id={`tempat-${spot.id}`}
                      label={`Nama tempat ${spot.id}`}
                      className="flex-1 basis-32"
                      value={spot.label}
                      onChange={(label) => change({ ...spot, label })}
                    />
                    <button
                      type="button"
                      className="size-11 shrink-0 rounded-lg border border-line bg-card text-lg hover:bg-leaf-pale"
                      aria-label={`Hapus tempat ${spot.id}`}
                      onClick={() => remove(spot.id)}
                    >
                      ×
                    </button>
                  </div>
                  <PlaceNumbers spot={spot} onChange={(at) => change({ ...spot, at })} />
                </li>
              ))}
            </ul>
            <Line
              id="gambar-batas"
              label="Paling banyak dipilih"
              hint="Kosong berarti tanpa batas."
              inputMode="numeric"
              className="max-w-48"
              value={model.most}
              onChange={(most) => onChange({ ...model, most })}
            />
          </>
        )}
      </div>
    )
  },
}
