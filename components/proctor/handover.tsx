'use client'
import { useEffect, useRef, useState } from 'react'
import { Button, Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { FrameCollector, frameId, type HandoverPayload } from '@/lib/console/model'
import type { Seat } from './seat'
import { codeReader, pictureOf, type CodeReader } from './qr'

const LOOK_EVERY_MS = 160

/** Collects frames of any number of phones; tells the progress of the one seen last. */
class Tray {
  private readonly collectors = new Map<string, FrameCollector>()
  private readonly done = new Set<string>()
  add(text: string): { have: number; of: number; finished: FrameCollector | null; again: boolean } | null {
    const id = frameId(text)
    if (!id) return null
    const collector = this.collectors.get(id) ?? new FrameCollector()
    this.collectors.set(id, collector)
    const progress = collector.add(text)
    const finished = collector.complete() && !this.done.has(id) ? collector : null
    if (finished) this.done.add(id)
    return { ...progress, finished, again: this.done.has(id) && !finished }
  }
}

type Props = { seats: Seat[]; onPayload: (payload: HandoverPayload, collector: FrameCollector) => Promise<void> }

/** Takes over the journal of a phone that never gets a network: by camera, by pictures of its codes, or by its file. */
export function Handover({ seats, onPayload }: Props) {
  const [words, setWords] = useState('')
  const [problem, setProblem] = useState('')
  const [scanning, setScanning] = useState(false)
  const tray = useRef(new Tray())
  const video = useRef<HTMLVideoElement>(null)

  async function take(text: string): Promise<void> {
    const seen = tray.current.add(text)
    if (!seen || seen.again) return
    setWords(`${seen.have} dari ${seen.of} kode terbaca`)
    if (!seen.finished) return
    try {
      const payload = await seen.finished.payload()
      await onPayload(payload, seen.finished)
      const whose = seats.find((s) => payload.start.ticket.startsWith(s.id))
      setWords(
        `Lengkap: ${payload.entries.length} catatan ${whose ? `milik ${whose.name} (${whose.number})` : 'sebuah ponsel'}; sedang dikirim.`,
      )
    } catch {
      setProblem('Kode lengkap tetapi isinya rusak. Minta peserta menampilkan kodenya sekali lagi; catatan tetap ada di ponselnya.')
    }
  }
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })

  useEffect(() => {
    if (!scanning) return
    let stopped = false
    let stream: MediaStream | undefined
    const look = async (read: CodeReader) => {
      while (!stopped) {
        if (video.current?.videoWidth) for (const text of await read(video.current).catch(() => [])) await latest.current(text)
        await new Promise((r) => setTimeout(r, LOOK_EVERY_MS))
      }
    }
    void (async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } })
        if (stopped || !video.current) return stream.getTracks().forEach((t) => t.stop())
        video.current.srcObject = stream
        await video.current.play()
        await look(await codeReader())
      } catch {
        if (stopped) return
        setScanning(false)
        setProblem('Kamera tidak dapat dipakai. Izinkan kamera untuk alamat ini, atau pilih foto atau berkas dari ponsel peserta.')
      }
    })()
    return () => {
      stopped = true
      stream?.getTracks().forEach((t) => t.stop())
    }
  }, [scanning])

  function toggle(): void {
    setProblem('')
    if (!scanning && !navigator.mediaDevices) {
      setProblem('Kamera hanya tersedia lewat https atau localhost. Pilih foto atau berkas dari ponsel peserta.')
      return
    }
    setScanning(!scanning)
  }

  async function files(list: FileList | null): Promise<void> {
    setProblem('')
    const read = await codeReader()
    let found = 0
    for (const file of list ?? []) {
      const texts = file.type.startsWith('image/') ? await read(await pictureOf(file)).catch(() => []) : (await file.text()).split('\n')
      for (const text of texts) {
        if (frameId(text)) found++
        await take(text)
      }
    }
    if (!found) setProblem('Tidak ada kode Petaguru di berkas itu. Pilih foto yang lebih tajam, satu kode memenuhi gambar.')
  }

  return (
    <Card title="Serah terima ponsel tanpa jaringan">
      <p className="mb-3 text-sm">
        Ponsel peserta menampilkan catatannya sebagai kode QR atau berkas. Pindai semuanya, urutan bebas; memindai dua kali tidak mengubah
        apa pun.
      </p>
      <div className="space-y-2">
        <Button type="button" look="quiet" className="w-full" onClick={toggle}>
          {scanning ? 'Tutup kamera' : 'Pindai dengan kamera'}
        </Button>
        {scanning && <video ref={video} muted playsInline aria-label="Gambar kamera" className="w-full rounded-lg bg-ink" />}
        <label className="block text-sm font-semibold">
          Foto kode atau berkas .petaguru.json
          <input
            type="file"
            multiple
            accept="image/*,.json,.txt"
            onChange={(e) => void files(e.target.files)}
            className="mt-1 block min-h-11 w-full rounded-lg border border-line bg-card px-3 py-2 text-sm font-normal"
          />
        </label>
      </div>
      <div aria-live="polite" className="mt-2 space-y-2">
        {words && <Notice tone="info">{words}</Notice>}
        {problem && <Notice tone="bad">{problem}</Notice>}
      </div>
    </Card>
  )
}
