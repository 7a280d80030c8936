import { z } from 'zod'
import { derivedKey } from '@/lib/platform/config'
import { inTransaction } from '@/lib/platform/db'
import { cutMac, type Cut } from './audit-chain'
import * as store from './audit-chain-store'
import { addAudit } from './audit-store'
import { policyInForce } from './policy-service'

/** The end of old lines of the access log (decision 027): by the owner of the database only, told by a signed line of the same log. */

const CutLine = z.object({ through: z.number().int(), hash: z.string(), lines: z.number().int(), mac: z.string() })

/** The farthest cut whose line is signed as it should be; null where nothing was cut. */
export async function signedCut(query?: store.Query): Promise<Cut | null> {
  const key = derivedKey('audit')
  const cuts = (await store.cutLines(query)).flatMap(({ detail }) => {
    const read = CutLine.safeParse(detail)
    return read.success && cutMac(read.data, key) === read.data.mac ? [read.data] : []
  })
  return cuts.sort((a, b) => b.through - a.through)[0] ?? null
}

export type CutReport = { lines: number; before: Date; through: number }

/**
 * Takes away every line older than the policy keeps, as far as they stand without a younger one between them. Their links stay, so that
 * the chain can be walked from its beginning; the line that tells of the cut is written in the same transaction. To be called as the owner
 * of the database. Nothing old enough: nothing is written, 0 lines.
 */
export async function cutAudit(now: Date): Promise<CutReport> {
  const { keepDays } = await policyInForce()
  const before = new Date(now.getTime() - keepDays.audit * 86_400_000)
  await store.linkAudit(true)
  return inTransaction(async (tx) => {
    const query: store.Query = async (text, values) => (await tx.query(text, values ?? [])).rows as never
    const head = await store.placeBefore(before, query)
    const lines = head ? await store.linesThrough(head.seq, query) : 0
    if (!head || !lines) return { lines: 0, before, through: head?.seq ?? 0 }
    const cut: Cut = { through: head.seq, hash: head.hash, lines }
    await addAudit(
      {
        actorId: null,
        actorName: 'Pemilik basis data',
        action: 'audit:cut',
        object: 'audit',
        count: lines,
        detail: { ...cut, before: before.toISOString(), mac: cutMac(cut, derivedKey('audit')) },
      },
      now,
      tx,
    )
    await store.dropLines(head.seq, query)
    return { lines, before, through: head.seq }
  })
}
