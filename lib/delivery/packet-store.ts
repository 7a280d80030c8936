import { db, sql } from '@/lib/platform/db'

export type PacketRow = { formId: string; sha256: string; sealedKey: string; hasMath: boolean; items: number; bytes: number }

/** Packets of forms, without their bytes. */
export const packetsOf = (formIds: string[]) =>
  sql<PacketRow>(
    `SELECT form_id AS "formId", sha256, sealed_key AS "sealedKey", has_math AS "hasMath", items, octet_length(bytes) AS bytes FROM packet WHERE form_id = ANY($1::uuid[])`,
    [formIds],
  )

const PACKETS_AT_HAND = 64
const sealed = new Map<string, PacketRow>()

/** The packet of a form, or null. A packet never changes, so each process reads it once. */
export async function packetOfForm(formId: string): Promise<PacketRow | null> {
  const known = sealed.get(formId)
  if (known) return known
  const [row] = await packetsOf([formId])
  if (row) sealed.set(formId, row)
  return row ?? null
}

const bytesAtHand = new Map<string, Buffer>()

/** The bytes of a packet, or null. The few that are in use today stay in memory. */
export async function packetBytes(sha256: string): Promise<Buffer | null> {
  const known = bytesAtHand.get(sha256)
  if (known) return known
  const bytes = (await sql<{ bytes: Buffer }>(`SELECT bytes FROM packet WHERE sha256 = $1`, [sha256]))[0]?.bytes ?? null
  if (bytes) {
    if (bytesAtHand.size >= PACKETS_AT_HAND) bytesAtHand.clear()
    bytesAtHand.set(sha256, bytes)
  }
  return bytes
}

/** Keeps the first packet of a form; a second process that sealed the same form at the same time loses its own. */
export async function addPacket(p: Omit<PacketRow, 'bytes'> & { bytes: Uint8Array<ArrayBuffer> }, now: Date): Promise<void> {
  await db().packet.createMany({ data: [{ ...p, createdAt: now }], skipDuplicates: true })
}

/** Content keys of a sitting's forms, wrapped by its release code. */
export const sittingKeys = (sittingIds: string[]) =>
  sql<{ sittingId: string; formId: string; sealedKey: string }>(
    `SELECT sitting_id AS "sittingId", form_id AS "formId", sealed_key AS "sealedKey" FROM sitting_key WHERE sitting_id = ANY($1::uuid[])`,
    [sittingIds],
  )

export async function addSittingKeys(sittingId: string, keys: { formId: string; sealedKey: string }[]): Promise<void> {
  await db().sittingKey.createMany({ data: keys.map((k) => ({ sittingId, ...k })), skipDuplicates: true })
}

/** The form of a packet, when it is one of this part and open to this subject; null when there is none. */
export const formOfPacket = async (sha256: string, part: string, subjectId: string | null): Promise<string | null> =>
  (
    await sql<{ id: string }>(
      `SELECT p.form_id AS id FROM packet p JOIN form f ON f.id = p.form_id JOIN instrument i ON i.id = f.instrument_id
        WHERE p.sha256 = $1 AND i.competency_code = $2 AND (i.subject_id IS NULL OR i.subject_id = $3::uuid)`,
      [sha256, part, subjectId],
    )
  )[0]?.id ?? null
