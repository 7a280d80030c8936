'use server'
import { revalidatePath } from 'next/cache'
import { requireActor, onceFilled } from '@/lib/access/service'
import type { Result } from '@/lib/platform/result'
import { acceptOwnPlan, askForPlan, changeModule, changeOwnStep, changeTierRules, noteClass, openClasses, startPlans } from './service'
import { fieldsOf, textOf, textsOf } from '@/lib/platform/fields'
import { SEEN, type FormState } from '@/lib/platform/form'

const text = (data: FormData, key: string) => textOf(data, key).trim()
/** A form's fields as the address would hold them: a name given several times becomes a list. */
const listsOf = (data: FormData): Record<string, string[]> =>
  Object.fromEntries([...new Set(data.keys())].map((name) => [name, textsOf(data, name)]))
const answer = (result: Result<unknown>, message: string): FormState => (result.ok ? { ok: true, message } : result)

export async function saveTierRules(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('support:manage')
  const result = await onceFilled(actor, 'changeTierRules', data, () =>
    changeTierRules(actor, listsOf(data), text(data, 'note'), Number(text(data, SEEN)) || 0, new Date()),
  )
  revalidatePath('/bgtk/dukungan')
  return result.ok
    ? { ok: true, message: `Versi ${result.value} berlaku mulai sekarang untuk usulan baru. Rencana yang sudah disepakati tetap.` }
    : result
}

export async function proposeAll(_before: FormState, _data: FormData): Promise<FormState> {
  const actor = await requireActor('support:manage')
  const result = await startPlans(actor)
  revalidatePath('/bgtk/dukungan')
  return answer(result, 'Penyusunan usulan dimulai. Rencana yang sudah disepakati guru tidak berubah.')
}

export async function saveModule(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('support:manage')
  const fields = Object.fromEntries(['link', 'capacity', 'startsOn', 'endsOn', 'cost', 'provider', SEEN].map((k) => [k, text(data, k)]))
  const result = await onceFilled(actor, 'changeModule', data, () =>
    changeModule(actor, text(data, 'code'), { ...fields, active: data.has('active') }, new Date()),
  )
  revalidatePath('/bgtk/dukungan/katalog')
  return answer(result, 'Modul disimpan.')
}

export async function askPlan(_before: FormState, _data: FormData): Promise<FormState> {
  const actor = await requireActor('plan:own')
  const result = await askForPlan(actor, new Date())
  revalidatePath('/guru/pengembangan')
  return answer(result, 'Usulan rencana tersusun.')
}

export async function acceptPlan(_before: FormState, _data: FormData): Promise<FormState> {
  const actor = await requireActor('plan:own')
  const result = await acceptOwnPlan(actor, new Date())
  revalidatePath('/guru/pengembangan')
  return answer(result, 'Rencana disepakati. Tanggalnya ada di kalender.')
}

export async function changeStep(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('plan:own')
  const fields = Object.fromEntries(fieldsOf(data).filter(([k]) => k !== 'step'))
  const result = await onceFilled(actor, 'changeOwnStep', data, () => changeOwnStep(actor, text(data, 'step'), fields, new Date()))
  revalidatePath('/guru/pengembangan')
  return result.ok ? { ok: true, message: result.value } : result
}

export async function openCohorts(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('support:manage')
  const result = await onceFilled(actor, 'openClasses', data, () =>
    openClasses(actor, text(data, 'module'), Number(text(data, SEEN)) || 0, new Date()),
  )
  revalidatePath('/bgtk/dukungan/kelas')
  return result.ok ? { ok: true, message: `${result.value} kelas dibentuk.` } : result
}

export async function noteAttendance(_before: FormState, data: FormData): Promise<FormState> {
  const input = { on: text(data, 'on'), hours: text(data, 'hours'), steps: textsOf(data, 'steps') }
  const actor = await requireActor('support:manage')
  const result = await onceFilled(actor, 'noteClass', data, () => noteClass(actor, input, new Date()))
  revalidatePath('/bgtk/dukungan/kelas')
  return result.ok ? { ok: true, message: `Kehadiran ${result.value} guru tercatat.` } : result
}
