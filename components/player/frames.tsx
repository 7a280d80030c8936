import { useRef, useState, type ReactNode } from 'react'
import type { Frames } from '@/components/content'
import { Button } from '@/components/ui/form'

const ZOOMS = [100, 200, 300]

/** A picture that a tap makes larger: over the whole screen, in steps, moved about with a finger or the arrow keys. */
function Picture({ src, alt }: { src: string; alt: string }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [zoom, setZoom] = useState<number | null>(null)
  const open = () => {
    setZoom(ZOOMS[1]!)
    dialog.current?.showModal()
  }
  return (
    <>
      <button
        type="button"
        className="mx-auto block min-h-11 max-w-full rounded-lg border border-line p-1"
        aria-label={`Perbesar gambar: ${alt}`}
        onClick={open}
      >
        {/* eslint-disable-next-line @next/next/no-img-element -- the picture is in the packet */}
        <img src={src} alt={alt} className="mx-auto max-h-64 max-w-full" />
        <span className="text-sm font-semibold text-indigo">⤢ Perbesar gambar</span>
      </button>
      <dialog
        ref={dialog}
        aria-label={`Gambar: ${alt}`}
        onClose={() => setZoom(null)}
        className="m-0 size-full max-h-none max-w-none bg-card"
      >
        {zoom !== null && (
          <div className="flex h-full flex-col">
            <div className="flex flex-wrap justify-between gap-2 border-b border-line p-2">
              <Button type="button" look="quiet" onClick={() => setZoom(ZOOMS[(ZOOMS.indexOf(zoom) + 1) % ZOOMS.length]!)}>
                Besar {zoom} %
              </Button>
              <Button type="button" look="quiet" onClick={() => dialog.current?.close()}>
                Tutup
              </Button>
            </div>
            <div className="min-h-0 flex-1 overflow-auto" tabIndex={0} role="group" aria-label="Gambar yang diperbesar">
              {/* eslint-disable-next-line @next/next/no-img-element -- the picture is in the packet */}
              <img src={src} alt={alt} className="max-w-none" style={{ width: `${zoom} persen` }} />
            </div>
          </div>
        )}
      </dialog>
    </>
  )
}

/** What may be put away while the choices below it are read; open at first. */
export function Fold({ name, className = '', children }: { name: string; className?: string; children: ReactNode }) {
  return (
    <details open className={className}>
      <summary className="min-h-11 content-center text-sm font-semibold text-indigo">{name}</summary>
      {children}
    </details>
  )
}

/** How pictures and tables stand in an item: a long table must not hold the choices off the screen. */
export const frames: Frames = {
  picture: (src, alt) => <Picture src={src} alt={alt} />,
  table: (table) => <Fold name="Tabel (ketuk untuk melipat)">{table}</Fold>,
}
