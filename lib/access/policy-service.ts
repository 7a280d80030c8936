import { isDeepStrictEqual } from 'node:util'
import { remembered } from '@/lib/platform/together'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { overtaken } from '@/lib/platform/seen'
import type { Actor } from './model'
import { allow } from './permissions'
import { Policy, shippedPolicy } from './policy-model'
import { policyChanges } from './policy-field-model'
import * as store from './policy-store'
import { act } from './act'
import { addAudit } from './store'
import { config } from '@/lib/platform/config'

/** How old a policy may be that a process goes by. */
const FRESH_MS = 3_000

const read = async (): Promise<{ version: number; policy: Policy }> => {
  const latest = await store.latestPolicy()
  return latest ? { version: latest.version, policy: Policy.parse(latest.body) } : { version: 0, policy: shippedPolicy }
}
const current = remembered((_: string | undefined) => read(), FRESH_MS)

/** The limits in force, a few seconds old at most. */
export const policyInForce = async (): Promise<Policy> => (await current(config().DATABASE_URL)).policy

/** The limits in force and every version with what it changed against the one before, for the page that sets them. */
export async function policyView(actor: Actor) {
  allow(actor, 'policy:manage')
  const [now, versions] = await Promise.all([read(), store.policyVersions()])
  const bodies = [...versions.map((v) => Policy.parse(v.body)), shippedPolicy]
  return { ...now, versions: versions.map((v, i) => ({ ...v, changes: policyChanges(bodies[i + 1]!, bodies[i]!) })) }
}

/**
 * Puts new limits into force. `after` is the version that the person saw: of two changes made at once the second is asked to look again.
 * Refuses a value outside its bounds or a change without a reason.
 */
export async function changePolicy(actor: Actor, after: number, input: unknown, reason: string): Promise<Result<number>> {
  allow(actor, 'policy:manage')
  const parsed = Policy.safeParse(input)
  if (!parsed.success)
    return refuse('input', 'Ada batas yang di luar rentangnya. Yang berlaku belum berubah; perbaiki angka yang ditandai.')
  const why = reason.trim()
  if (why.length < 5) return refuse('reason', 'Tulis dasar perubahannya, misalnya nomor surat. Yang berlaku belum berubah.')
  const now = new Date()
  return act(async (tx) => {
    if (!(await store.addPolicy(after, parsed.data, why, actor.userId, now))) {
      const [newest] = await store.policyVersions()
      // The same change by the same person once more has been made already.
      if (newest?.byUserId === actor.userId && newest.reason === why && isDeepStrictEqual(Policy.parse(newest.body), parsed.data))
        return ok(newest.version)
      return overtaken(after, { version: newest?.version ?? 0, by: newest?.byName, at: newest?.at })!
    }
    await addAudit(
      {
        actorId: actor.userId,
        actorName: actor.name,
        action: 'policy:manage',
        object: 'policy',
        detail: { version: after + 1, reason: why, ...parsed.data },
      },
      now,
      tx,
    )
    return ok(after + 1)
  })
}
