'use client'
import { useId, useState } from 'react'
import { PHOTO_CONSENT } from '@/lib/tutoring/photo-model'

/** The photos that are chosen in a form: the chooser has no name, because a photo goes by a door of its own. */
export const photosIn = (form: HTMLFormElement, most: number): File[] =>
  [...(form.querySelector<HTMLInputElement>('input[type=file]')?.files ?? [])].slice(0, most)

/** Photos from the camera or the gallery, and the word that those in them agree, asked before any is taken. */
export function PhotoField({ most, required }: { most: number; required?: boolean }) {
  const [id, hint] = [useId(), useId()]
  const [picked, setPicked] = useState(0)
  const few = most === 1 ? 'satu foto' : `paling banyak ${most} foto`
  return (
    <fieldset className="space-y-2 rounded-lg border border-line p-3">
      <legend className="px-1 text-sm font-semibold">Foto bukti</legend>
      <label className="flex min-h-11 items-start gap-3 text-sm">
        <input type="checkbox" name="agreed" value="ya" required={required || picked > 0} className="mt-0.5 size-5 shrink-0 accent-leaf" />
        <span>{PHOTO_CONSENT}</span>
      </label>
      <div data-field>
        <label htmlFor={id} className="mb-1 block text-sm font-semibold">
          Foto
        </label>
        <input
          id={id}
          type="file"
          accept="image/*"
          multiple={most > 1}
          required={required}
          aria-describedby={hint}
          onChange={(e) => setPicked(e.currentTarget.files?.length ?? 0)}
          className="block min-h-11 w-full rounded-lg border border-line bg-card px-3 py-2 text-base text-ink"
        />
        <p id={hint} className="mt-1 text-sm text-soft">
          Dari kamera atau galeri, {few}. Foto dikecilkan di ponsel ini; tempat, waktu, dan data kamera di dalamnya dibuang. Catatan tidak
          menunggu fotonya.
        </p>
      </div>
    </fieldset>
  )
}
