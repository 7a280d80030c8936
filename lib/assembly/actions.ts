'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { requireActor, onceFilled } from '@/lib/access/service'
import { SEEN, type FormState } from '@/lib/platform/form'
import { confirmAssembly, saveBlueprint, startAssembly, swapItem } from './service'
import { fieldsOf, textOf, textsOf } from '@/lib/platform/fields'

/** Doors of form assembly. */
const text = (data: FormData, key: string) => textOf(data, key).trim()
const path = (data: FormData) => `/bgtk/instrumen/${text(data, 'instrument')}/rakit`

export async function assembleForms(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('bank:manage')
  const input = Object.fromEntries(fieldsOf(data).filter(([, v]) => v.trim() !== ''))
  const result = await onceFilled(actor, 'startAssembly', data, () => startAssembly(actor, text(data, 'instrument'), input, new Date()))
  if (!result.ok) return result
  redirect(`${path(data)}/${result.value}`)
}

export async function swap(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('bank:manage')
  const result = await onceFilled(actor, 'swapItem', data, () =>
    swapItem(actor, text(data, 'instrument'), text(data, 'id'), {
      label: text(data, 'label'),
      out: text(data, 'out'),
      in: text(data, 'in'),
    }),
  )
  revalidatePath(`${path(data)}/${text(data, 'id')}`)
  return result.ok ? { ok: true, message: 'Butir sudah ditukar. Periksa lagi laporan formulirnya.' } : result
}

export async function freeze(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('bank:manage')
  const result = await confirmAssembly(actor, text(data, 'instrument'), text(data, 'id'), new Date())
  revalidatePath(`${path(data)}/${text(data, 'id')}`)
  return result.ok ? { ok: true, message: `${result.value} formulir dibekukan dan dapat dipilih untuk siklus.` } : result
}

export async function saveCells(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('bank:manage')
  const instrument = text(data, 'instrument')
  const column = (name: string) => textsOf(data, name).map((v) => v.trim())
  const [node, domain, level, type, count] = ['node', 'domain', 'level', 'type', 'count'].map(column) as [
    string[],
    string[],
    string[],
    string[],
    string[],
  ]
  const cells = count.flatMap((n, i) =>
    n && n !== '0'
      ? [{ node: node[i] || undefined, domain: domain[i] || undefined, level: level[i] || undefined, type: type[i] || undefined, count: n }]
      : [],
  )
  const result = await onceFilled(actor, 'saveBlueprint', data, () =>
    saveBlueprint(actor, instrument, { length: text(data, 'length'), cells, seen: text(data, SEEN) || 0 }, new Date()),
  )
  revalidatePath(`/bgtk/instrumen/${instrument}/kisi-kisi`)
  return result.ok ? { ok: true, message: 'Kisi-kisi tersimpan sebagai versi baru.' } : result
}
