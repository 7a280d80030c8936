'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { onceFilled, requireActor } from '@/lib/access/service'
import { idFrom, textOf } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import { formatCount } from '@/lib/platform/format'
import { changeCycle, changeVenue, copyCycle } from './service'

/** Doors of the forms that set a cycle or a venue right, and that copy a cycle. */

export async function renameCycle(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const cycleId = idFrom(data, 'cycleId')
  const result = await changeCycle(actor, cycleId, { name: textOf(data, 'name'), series: textOf(data, 'series') })
  revalidatePath(`/bgtk/siklus/${cycleId}`)
  return result.ok ? { ok: true, message: 'Nama dan seri siklus disimpan.' } : result
}

export async function setVenueCapacity(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const result = await changeVenue(actor, idFrom(data, 'venueId'), textOf(data, 'capacity'), new Date())
  revalidatePath('/bgtk/siklus', 'layout')
  return result.ok ? { ok: true, message: `Daya tampung disimpan: ${formatCount(result.value)} kursi.` } : result
}

export async function duplicateCycle(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('cycle:manage')
  const wish = {
    code: textOf(data, 'code'),
    name: textOf(data, 'name'),
    series: textOf(data, 'series'),
    startsOn: textOf(data, 'startsOn'),
  }
  const result = await onceFilled(actor, 'copyCycle', data, () => copyCycle(actor, idFrom(data, 'cycleId'), wish))
  if (!result.ok) return result
  redirect(`/bgtk/siklus/${result.value}`)
}
