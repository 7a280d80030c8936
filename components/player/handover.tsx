import { useEffect, useState } from 'react'
import { Button, Notice, buttonClass } from '@/components/ui/form'
import { handoverFrames, type HandoverPayload } from '@/lib/delivery/model'
import { drawer } from './drawing'

const NEXT_MS = 800

type Draw = Awaited<ReturnType<typeof drawer>>

function Code({ text, label, draw }: { text: string; label: string; draw: Draw }) {
  const { path, size } = draw(text)
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      className="mx-auto w-full max-w-sm bg-[#fff]"
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  )
}

/** The journal as a series of codes for the proctor's camera, or as a file: what never reaches a network by itself is not lost. */
export function Handover({ payload }: { payload: () => Promise<HandoverPayload | null> }) {
  const [made, setMade] = useState<{ frames: string[]; draw: Draw | null } | null>(null)
  const [shown, setShown] = useState(0)
  const [still, setStill] = useState(false)
  const [file, setFile] = useState<string | null>(null)

  useEffect(() => {
    let address: string | null = null
    const written = payload().then((p) => (p ? handoverFrames(p) : []))
    void Promise.all([written, drawer().catch(() => null)]).then(([frames, draw]) => {
      setMade({ frames, draw })
      address = URL.createObjectURL(new Blob([frames.join('\n')], { type: 'text/plain' }))
      setFile(address)
    })
    return () => {
      if (address) URL.revokeObjectURL(address)
    }
  }, [payload])
  const frames = made?.frames
  useEffect(() => {
    if (!frames || still || frames.length < 2) return
    const timer = setInterval(() => setShown((n) => (n + 1) % frames.length), NEXT_MS)
    return () => clearInterval(timer)
  }, [frames, still])

  if (!made || !frames)
    return (
      <p role="status" className="text-soft">
        Menyiapkan kode …
      </p>
    )
  if (frames.length === 0) return <Notice tone="care">Belum ada catatan untuk diserahkan di ponsel ini.</Notice>
  return (
    <section className="space-y-3 rounded-xl border border-line bg-card p-4" data-testid="handover">
      <h2>Serahkan lewat pengawas</h2>
      <p className="text-sm">
        Tunjukkan layar ini kepada pengawas. Pengawas memindai semua kode lewat konsolnya; urutan tidak penting dan boleh diulang.
      </p>
      {made.draw ? (
        <>
          <Code text={frames[shown]!} label={`Kode ${shown + 1} dari ${frames.length}`} draw={made.draw} />
          <p className="text-center font-semibold tabular-nums" aria-live="off">
            Kode {shown + 1} dari {frames.length}
          </p>
        </>
      ) : (
        <Notice tone="care">
          Kode belum dapat digambar di ponsel ini tanpa jaringan. Simpan sebagai berkas dan berikan kepada pengawas.
        </Notice>
      )}
      <div className="flex flex-wrap justify-center gap-2">
        {made.draw && frames.length > 1 && (
          <>
            <Button type="button" look="quiet" onClick={() => setStill(!still)}>
              {still ? 'Jalankan lagi' : 'Tahan kode ini'}
            </Button>
            <Button type="button" look="quiet" onClick={() => setShown((shown + 1) % frames.length)}>
              Kode berikutnya
            </Button>
          </>
        )}
        {file && (
          <a href={file} download="jawaban-petaguru.txt" className={buttonClass('quiet')}>
            Simpan sebagai berkas
          </a>
        )}
      </div>
    </section>
  )
}
