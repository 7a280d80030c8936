import { policyFields, policyText, policyWords } from '@/lib/access/policy-field-model'
import type { Policy } from '@/lib/access/policy-model'
import { inventory } from './inventory-model'
import { activities, type Activity, type Held } from './processing-model'

/** How long a kind is kept, in words, from the limits in force. */
export function keptFor(held: Held, policy: Policy): string {
  const field = policyFields.find((f) => f.path === held.keep)
  return field ? policyWords(field, policyText(policy, field.path)) : 'selama dipakai untuk tujuannya, atau sampai Anda meminta penghapusan'
}

export type ProcessingActivity = (typeof activities)[Activity] & {
  key: Activity
  kinds: { title: string; kept: string; erased: Held['erased']; erasure: string }[]
}

/** Every activity with the kinds of data in it. */
export const processing = (policy: Policy): ProcessingActivity[] =>
  (Object.keys(activities) as Activity[]).map((key) => ({
    key,
    ...activities[key],
    kinds: inventory
      .filter((h) => h.activity === key)
      .map((h) => ({ title: h.title, kept: keptFor(h, policy), erased: h.erased, erasure: h.erasure })),
  }))
