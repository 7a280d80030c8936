import { derivedKey } from '@/lib/platform/config'
import { inTransaction } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { logged, rowByRow, type Tell } from '@/lib/platform/rows'
import { packet } from '@/lib/instruments/inside'
import { assignForms, markFrozen, sittingsToFreeze, sittingToFreeze } from '@/lib/sittings/inside'
import * as store from './packet-store'
import { CODE_VERSION, releaseCode } from './release-code'
import { deflate, fromBase64, open, releaseKey, seal, sha256, toBase64 } from './seal'

/** Sealing forms into packets, and preparing a sitting so that its phones need nobody at the start. */

const ownKey = () => new Uint8Array(derivedKey('packet'))

const codeKeys = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()

/** The key of a sitting's spoken code; null while the sitting is not sealed. Slow on purpose, so each process makes it once. */
export async function codeKey(sittingId: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const known = codeKeys.get(sittingId)
  if (known) return known
  const sitting = await sittingToFreeze(sittingId)
  if (!sitting?.releaseSalt) return null
  const made = releaseKey(releaseCode(sittingId, sitting.releaseCodeVersion), sitting.releaseSalt)
  codeKeys.set(sittingId, made)
  made.catch(() => codeKeys.delete(sittingId))
  return made
}

const keysAtHand = new Map<string, string>()

/** The content key of a form, unwrapped by the installation's key; base64url. */
export async function contentKey(row: store.PacketRow): Promise<string> {
  let key = keysAtHand.get(row.sha256)
  if (!key) {
    const plain = await open(ownKey(), fromBase64(row.sealedKey))
    if (!plain) throw new Error(`packet ${row.sha256} was sealed under another secret`)
    keysAtHand.set(row.sha256, (key = toBase64(plain)))
  }
  return key
}

/** The same for whoever can say what to do without it: null when the packet was sealed under another secret. */
export const contentKeyAtHand = (row: store.PacketRow): Promise<string | null> =>
  contentKey(row).catch((error: unknown) => {
    log().error({ err: error }, 'packet does not open')
    return null
  })

/** Seals a form once; later calls find the packet that stands. */
async function sealForm(formId: string, now: Date): Promise<store.PacketRow> {
  const [known] = await store.packetsOf([formId])
  if (known) return known
  const content = await packet(formId)
  const key = crypto.getRandomValues(new Uint8Array(32))
  const bytes = await seal(key, await deflate(new TextEncoder().encode(JSON.stringify(content))))
  const sealedKey = toBase64(await seal(ownKey(), key))
  await store.addPacket(
    { formId, sha256: await sha256(bytes), sealedKey, hasMath: content.hasMath, items: content.items.length, bytes },
    now,
  )
  return (await store.packetsOf([formId]))[0]!
}

export type Frozen = {
  packets: number
  bytes: number
  /** Forms that could not be sealed or whose key could not be wrapped, with why; everything else is in place. */
  failed: { formId: string; error: unknown }[]
}

/**
 * Prepares a sitting: a form at every seat, a packet for every form, every content key wrapped by the release code. Each form is tried by
 * itself. Safe to repeat; participants added later, and forms that failed, get what is missing.
 */
export async function freeze(sittingId: string, now: Date): Promise<Frozen> {
  const sitting = await sittingToFreeze(sittingId)
  if (!sitting) return { packets: 0, bytes: 0, failed: [] }
  const forms = await assignForms(sitting.id, sitting.cycleId)
  const { salt, version } = await markFrozen(sitting.id, toBase64(crypto.getRandomValues(new Uint8Array(16))), CODE_VERSION, now)
  const wrapped = new Set((await store.sittingKeys([sitting.id])).map((k) => k.formId))
  let codeKey: Promise<Uint8Array<ArrayBuffer>> | undefined
  const failed: Frozen['failed'] = []
  const rows = await rowByRow(
    forms,
    (formId) =>
      inTransaction(async () => {
        const row = await sealForm(formId, now)
        if (!wrapped.has(formId)) {
          const content = fromBase64(await contentKey(row))
          const key = await (codeKey ??= releaseKey(releaseCode(sitting.id, version), salt))
          await store.addSittingKeys(sitting.id, [{ formId, sealedKey: toBase64(await seal(key, content)) }])
        }
        return row
      }),
    (formId) => formId,
    (formId, error) => failed.push({ formId, error }),
  )
  return { packets: rows.length, bytes: rows.reduce((sum, r) => sum + r.bytes, 0), failed }
}

const AHEAD_MS = 26 * 3_600_000

/**
 * Prepares what opens within the next day and a bit, so that no test day depends on somebody's memory, and what was prepared and lacks
 * something since. Each sitting, and each of its forms, is tried by itself. Returns how many sittings are whole now.
 */
export async function freezeDue(now: Date, tell: Tell = logged): Promise<number> {
  const due = await sittingsToFreeze(now, new Date(now.getTime() + AHEAD_MS))
  const whole = await rowByRow(
    due,
    async (id) => {
      const { failed } = await freeze(id, now)
      for (const f of failed) tell(`form:${f.formId}`, f.error)
      return failed.length === 0
    },
    (id) => `sitting:${id}`,
    tell,
  )
  return whole.filter(Boolean).length
}
