'use client'
import { useState, useSyncExternalStore } from 'react'
import { Button, Notice } from '@/components/ui/form'
import { Card } from '@/components/ui/page'
import { CodeReply, Refusal, type Snapshot } from '@/lib/console/model'
import { formatMoment } from '@/lib/platform/format'

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

const changed = new Set<() => void>()
const keyOf = (id: string) => `petaguru.kode-dicatat.${id}`
const listen = (hear: () => void) => {
  changed.add(hear)
  return () => void changed.delete(hear)
}
function isNoted(id: string): boolean {
  try {
    return sessionStorage.getItem(keyOf(id)) !== null
  } catch {
    return false
  }
}
/** Whether the code of this room was written down, as the proctor says; the code itself is kept nowhere. */
export const useNoted = (id: string): boolean =>
  useSyncExternalStore(
    listen,
    () => isNoted(id),
    () => true,
  )
function note(id: string): void {
  try {
    sessionStorage.setItem(keyOf(id), '1')
  } catch {
    /* the reminder stays */
  }
  for (const hear of changed) hear()
}

/** Whether it is time to write the code down: it can be read, the test is not over, and paper does not have it yet. */
export const timeToNote = ({ prepared, practice, codeFrom, closesAt }: Snapshot['head'], noted: boolean, now: number): boolean =>
  prepared && !practice && !noted && now >= codeFrom && now < closesAt

/**
 * The code that opens the packets when the server cannot be reached: shown only when asked for, and every look is logged. `due` says that
 * it is to be written down now, while there is a network to show it.
 */
export function ReleaseCode({ head, due, now }: { head: Snapshot['head']; due: boolean; now: number }) {
  const { id, prepared, codeFrom } = head
  const [shown, setShown] = useState<Shown>(null)
  const code = shown && 'code' in shown ? shown.code : null
  return (
    <Card title={due ? 'Catat kode rilis di kertas sekarang' : 'Kode rilis'} className={due ? 'my-3 border-2 border-gold' : ''}>
      <p className="mb-3 text-sm">
        {due && 'Tanpa jaringan halaman ini tidak dapat menampilkannya lagi. '}
        Bacakan hanya bila ponsel tidak dapat menghubungi server saat tes dibuka. Setiap kali kode ditampilkan, nama Anda dan jamnya
        dicatat.
      </p>
      {!prepared && <Notice tone="care">Sesi ini belum disiapkan BGTK, jadi belum ada kode rilis.</Notice>}
      {prepared && now < codeFrom && (
        <p className="mb-3 text-sm font-semibold">
          Dapat dibaca mulai {formatMoment(new Date(codeFrom))}. Saat itu kartu ini naik ke atas; siapkan kertas dan pena.
        </p>
      )}
      {prepared && !code && (
        <Button type="button" look={due ? 'primary' : 'quiet'} className="w-full" onClick={() => void ask(id).then(setShown)}>
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
            {!due && (
              <p className="mt-2 font-semibold">
                Catat kode ini di kertas sekarang: tanpa jaringan, halaman ini tidak dapat menampilkannya lagi.
              </p>
            )}
            <Button
              type="button"
              look="quiet"
              className="mt-3 w-full"
              onClick={() => {
                setShown(null)
                note(id)
              }}
            >
              Sudah saya catat di kertas, sembunyikan
            </Button>
          </>
        )}
      </div>
    </Card>
  )
}
