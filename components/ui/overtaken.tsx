'use client'
import { useState, type RefObject } from 'react'
import { SEEN } from '@/lib/platform/form'
import { Button } from './form'
import { controlsOf, labelOf, textOf, type } from './controls'

type Row = { at: number; label: string; theirs: string; mine: string; value: string }
type Found = { rows: Row[]; version: string } | 'away' | 'other'

/** The same form as the page would show it now; the one that says what it was made from, where the page has several of one name. */
async function formNow(form: HTMLFormElement): Promise<HTMLFormElement | null> {
  const answer = await fetch(window.location.href, { cache: 'no-store', headers: { accept: 'text/html' } })
  if (!answer.ok || answer.redirected) return null
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  return [...page.forms].find((f) => f.getAttribute('aria-label') === form.getAttribute('aria-label') && f.elements.namedItem(SEEN)) ?? null
}

async function compare(form: HTMLFormElement): Promise<Found> {
  const now = await formNow(form).catch(() => undefined)
  if (now === undefined) return 'away'
  const version = now?.querySelector<HTMLInputElement>(`input[name="${SEEN}"]`)?.value
  if (!now || !version || controlsOf(now).length === 0) return 'other'
  const [own, standing] = [controlsOf(form), controlsOf(now)]
  // The n-th field of a name is held against the n-th of that name: a page may have got or lost rows meanwhile.
  const nth = new Map<string, number>()
  const rows = own.flatMap((control, at): Row[] => {
    const place = nth.get(control.name) ?? 0
    nth.set(control.name, place + 1)
    const other = standing.filter((c) => c.name === control.name)[place]
    if (!control.name || !other || control.type === 'file') return []
    const [mine, theirs] = [textOf(control), textOf(other)]
    return mine === theirs ? [] : [{ at, label: labelOf(control), mine, theirs, value: other.value }]
  })
  return { rows, version }
}

/**
 * Somebody else has saved since the page was opened: what stands now beside what was typed, field by field. What stands may be taken over
 * one by one; the rest is saved on top of it only when the person says so.
 */
export function Overtaken({ form: element, onSend }: { form: RefObject<HTMLFormElement | null>; onSend: () => void }) {
  const [found, setFound] = useState<Found | null>(null)
  if (!found)
    return (
      <Button type="button" look="quiet" className="mt-2" onClick={() => element.current && void compare(element.current).then(setFound)}>
        Bandingkan dengan yang sekarang berlaku
      </Button>
    )
  if (found === 'away')
    return (
      <p className="mt-2">Yang sekarang berlaku belum dapat dibaca: server tidak terjangkau. Isian Anda tetap di sini; coba lagi nanti.</p>
    )
  if (found === 'other')
    return (
      <p className="mt-2">
        <a href={window.location.pathname} target="_blank" rel="noreferrer" className="font-semibold underline underline-offset-4">
          Buka yang sekarang berlaku di tab baru
        </a>
        . Isian Anda tetap di halaman ini.
      </p>
    )
  const take = (row: Row) => {
    const control = element.current && controlsOf(element.current)[row.at]
    if (control) type(control, row.value)
    setFound({ ...found, rows: found.rows.filter((r) => r !== row) })
  }
  const save = () => {
    const seen = element.current?.querySelector<HTMLInputElement>(`input[name="${SEEN}"]`)
    if (seen) seen.value = found.version
    onSend()
  }
  return (
    <div className="mt-3 space-y-3">
      {found.rows.length === 0 ? (
        <p>Semua kolom yang Anda isi sama dengan yang sekarang berlaku.</p>
      ) : (
        <dl className="space-y-3">
          {found.rows.map((row) => (
            <div key={row.at} className="rounded-lg border border-line bg-card p-3 text-ink">
              <dt className="font-semibold">{row.label}</dt>
              <dd className="mt-1 grid gap-2 sm:grid-cols-2">
                <span className="min-w-0 whitespace-pre-wrap break-words">
                  <span className="block text-sm text-soft">Sekarang berlaku</span>
                  {row.theirs || '(kosong)'}
                </span>
                <span className="min-w-0 whitespace-pre-wrap break-words">
                  <span className="block text-sm text-soft">Isian Anda</span>
                  {row.mine || '(kosong)'}
                </span>
              </dd>
              <dd className="mt-2">
                <button type="button" className="min-h-8 text-left font-semibold underline underline-offset-4" onClick={() => take(row)}>
                  Pakai yang sekarang berlaku untuk {row.label}
                </button>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Button type="button" look="quiet" onClick={save}>
        Simpan isian saya sebagai penggantinya
      </Button>
    </div>
  )
}
