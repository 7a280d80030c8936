import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { freeze } from '@/lib/delivery/inside'
import { latestForms, newestForms } from '@/lib/instruments/inside'
import { assemblyDesk } from '@/lib/assembly/blueprint-service'
import { markItem } from '@/lib/instruments/service'
import { blueprintPage } from '@/lib/assembly/service'
import { freezeForm } from '@/lib/instruments/form-store'
import { sql } from '@/lib/platform/db'
import type { Result } from '@/lib/platform/result'
import { attemptData } from '@/lib/calibration/store'
import { exposureOf } from '@/lib/assembly/exposure-store'
import { formUses } from '@/lib/scoring/inside'
import { leakItem, makePracticeForm } from '@/lib/assembly/service'
import { addSeatForms } from '@/lib/sittings/form-store'
import { setCycleForms } from '@/lib/sittings/inside'
import { chooseForms, cycleForms } from '@/lib/sittings/service'
import { uuidv7 } from 'uuidv7'
import { aSchool, aSitting, aTeacher, anAccount, idOf, openWorld, spareItems } from './world'

/** What is shown in practice decides about nobody: practice forms and forms that count share no item, by any path. */
let world: Awaited<ReturnType<typeof openWorld>>
let office: Actor
let teacher: string
const NOW = new Date('2026-03-02T02:00:00Z')
beforeAll(async () => {
  world = await openWorld()
  office = await anAccount('bgtk')
  teacher = await aTeacher(await aSchool(), 'MTK')
})
afterAll(async () => {
  await world.close()
})

const value = <T>(r: Result<T>): T => {
  if (!r.ok) throw new Error(r.message)
  return r.value
}
const refusal = (r: Result<unknown>): string => {
  if (r.ok) throw new Error('was not refused')
  return r.message
}
const cycleOf = async (sittingId: string) =>
  (await sql<{ id: string }>(`SELECT cycle_id AS id FROM sitting WHERE id = $1`, [sittingId]))[0]!.id
const laid = (sittingId: string) =>
  sql<{ part: string; practice: boolean; formId: string }>(
    `SELECT x.competency_code AS part, f.practice, f.id AS "formId" FROM seat_form x JOIN seat s ON s.id = x.seat_id JOIN form f ON f.id = x.form_id
      WHERE s.sitting_id = $1 ORDER BY 1`,
    [sittingId],
  )
const practiceForm = async (code: string) =>
  (
    await sql<{ id: string }>(`SELECT f.id FROM form f JOIN instrument i ON i.id = f.instrument_id WHERE f.practice AND i.code = $1`, [
      code,
    ])
  )[0]!.id
const itemsInBoth = () =>
  sql<{ code: string }>(
    `SELECT i.code FROM item i JOIN item_version v ON v.item_id = i.id JOIN form_item x ON x.item_version_id = v.id JOIN form f ON f.id = x.form_id
      GROUP BY i.code, i.practice HAVING bool_or(f.practice) AND bool_or(NOT f.practice) OR i.practice <> bool_or(f.practice)`,
  )
const MTK = () => idOf('instrument', 'MTK')

describe('the bank that is shipped', () => {
  it('has one practice form for every instrument, and no item stands in both kinds', async () => {
    const forms = await sql<{ code: string; practice: number; items: number }>(
      `SELECT i.code, count(*) FILTER (WHERE f.practice)::int AS practice,
              (SELECT count(*)::int FROM form_item x JOIN form g ON g.id = x.form_id WHERE g.instrument_id = i.id AND g.practice) AS items
         FROM instrument i JOIN form f ON f.instrument_id = i.id GROUP BY i.id ORDER BY i.code`,
    )
    expect(forms).toHaveLength(17)
    for (const f of forms) expect([f.code, f.practice, f.items >= 4 && f.items <= 6]).toEqual([f.code, 1, true])
    expect(await itemsInBoth()).toEqual([])
  })
})

describe('a practice sitting', () => {
  it('never shows an item of a form that counts, whatever is chosen for it beforehand or frozen later', async () => {
    const { sittingId } = await aSitting([teacher], NOW, { practice: true })
    await freeze(sittingId, NOW)
    expect((await laid(sittingId)).map((f) => [f.part, f.practice])).toEqual(['1', '2', '3', '4'].map((p) => [p, true]))
    value(await freezeForm(await MTK(), new Date(NOW.getTime() + 1000), { label: 'A', items: await spareItems(office, 'MTK', 2) }))
    const later = await aSitting([teacher], NOW, { practice: true })
    await freeze(later.sittingId, NOW)
    expect((await laid(later.sittingId)).every((f) => f.practice)).toBe(true)
  })
  it('loses forms that count which an earlier installation laid at its seats, when it is prepared anew', async () => {
    const { sittingId, seatIds } = await aSitting([teacher], NOW, { practice: true })
    const counting = (await latestForms()).find((f) => f.competencyCode === '1')!
    await sql(`INSERT INTO seat_form VALUES ($1, '1', $2)`, [seatIds[0], counting.formId])
    await sql(`INSERT INTO cycle_form VALUES ($1, $2)`, [await cycleOf(sittingId), counting.formId])
    await addSeatForms([{ seatId: seatIds[0]!, part: '2', formId: (await latestForms()).find((f) => f.competencyCode === '2')!.formId }])
    expect(await laid(sittingId)).toHaveLength(1)
    await freeze(sittingId, NOW)
    expect((await laid(sittingId)).map((f) => f.practice)).toEqual([true, true, true, true])
  })
  it('may not choose a form that counts: it is refused in words, and the choice stays', async () => {
    const { sittingId } = await aSitting([teacher], NOW, { practice: true })
    const cycleId = await cycleOf(sittingId)
    const own = await practiceForm('PED')
    value(await chooseForms(office, cycleId, [own]))
    const counting = (await newestForms())[0]!
    expect(refusal(await chooseForms(office, cycleId, [own, counting.formId]))).toMatch(
      new RegExp(`${counting.code} dipakai untuk tes yang dihitung.*tidak berubah.*Pilih formulir latihan`),
    )
    expect(await setCycleForms(cycleId, [counting.formId])).toEqual([counting.code])
    expect(await sql(`SELECT form_id AS id FROM cycle_form WHERE cycle_id = $1`, [cycleId])).toEqual([{ id: own }])
    const offered = await cycleForms(office, cycleId)
    expect(offered.length).toBeGreaterThan(0)
    expect(offered.every((f) => f.practice)).toBe(true)
  })
})

describe('a sitting that counts', () => {
  it('gets no practice form, by default, by choice or at a seat', async () => {
    const { sittingId, seatIds } = await aSitting([teacher], NOW)
    const cycleId = await cycleOf(sittingId)
    const practice = await practiceForm('PED')
    expect(refusal(await chooseForms(office, cycleId, [practice]))).toMatch(/formulir latihan.*tidak berubah.*Pilih formulir lain/)
    await addSeatForms([{ seatId: seatIds[0]!, part: '1', formId: practice }])
    expect(await laid(sittingId)).toEqual([])
    await freeze(sittingId, NOW)
    expect((await laid(sittingId)).map((f) => f.practice)).toEqual([false, false, false, false])
    expect((await cycleForms(office, cycleId)).some((f) => f.practice)).toBe(false)
  })
  it('is rehearsed with the forms that count, because nobody sits there', async () => {
    const { sittingId } = await aSitting([teacher], NOW, { practice: true, rehearsal: true })
    await freeze(sittingId, NOW)
    expect((await laid(sittingId)).map((f) => f.practice)).toEqual([false, false, false, false])
  })
})

describe('an item of a practice form', () => {
  it('enters no form that counts: it is no candidate, is not counted as ready, and freezing it is refused', async () => {
    const [item] = await sql<{ code: string }>(
      `SELECT i.code FROM item i JOIN instrument n ON n.id = i.instrument_id WHERE i.practice AND n.code = 'MTK' ORDER BY i.code`,
    )
    const before = (await blueprintPage(office, 'MTK'))!.ready
    await sql(`UPDATE item SET state = 'operational' WHERE code = $1`, [item!.code])
    expect((await assemblyDesk.candidates(await MTK())).map((c) => c.code)).not.toContain(item!.code)
    expect((await blueprintPage(office, 'MTK'))!.ready).toBe(before)
    const forms = (await sql(`SELECT id FROM form`)).length
    expect(refusal(await freezeForm(await MTK(), NOW, { label: 'A', items: ['MTK-001', item!.code] }))).toMatch(
      new RegExp(`${item!.code} adalah butir latihan.*Tidak ada yang dibekukan.*Ganti`),
    )
    expect((await sql(`SELECT id FROM form`)).length).toBe(forms)
    expect(refusal(await markItem(office, item!.code, { anchor: true }, NOW))).toMatch(/tidak dapat menjadi jangkar/)
    expect(refusal(await leakItem(office, item!.code, 'Terlihat di grup percakapan.', NOW))).toMatch(/butir latihan/)
  })
  it('is frozen in one kind only when both are frozen at the same moment', async () => {
    const instrument = await MTK()
    const [both, one, other] = (await spareItems(office, 'MTK', 3)) as [string, string, string]
    const [a, b] = await Promise.all([
      freezeForm(instrument, NOW, { label: 'X', items: [both, one] }),
      freezeForm(instrument, NOW, { label: 'P', items: [both, other], practice: true }),
    ])
    expect([a.ok, b.ok].filter(Boolean)).toHaveLength(1)
    expect(await itemsInBoth()).toEqual([])
  })
  it('that stands in a form that counts is not frozen for practice', async () => {
    expect(refusal(await freezeForm(await MTK(), NOW, { label: 'P', items: ['MTK-001'], practice: true }))).toMatch(
      /MTK-001 berada di formulir yang dihitung.*Tidak ada yang dibekukan/,
    )
    expect(await sql(`SELECT 1 FROM item WHERE code = 'MTK-001' AND practice`)).toEqual([])
  })
})

describe('the office', () => {
  it('makes a practice form of a frozen form that counts nowhere, once and for all, and it is written down', async () => {
    const items = await spareItems(office, 'KIM', 2)
    const id = value(await freezeForm(await idOf('instrument', 'KIM'), NOW, { label: 'E', items }))
    const code = value(await makePracticeForm(office, id))
    expect(value(await makePracticeForm(office, id))).toBe(code)
    expect(await sql(`SELECT count(*)::int AS n FROM audit_entry WHERE object = $1`, [`form:${code}`])).toEqual([{ n: 1 }])
    expect(await sql(`SELECT code FROM item WHERE practice AND code = ANY($1)`, [items])).toHaveLength(2)
    expect(refusal(await freezeForm(await idOf('instrument', 'KIM'), NOW, { label: 'E', items }))).toMatch(/butir latihan/)
    const { sittingId } = await aSitting([teacher], NOW)
    expect(refusal(await chooseForms(office, await cycleOf(sittingId), [id]))).toMatch(/formulir latihan/)
    expect(await itemsInBoth()).toEqual([])
  })
  it('is refused in words when a cycle that counts uses the form, or another form that counts holds one of its items', async () => {
    const kim = await idOf('instrument', 'KIM')
    const spare = await spareItems(office, 'KIM', 5)
    const shared = value(await freezeForm(kim, NOW, { label: 'F', items: ['KIM-001', spare[0]!] }))
    expect(refusal(await makePracticeForm(office, shared))).toMatch(/KIM-001 juga berada di formulir lain yang dihitung.*tidak berubah/)
    const chosen = value(await freezeForm(kim, NOW, { label: 'G', items: spare.slice(1, 3) }))
    const { sittingId } = await aSitting([teacher], NOW, { code: 'DIHITUNG' })
    value(await chooseForms(office, await cycleOf(sittingId), [chosen]))
    expect(refusal(await makePracticeForm(office, chosen))).toMatch(/dipakai dalam Siklus DIHITUNG.*tidak berubah/)
    const given = value(await freezeForm(kim, NOW, { label: 'H', items: spare.slice(3) }))
    const other = await aSitting([teacher], NOW)
    await addSeatForms([{ seatId: other.seatIds[0]!, part: '4', formId: given }])
    expect(refusal(await makePracticeForm(office, given))).toMatch(/hasil siklus itu dihitung/)
    expect(refusal(await makePracticeForm(office, 'bukan-id'))).toMatch(/tidak ada/)
    expect(await sql(`SELECT 1 FROM item WHERE practice AND code = ANY($1)`, [['KIM-001', ...spare]])).toEqual([])
  })
  it('and a form that is chosen in the same moment is either chosen or for practice, never both', async () => {
    const id = value(await freezeForm(await idOf('instrument', 'FIS'), NOW, { label: 'E', items: await spareItems(office, 'FIS', 2) }))
    const { sittingId } = await aSitting([teacher], NOW)
    const cycleId = await cycleOf(sittingId)
    const [chosen, marked] = await Promise.all([chooseForms(office, cycleId, [id]), makePracticeForm(office, id)])
    expect([chosen.ok, marked.ok].filter(Boolean)).toHaveLength(1)
  })
})

describe('a practice attempt', () => {
  it('is read by no calibration', async () => {
    const { sittingId, seatIds } = await aSitting([teacher], NOW, { practice: true })
    await freeze(sittingId, NOW)
    const form = (await laid(sittingId)).find((f) => f.part === '4')!
    await sql(
      `INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at, closed_at)
       VALUES (gen_random_uuid(), $1, $2, $3, '4', 1, 'closed', 60, $4, $4)`,
      [seatIds[0], form.formId, await MTK(), NOW],
    )
    expect(await attemptData(await MTK(), null)).toEqual([])
  })
})

describe('how often an item was seen', () => {
  it('is told of people, in practice too, and not of the ghosts of a rehearsal: they have seen nothing', async () => {
    const instrument = await idOf('instrument', 'SEJ')
    const form = (await latestForms()).find((f) => f.instrumentId === instrument)!.formId
    const seen = async () => [await exposureOf(instrument), await formUses([form])]
    const sits = async (kind: { practice?: boolean; rehearsal?: boolean }) => {
      const { seatIds } = await aSitting([await aTeacher(await aSchool())], NOW, kind)
      await sql(
        `INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at) VALUES ($1,$2,$3,$4,'4',1,'closed',60,$5)`,
        [uuidv7(), seatIds[0], form, instrument, NOW],
      )
    }
    const before = await seen()
    await sits({ practice: true, rehearsal: true })
    expect(await seen()).toEqual(before)
    await sits({})
    await sits({ practice: true })
    const [items, uses] = await seen()
    expect(new Set((items as { n: number }[]).map((i) => i.n))).toEqual(new Set([2]))
    expect(uses).toHaveLength(2)
  })
})
