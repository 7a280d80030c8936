import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { itemRows, leadingCalibration } from '@/lib/calibration/inside'
import { formsOfInstrument, instrumentByCode, itemsOf, scoringItems } from '@/lib/instruments/inside'
import { checkAnswers, type AnsweredItem } from '@/lib/items/set-answers'
import { checkSet, type SetFinding, type SetItem } from '@/lib/items/set-check'

/** The check of a whole set: the items of an instrument that are not retired, or those of one frozen form as it was frozen. */

export type SetCheck = {
  instrument: { code: string; title: string }
  /** What can be chosen: the whole instrument (code '') and every frozen form by its letter, newest first. */
  sets: { code: string; label: string; items: number }[]
  chosen: string
  items: number
  words: SetFinding[]
  answers: SetFinding[]
  /** The cycles and the number of people whose answers were counted; null before a calibration. */
  calibration: { cycles: string[]; n: number } | null
}

/** Types without a right or best answer: a level of difficulty says nothing about them. */
const WITHOUT_KEY = ['likert', 'extended']

/** The check of one set of an instrument; `set` is the code of a form, anything else the whole instrument. Null where there is no such instrument. */
export async function setCheck(actor: Actor, code: string, set: string): Promise<SetCheck | null> {
  allow(actor, 'bank:manage')
  const instrument = await instrumentByCode(code)
  if (!instrument) return null
  const [all, forms, leading] = await Promise.all([
    itemsOf(instrument.id),
    formsOfInstrument(instrument.id),
    leadingCalibration(instrument.id),
  ])
  const form = forms.find((f) => f.code === set) ?? null
  const live = all.filter((i) => i.state !== 'retired')
  const items: SetItem[] = form
    ? (await scoringItems(form.formId)).map((i) => ({ code: i.itemCode, content: i.content, scoring: i.scoring }))
    : live
  const rows = new Map((leading ? await itemRows(leading) : []).map((r) => [r.code, r.statistics]))
  const levels = new Map(all.map((i) => [i.code, i.level]))
  const keyed = items.filter((i) => !WITHOUT_KEY.includes(i.content.type))
  const answered = keyed.flatMap(({ code: item }): AnsweredItem[] => {
    const s = rows.get(item)
    return s ? [{ code: item, level: levels.get(item) ?? '', n: s.n, p: s.p, distractors: s.distractors.filter((d) => !d.isKey) }] : []
  })
  return {
    instrument,
    sets: [
      { code: '', label: 'Semua butir', items: live.length },
      ...forms
        .toSorted((a, b) => (a.label ?? '').localeCompare(b.label ?? ''))
        .map((f) => ({ code: f.code, label: formLabel(f), items: f.items })),
    ],
    chosen: form?.code ?? '',
    items: items.length,
    words: checkSet(items),
    answers: checkAnswers(answered, keyed.length - answered.length),
    calibration: leading && { cycles: leading.cycleCodes, n: leading.n ?? 0 },
  }
}

const formLabel = ({ code, label, practice }: { code: string; label: string | null; practice: boolean }): string =>
  practice ? `Latihan (${code})` : label ? `Formulir ${label} (${code})` : `Formulir ${code}`
