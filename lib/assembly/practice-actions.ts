'use server'
import { revalidatePath } from 'next/cache'
import { requireActor } from '@/lib/access/service'
import type { FormState } from '@/lib/platform/form'
import { makePracticeForm } from './practice-service'
import { textOf } from '@/lib/platform/fields'

/** The door of the mark that makes a frozen form one for practice. */
export async function markAsPractice(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('bank:manage')
  if (data.get('sure') !== 'yes') return { ok: false, message: 'Centang dahulu bahwa Anda memahami akibatnya. Formulir tidak berubah.' }
  const result = await makePracticeForm(actor, textOf(data, 'form'))
  revalidatePath('/bgtk/instrumen', 'layout')
  return result.ok
    ? { ok: true, message: `Formulir ${result.value} kini formulir latihan. Pilih formulir itu di halaman siklus latihan.` }
    : result
}
