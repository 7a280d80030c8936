'use client'
import { useState } from 'react'
import { Button, Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { CodeReply, Refusal } from '@/lib/console/model'

type Shown = { code: string } | { problem: string } | null

async function ask(id: string): Promise<Shown> {
  try {
    const body: unknown = await (await fetch(`/api/delivery/console/${id}/kode`, { cache: 'no-store' })).json()
    const found = CodeReply.safeParse(body)
    if (found.success) return found.data
    const refusal = Refusal.safeParse(body)
    return { problem: refusal.success ? refusal.data.message : 'Kode tidak dapat dibaca.' }
  } catch {
    return { problem: 'Tidak ada jaringan. Tampilkan kode ini sebelum tes dan catat di kertas.' }
  }
}

const digits = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan']
/** The first group as it is said. */
const spoken = (code: string) => [...code.split(/[ -]/)[0]!].map((c) => digits[Number(c)] ?? c).join(', ')

/** The code that opens the packets when the server cannot be reached: shown only when asked for, and every look is logged. */
export function ReleaseCode({ id, prepared }: { id: string; prepared: boolean }) {
  const [shown, setShown] = useState<Shown>(null)
  const code = shown && 'code' in shown ? shown.code : null
  return (
    <Card title="Kode rilis">
      <p className="mb-3 text-sm">
        Bacakan hanya bila ponsel tidak dapat menghubungi server saat tes dibuka. Setiap kali kode ditampilkan, nama Anda dan jamnya
        dicatat.
      </p>
      {!prepared && <Notice tone="care">Sesi ini belum disiapkan BGTK, jadi belum ada kode rilis.</Notice>}
      {prepared && !code && (
        <Button type="button" look="quiet" className="w-full" onClick={() => void ask(id).then(setShown)}>
          Tampilkan kode rilis
        </Button>
      )}
      <div aria-live="polite">
        {shown && 'problem' in shown && (
          <div className="mt-2">
            <Notice tone="bad">{shown.problem}</Notice>
          </div>
        )}
        {code && (
          <>
            <ol className="grid grid-cols-2 gap-2" aria-label="Kode rilis, empat kelompok">
              {code.split(/[ -]/).map((group, i) => (
                <li key={i} className="rounded-lg border border-line px-2 py-1 text-center">
                  <span className="block text-xs text-soft">Kelompok {i + 1}</span>
                  <span className="font-mono text-3xl font-bold tracking-widest">{group}</span>
                </li>
              ))}
            </ol>
            <p className="mt-2 text-sm">
              Bacakan kelompok demi kelompok, angka satu per satu, lalu ulangi sekali: “Kelompok satu: {spoken(code)}”. Angka 0 dibaca
              “nol”. Beri jeda di antara kelompok sampai semua selesai mengetik.
            </p>
            <p className="mt-2 font-semibold">
              Catat kode ini di kertas sekarang: tanpa jaringan, halaman ini tidak dapat menampilkannya lagi.
            </p>
            <Button type="button" look="quiet" className="mt-3 w-full" onClick={() => setShown(null)}>
              Sembunyikan
            </Button>
          </>
        )}
      </div>
    </Card>
  )
}
