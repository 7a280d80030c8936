import { z } from 'zod'
import { allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { formsOfInstrument, instrumentByCode, lockForm, markPractice } from '@/lib/instruments/inside'
import { type FormRow } from '@/lib/instruments/service'
import { inTransaction } from '@/lib/platform/db'
import { ok, refuse, type Result } from '@/lib/platform/result'
import * as store from './practice-store'

/** The frozen forms of an instrument, newest first, each with whether a cycle that counts uses or used it. */
export async function formsPage(actor: Actor, code: string): Promise<(FormRow & { counts: boolean })[]> {
  allow(actor, 'bank:manage')
  const instrument = await instrumentByCode(code)
  if (!instrument) return []
  const forms = await formsOfInstrument(instrument.id)
  const counting = await store.countingForms(forms.map((f) => f.formId))
  return forms.map((f) => ({ ...f, counts: counting.has(f.formId) }))
}

/**
 * Makes a frozen form a practice form, for good: its items may be seen by anybody from now on and stand in no form that counts. Refused
 * when a cycle that counts uses or used the form, or when an item stands in another form that counts. Repeated, it changes nothing.
 */
export async function makePracticeForm(actor: Actor, formId: string): Promise<Result<string>> {
  allow(actor, 'bank:manage')
  const id = z.uuid().safeParse(formId)
  if (!id.success) return refuse('form', 'Formulir itu tidak ada. Tidak ada yang berubah.')
  return inTransaction(async (tx): Promise<Result<string>> => {
    const form = await lockForm(tx, id.data)
    if (!form) return refuse('form', 'Formulir itu tidak ada. Tidak ada yang berubah.')
    if (form.practice) return ok(form.code)
    const cycles = await store.countingCycles(tx, form.id)
    if (cycles.length)
      return refuse(
        'used',
        `Formulir ${form.code} dipakai dalam ${cycles.join(', ')}, dan hasil siklus itu dihitung. Formulir tidak berubah. Rakit formulir lain untuk latihan.`,
      )
    const marked = await markPractice(tx, form)
    if (!marked.ok) return marked
    await audit(actor, 'bank:manage', `form:${form.code}`, { detail: { practice: true, instrument: form.instrumentCode } }, tx)
    return ok(form.code)
  })
}
