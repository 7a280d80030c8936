'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { SEEN, type FormState } from '@/lib/platform/form'
import { requireActor, onceFilled } from '@/lib/access/service'
import { advancePanel, createPanel, decideCut, placeBookmark, rateItem } from './panel-service'
import { panelStateNames, type PanelState } from './panel-model'
import { changeRules } from './rules-service'
import { textOf, textsOf } from '@/lib/platform/fields'

/** Which of the levels that stay the marked row of the form is; -1 where its name was emptied or none is marked. */
function placeAmongNamed(data: FormData, row: string): number {
  const named = (i: number) => textOf(data, `level-${i}-name`).trim() !== ''
  const marked = /^[0-5]$/.test(row) ? Number(row) : -1
  if (marked < 0 || !named(marked)) return -1
  return Array.from({ length: marked }, (_, i) => i).filter(named).length
}

/** The door of the settings form: levels come as level-0-from, level-0-name, … and scale-0-from, … */
export async function saveRules(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('rules:manage')
  const number = (key: string) => Number(textOf(data, key).replace(',', '.'))
  const levelRows = (prefix: string) => {
    const rows = []
    for (let i = 0; data.has(`${prefix}-${i}-name`); i++) {
      const name = textOf(data, `${prefix}-${i}-name`).trim()
      if (name) rows.push({ from: number(`${prefix}-${i}-from`), name, advice: textOf(data, `${prefix}-${i}-advice`) })
    }
    return rows
  }
  const rules = {
    weights: Object.fromEntries(['1', '2', '3', '4'].map((p) => [p, number(`weight-${p}`) / 100])),
    levels: levelRows('level'),
    competentLevel: placeAmongNamed(data, textOf(data, 'competentLevel')),
    scaleLevels: levelRows('scale'),
    composite: { rule: textOf(data, 'compositeRule'), floor: number('compositeFloor') },
    notReached: textOf(data, 'notReached') || undefined,
    hideBelow: number('hideBelow'),
    hatchBelow: number('hatchBelow'),
  }
  const result = await onceFilled(actor, 'changeRules', data, () =>
    changeRules(actor, rules, textOf(data, 'note'), Number(textOf(data, SEEN)) || 0),
  )
  revalidatePath('/bgtk/pengaturan')
  return result.ok ? { ok: true, message: 'Versi baru berlaku mulai sekarang. Versi lama tetap tersimpan.' } : result
}

const text = (data: FormData, key: string) => textOf(data, key).trim()

/** A new panel: ticked judges come as judge, what they are expert in as expertise-<account>. */
export async function openPanel(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('panel:manage')
  const judges = textsOf(data, 'judge').map((id) => ({ userId: id, expertise: text(data, `expertise-${id}`) }))
  const input = { instrument: text(data, 'instrument'), method: text(data, 'method'), title: text(data, 'title'), judges }
  const result = await onceFilled(actor, 'createPanel', data, () => createPanel(actor, input, new Date()))
  if (!result.ok) return result
  redirect(`/bgtk/batas/${result.value}`)
}

export async function movePanelOn(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('panel:manage')
  const result = await advancePanel(actor, text(data, 'id'), text(data, 'from') as PanelState)
  if (!result.ok) return result
  revalidatePath(`/bgtk/batas/${text(data, 'id')}`)
  return { ok: true, message: `Panel sekarang pada tahap ${panelStateNames[result.value].toLowerCase()}. Penilaian sebelumnya tersimpan.` }
}

/** The authority's cut: the panel's own, or a percent with the reason for moving it. */
export async function decidePanelCut(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('panel:manage')
  const typed = text(data, 'percent').replace(',', '.')
  const share = text(data, 'choice') === 'moved' ? (typed === '' ? Number.NaN : Number(typed) / 100) : null
  const result = await onceFilled(actor, 'decideCut', data, () =>
    decideCut(actor, text(data, 'id'), { share, reason: text(data, 'reason') }, new Date()),
  )
  if (!result.ok) return result
  revalidatePath('/bgtk/batas')
  return {
    ok: true,
    message: 'Keputusan tercatat. Batas ini berlaku pada skor yang dihitung sesudah ini; skor yang sudah ada tidak berubah.',
  }
}

/**
 * One Angoff judgement. Without script the − and + buttons post as well: they save the stepped value and stay at the item;
 * the main button goes on to the next one.
 */
export async function saveRating(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('panel:judge')
  const typed = text(data, 'percent')
  const step = Number(text(data, 'step'))
  const value = typed === '' ? Number.NaN : Number(typed)
  const percent = step ? Math.min(100, Math.max(0, (typed === '' ? 50 : value) + step)) : value
  const [panelId, at] = [text(data, 'panel'), Number(text(data, 'at'))]
  const result = await rateItem(
    actor,
    { panelId, itemVersionId: text(data, 'item'), round: Number(text(data, 'round')), percent },
    new Date(),
  )
  if (!result.ok) return result
  revalidatePath('/pakar')
  const next = step ? at : Number(text(data, 'next'))
  redirect(next ? `/pakar/batas/${panelId}?butir=${next}` : `/pakar/batas/${panelId}`)
}

export async function saveBookmark(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('panel:judge')
  const panelId = text(data, 'panel')
  const result = await placeBookmark(actor, { panelId, round: Number(text(data, 'round')), page: Number(text(data, 'page')) }, new Date())
  if (!result.ok) return result
  revalidatePath('/pakar')
  redirect(`/pakar/batas/${panelId}`)
}
