'use server'
import { redirect } from 'next/navigation'
import { requireActor, onceFilled } from '@/lib/access/service'
import type { FormState } from '@/lib/platform/form'
import { createFollowUp } from './service'
import { textOf } from '@/lib/platform/fields'

/** Door of the form that makes a follow-up cycle. */
export async function startFollowUp(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const text = (name: string) => textOf(data, name)
  const result = await onceFilled(actor, 'createFollowUp', data, () =>
    createFollowUp(actor, text('baseId'), {
      code: text('code'),
      name: text('name'),
      series: text('series'),
      startsOn: text('startsOn'),
      absentees: data.get('absentees') === 'on',
      newcomers: data.get('newcomers') === 'on',
    }),
  )
  if (!result.ok) return result
  redirect(`/bgtk/siklus/${result.value}`)
}
