import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { log } from '@/lib/platform/log'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { allForms } from '@/lib/instruments/inside'
import { formUse } from '@/lib/sittings/inside'
import { sitting } from '@/lib/sittings/service'
import { freeze } from './packet'
import { packetsOf } from './packet-store'
import * as store from './store'

/** What the office sees and does before the day: are the packets sealed, who holds which form, how many phones are ready. */
export type Preparation = {
  frozenAt: Date | null
  packets: number
  bytes: number
  forms: { part: string; title: string; code: string; seats: number; parallel: number }[]
  seats: number
  seatsWithAll: number
  readySeats: number
  /** Seats whose packet a phone may hold: their forms stay, whatever is changed. */
  fetchedSeats: number
}

export async function preparation(actor: Actor, sittingId: string): Promise<Preparation | null> {
  allow(actor, 'cycle:manage')
  const found = await sitting(actor, sittingId)
  if (!found) return null
  const [use, all, ready, fetched] = await Promise.all([
    formUse(sittingId),
    allForms(),
    store.readySeats(sittingId),
    store.fetchedSeats(sittingId),
  ])
  const packets = await packetsOf(use.forms.map((f) => f.formId))
  const titled = use.forms.map((f) => ({ ...f, form: all.find((a) => a.formId === f.formId)! }))
  return {
    frozenAt: found.frozenAt,
    packets: packets.length,
    bytes: packets.reduce((sum, p) => sum + p.bytes, 0),
    forms: titled.map(({ part, seats, form }) => ({
      part,
      title: form.title,
      code: form.code,
      seats,
      parallel: titled.filter((t) => t.form.instrumentId === form.instrumentId).length,
    })),
    seats: use.seats,
    seatsWithAll: use.seatsWithAll,
    readySeats: ready,
    fetchedSeats: fetched,
  }
}

/** What the office reads about forms that could not be sealed. */
export const sealWords = (codes: string[]): string =>
  `Formulir ${codes.join(', ')} tidak dapat disegel karena kesalahan sistem. Paket formulir lain tetap siap. Sistem mencobanya lagi setiap menit; sebabnya tertulis di halaman Pekerjaan sistem.`

/** BGTK prepares a sitting by hand; what nobody prepared, the job clock does a day before (`freezeDue`). */
export async function prepareSitting(
  actor: Actor,
  sittingId: string,
  now: Date,
): Promise<Result<{ packets: number; bytes: number; failed: string[] }>> {
  allow(actor, 'cycle:manage')
  const found = await sitting(actor, sittingId)
  if (found && found.closesAt <= now)
    return refuse('over', 'Sesi ini sudah berakhir, jadi paketnya tidak disiapkan lagi. Tidak ada yang berubah.')
  return act(async (tx) => {
    const done = await freeze(sittingId, now)
    const codes = new Map((await allForms()).map((f) => [f.formId, f.code]))
    const failed = done.failed.map((f) => codes.get(f.formId) ?? f.formId)
    for (const f of done.failed) log().error({ err: f.error, form: f.formId, sitting: sittingId }, 'form not sealed')
    if (!done.packets && failed.length) return refuse('seal', sealWords(failed))
    if (!done.packets) return refuse('empty', 'Sesi ini belum memiliki peserta atau belum ada formulir untuk bagian-bagiannya.')
    await audit(
      actor,
      'cycle:manage',
      `sitting:${sittingId}`,
      { count: done.packets, detail: { packets: done.packets, bytes: done.bytes, failed } },
      tx,
    )
    return ok({ packets: done.packets, bytes: done.bytes, failed })
  })
}
