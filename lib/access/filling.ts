import { createHash } from 'node:crypto'
import { isId } from '@/lib/platform/address-model'
import { fieldsOf, textOf } from '@/lib/platform/fields'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { UPLOAD_FIELD } from '@/lib/platform/upload-model'
import { act } from './act'
import * as store from './filling-store'
import type { Actor } from './model'

const WEEK_MS = 7 * 86_400_000
const FIELD = '$isian'
/** The name of a file in the tray is another one each time that the same file is sent. */
const passing = new Set([UPLOAD_FIELD])

const printOf = (door: string, data: FormData): string =>
  createHash('sha256')
    .update(door)
    .update(JSON.stringify(fieldsOf(data).filter(([name]) => !passing.has(name))))
    .digest('hex')

/** Moments stay moments on the way through JSON. */
const toKept = (value: unknown): unknown => (value instanceof Date ? { moment: value.toISOString() } : { value })
const fromKept = (kept: unknown): unknown => {
  const { moment, value } = kept as { moment?: string; value?: unknown }
  return moment === undefined ? value : new Date(moment)
}

/** Rows that one statement deletes at most. */
const STEP_ROWS = 2_000

/** Forgets, each night, fillings that are a week old: nobody sends a form again after so long. Answers how many went. */
export async function forgetFillings(now: Date): Promise<number> {
  for (let gone = 0; ;) {
    const step = await store.sweepFillings(new Date(now.getTime() - WEEK_MS), STEP_ROWS)
    gone += step
    if (step < STEP_ROWS) return gone
  }
}

/**
 * Does what a form asks for once, however often it is sent: the browser gives every filling of a form an id and sends it again where it
 * heard no answer. A repeated filling is answered like the first time; one that was changed in between is refused, because the first
 * was done; so is one that comes through another `door`. A refusal leaves nothing, so that the same filling may be sent again. Forms without an id (no script) are taken as they come.
 */
export async function onceFilled<T>(
  actor: Actor,
  door: string,
  data: FormData,
  work: () => Promise<Result<T>>,
  now = new Date(),
): Promise<Result<T>> {
  const id = textOf(data, FIELD)
  if (!isId(id)) return work()
  const owner = actor.userId ? `akun:${actor.userId}` : `kursi:${actor.seatId}`
  const print = printOf(door, data)
  return act(async (tx) => {
    const taken = await store.takeFilling(tx, { id, owner, print, now })
    if (taken?.print === print) return ok(fromKept(taken.answer) as T)
    if (taken)
      return refuse(
        'twice',
        'Kiriman Anda yang pertama ternyata sudah diterima sebelum jaringan terputus; yang Anda ubah sesudahnya belum disimpan. Periksa hasilnya, lalu kirim lagi bila perubahan itu masih perlu.',
      )
    const result = await work()
    if (result.ok) await store.keepAnswer(tx, owner, id, toKept(result.value))
    return result
  })
}
