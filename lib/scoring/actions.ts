'use server'
import { revalidatePath } from 'next/cache'
import type { FormState } from '@/lib/platform/form'
import { requireActor } from '@/lib/access/service'
import { changeRules } from './service'

/** The door of the settings form: levels come as level-0-from, level-0-name, … */
export async function saveRules(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('rules:manage')
  const number = (key: string) => Number(String(data.get(key) ?? '').replace(',', '.'))
  const levels = []
  for (let i = 0; data.has(`level-${i}-name`); i++) {
    const name = String(data.get(`level-${i}-name`)).trim()
    if (name) levels.push({ from: number(`level-${i}-from`), name, advice: String(data.get(`level-${i}-advice`) ?? '') })
  }
  const rules = {
    weights: Object.fromEntries(['1', '2', '3', '4'].map((p) => [p, number(`weight-${p}`) / 100])),
    levels,
    hideBelow: number('hideBelow'),
    hatchBelow: number('hatchBelow'),
  }
  const result = await changeRules(actor, rules, String(data.get('note') ?? ''))
  revalidatePath('/bgtk/pengaturan')
  return result.ok
    ? { ok: true, message: 'Versi baru berlaku mulai sekarang. Versi lama tetap tersimpan.' }
    : { ok: false, message: result.message }
}
