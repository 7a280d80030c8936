'use server'
import { revalidatePath } from 'next/cache'
import { textOf } from '@/lib/platform/fields'
import type { FormState } from '@/lib/platform/form'
import type { Result } from '@/lib/platform/result'
import { loadAgain, runJobAgain, runStandingAgain } from './jobs-service'
import { requireActor } from './session'

/** Doors of the screen of the system's work. */
function told(result: Result<string>): FormState {
  revalidatePath('/bgtk/pekerjaan')
  return result.ok
    ? { ok: true, message: `${result.value}: dijalankan lagi. Muat ulang halaman ini sebentar lagi untuk melihat hasilnya.` }
    : result
}

export async function standingAgain(_before: FormState, data: FormData): Promise<FormState> {
  return told(await runStandingAgain(await requireActor('jobs:manage'), textOf(data, 'task')))
}

export async function jobAgain(_before: FormState, data: FormData): Promise<FormState> {
  return told(await runJobAgain(await requireActor('jobs:manage'), textOf(data, 'jobId')))
}

export async function loadingAgain(_before: FormState, data: FormData): Promise<FormState> {
  const result = await loadAgain(await requireActor('jobs:manage'), textOf(data, 'step'))
  revalidatePath('/peragaan')
  return result.ok ? { ok: true, message: 'Langkah ini dimuat lagi dalam beberapa detik.' } : result
}
