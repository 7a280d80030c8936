'use server'
import { revalidatePath } from 'next/cache'
import { requireActor, onceFilled } from '@/lib/access/service'
import { formatMoment, fromWib } from '@/lib/platform/format'
import type { FormState } from '@/lib/platform/form'
import type { Result } from '@/lib/platform/result'
import * as privacy from './service'
import { textOf } from '@/lib/platform/fields'

/** Doors of the forms about personal data. */
const text = (data: FormData, name: string) => textOf(data, name)

function told<T>(result: Result<T>, path: string, words: (value: T) => string): FormState {
  if (!result.ok) return result
  revalidatePath(path)
  return { ok: true, message: words(result.value) }
}

export async function askForOwnData(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('privacy:own')
  const result = await onceFilled(actor, 'ask', data, () =>
    privacy.ask(actor, { kind: text(data, 'kind'), words: text(data, 'words') }, new Date()),
  )
  return told(result, '/guru/data', (due) => `Terkirim. Dijawab paling lambat ${formatMoment(due)}.`)
}

export async function enterLetter(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('privacy:propose')
  const received = fromWib(text(data, 'day'), text(data, 'time') || '08:00')
  const input = {
    teacher: text(data, 'teacher'),
    kind: text(data, 'kind'),
    letter: text(data, 'letter'),
    words: text(data, 'words'),
    received,
  }
  return told(
    await onceFilled(actor, 'enterLetter', data, () => privacy.enterLetter(actor, input, new Date())),
    '/bgtk/privasi',
    (due) => `Tersimpan. Dijawab paling lambat ${formatMoment(due)}.`,
  )
}

export async function answerRequest(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('privacy:manage')
  const result = await onceFilled(actor, 'answer', data, () =>
    privacy.answer(actor, text(data, 'request'), { decision: text(data, 'decision'), answer: text(data, 'answer') }, new Date()),
  )
  return told(result, '/bgtk/privasi', () => 'Jawaban terkirim.')
}

export async function proposeErasure(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('privacy:propose')
  const result = await onceFilled(actor, 'proposeErasure', data, () =>
    privacy.proposeErasure(actor, text(data, 'request'), text(data, 'reason'), new Date()),
  )
  return told(result, '/bgtk/privasi', () => 'Diusulkan. Administrator memeriksa dan melaksanakannya.')
}

export async function carryOutErasure(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('privacy:erase')
  const result = await privacy.carryOutErasure(actor, text(data, 'request'), text(data, 'confirmation'), new Date())
  return told(result, '/bgtk/privasi', () => 'Data telah dihapus dan permintaan terjawab.')
}

const moment = (data: FormData, name: string): Date | null => {
  const day = text(data, `${name}-day`)
  const at = day ? fromWib(day, text(data, `${name}-time`) || '00:00') : null
  return at && !Number.isNaN(at.getTime()) ? at : null
}

export async function reportIncident(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('privacy:manage')
  const input = {
    happened: text(data, 'happened'),
    data: text(data, 'data'),
    measures: text(data, 'measures'),
    affected: text(data, 'affected'),
    happenedAt: moment(data, 'happened'),
    knownAt: moment(data, 'known'),
  }
  const result = await onceFilled(actor, 'reportIncident', data, () => privacy.reportIncident(actor, input, new Date()))
  return told(result, '/bgtk/privasi/kejadian', (due) => `Tercatat. Pemberitahuan paling lambat ${formatMoment(due)}.`)
}

export async function noteTold(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('privacy:manage')
  const result = await privacy.noteTold(actor, text(data, 'incident'), text(data, 'side'), new Date())
  return told(result, '/bgtk/privasi/kejadian', () => 'Tercatat.')
}

export async function closeIncident(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('privacy:manage')
  const result = await onceFilled(actor, 'closeIncident', data, () =>
    privacy.closeIncident(actor, text(data, 'incident'), text(data, 'record'), new Date()),
  )
  return told(result, '/bgtk/privasi/kejadian', () => 'Kejadian ditutup dengan catatannya.')
}
