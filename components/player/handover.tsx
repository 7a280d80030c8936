import { useEffect, useState } from 'react'
import { encode } from 'uqr'
import { Button, Notice, buttonClass } from '@/components/ui/form'
import { handoverFrames, type HandoverPayload } from '@/lib/delivery/model'

const NEXT_MS = 800

function Code({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'L', border: 3 })
  const path = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
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
  const [frames, setFrames] = useState<string[] | null>(null)
  const [shown, setShown] = useState(0)
  const [still, setStill] = useState(false)
  const [file, setFile] = useState<string | null>(null)

  useEffect(() => {
    let address: string | null = null
    void payload()
      .then((p) => (p ? handoverFrames(p) : []))
      .then((made) => {
        setFrames(made)
        address = URL.createObjectURL(new Blob([made.join('\n')], { type: 'text/plain' }))
        setFile(address)
      })
    return () => {
      if (address) URL.revokeObjectURL(address)
    }
  }, [payload])
  useEffect(() => {
    if (!frames || still || frames.length < 2) return
    const timer = setInterval(() => setShown((n) => (n + 1) % frames.length), NEXT_MS)
    return () => clearInterval(timer)
  }, [frames, still])

  if (!frames)
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
      <Code text={frames[shown]!} label={`Kode ${shown + 1} dari ${frames.length}`} />
      <p className="text-center font-semibold tabular-nums" aria-live="off">
        Kode {shown + 1} dari {frames.length}
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        {frames.length > 1 && (
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
