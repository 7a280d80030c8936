import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { faultsOf } from '@/lib/platform/faults'
import { overtaken } from '@/lib/platform/seen'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { Rules } from './rules-model'
import * as store from './rules-store'

export const rulesInForce = store.currentRules

export async function ruleHistory(actor: Actor) {
  allow(actor, 'rules:manage')
  return store.ruleVersions()
}

/** Puts a new version of the settings into force after the one that was `seen`; older results keep theirs. */
export async function changeRules(actor: Actor, input: unknown, note: string, seen: number): Promise<Result<null>> {
  allow(actor, 'rules:manage')
  const parsed = Rules.safeParse(input)
  if (!parsed.success && parsed.error.issues.every((i) => i.path[0] === 'competentLevel'))
    return refuse('competent', 'Pilih mulai tingkat penguasaan mana guru disebut kompeten. Aturan lama tetap berlaku.', ['competentLevel'])
  if (!parsed.success)
    return refuse(
      'input',
      'Ada isian yang belum benar: batas 0–100, nama tingkat sedikitnya tiga huruf, bobot antara 0 dan 1.',
      faultsOf(parsed, { weights: 'weight', levels: 'level', scaleLevels: 'scale', 'composite.floor': 'compositeFloor' }),
    )
  const rules = parsed.data
  if (rules.competentLevel >= rules.levels.length)
    return refuse('competent', 'Pilih mulai tingkat penguasaan mana guru disebut kompeten. Aturan lama tetap berlaku.', ['competentLevel'])
  if (rules.levels[0]!.from !== 0) return refuse('levels', 'Tingkat pertama harus dimulai dari 0.', ['level-0-from'])
  if (rules.levels.some((l, i) => i > 0 && l.from <= rules.levels[i - 1]!.from))
    return refuse('levels', 'Batas tingkat harus menaik.', ['level-1-from'])
  if (rules.scaleLevels[0]!.from > 200 || rules.scaleLevels.some((l, i) => i > 0 && l.from <= rules.scaleLevels[i - 1]!.from)) {
    return refuse('scale', 'Tingkat pada skala harus dimulai dari 200 atau kurang dan batasnya menaik.', ['scale-0-from'])
  }
  if (Math.abs(Object.values(rules.weights).reduce((a, b) => a + b, 0) - 1) > 1e-9)
    return refuse('weights', 'Jumlah bobot harus tepat 1 (100 persen).', ['weight-1'])
  if (rules.hatchBelow < rules.hideBelow) return refuse('small', 'Batas arsir tidak boleh di bawah batas sembunyi.', ['hatchBelow'])
  if (note.trim().length < 5) return refuse('note', 'Tulis dasar perubahannya, misalnya nomor surat.')
  return act(async (tx) => {
    const before = await store.holdRules(tx)
    if (!(await store.addRules(rules, note.trim(), actor.userId, new Date()))) return ok(null)
    const late = overtaken(seen, { version: before.version, at: before.createdAt })
    if (late) return late
    await audit(actor, 'rules:manage', 'rules', { detail: { note } }, tx)
    return ok(null)
  })
}
