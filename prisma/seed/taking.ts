import { newestForms, scoringItems } from '@/lib/instruments/inside'
import { fromWib } from '@/lib/platform/format'
import { insertMany, inTransaction, sql, type Transaction } from '@/lib/platform/db'
import type { ResponseValue } from '@/lib/items/model'
import { rawScores, withReach } from '@/lib/scoring/raw'
import { reachOf } from '@/lib/calibration/response-matrix'
import { insertTruth } from '@/lib/scoring/run-store'
import { currentRules } from '@/lib/standards/rules-store'
import { insertScores, standingRun } from '@/lib/scoring/score-store'
import { assignForms, seatForms, setCycleForms } from '@/lib/sittings/inside'
import { competencyOrder, defaultMinutes } from '@/lib/sittings/model'
import { difficultyOf, drawResponse, type SimItem } from './answers'
import { MISKEYED } from './miskeyed'
import { seededId, type DemoTeacher } from './people'

/** Simulated teachers sit their tests: every item of every part answered, and scored with the product's own functions. */

export type Seated = { seatId: string; teacher: DemoTeacher; day: string }

/** The parallel forms of a first measurement lie at its seats: A and B where an instrument has letters, else its one form. */
export async function layFirstForms(cycleId: string): Promise<void> {
  const newest = await newestForms()
  const lettered = new Set(newest.filter((f) => f.label).map((f) => f.instrumentId))
  const used = newest.filter((f) => (lettered.has(f.instrumentId) ? f.label === 'A' || f.label === 'B' : true))
  await setCycleForms(
    cycleId,
    used.map((f) => f.formId),
  )
  await layForms(cycleId)
}

export async function layForms(cycleId: string): Promise<void> {
  for (const s of await sql<{ id: string }>(`SELECT id FROM sitting WHERE cycle_id = $1 ORDER BY opens_at, id`, [cycleId]))
    await assignForms(s.id, cycleId)
}

/** Minutes after 07.30 at which each part began: 90, then three times 60, with short breaks. */
const partStart: Record<string, number> = { '4': 15, '1': 120, '2': 195, '3': 270 }

export type Sitting = {
  seated: readonly Seated[]
  /** Ability of a teacher in a part; asked once a seat and part, in order. */
  abilityOf: (seated: Seated, part: string) => number
  /** How much harder an item is on that day than its own difficulty, logits: a drifting anchor. */
  drift?: (itemCode: string) => number
  scoredAt: Date
}

type Form = {
  formId: string
  instrumentId: string
  items: (SimItem & { itemCode: string; nodeCode: string; domainCode: string; stimulusId: string | null })[]
}

async function readForm(formId: string, drift: (code: string) => number): Promise<Form> {
  const [rows, [form]] = await Promise.all([
    scoringItems(formId),
    sql<{ instrumentId: string; competencyCode: string }>(
      `SELECT i.id AS "instrumentId", i.competency_code AS "competencyCode" FROM form f JOIN instrument i ON i.id = f.instrument_id WHERE f.id = $1`,
      [formId],
    ),
  ])
  return {
    formId,
    instrumentId: form!.instrumentId,
    items: rows.map((r) => ({
      itemVersionId: r.itemVersionId,
      itemCode: r.itemCode,
      content: r.content,
      scoring: r.scoring,
      nodeCode: r.nodeCode,
      domainCode: r.domainCode,
      stimulusId: r.stimulusId,
      difficulty: difficultyOf(r.itemCode, r.scoring.type, form!.competencyCode) + drift(r.itemCode),
    })),
  }
}

/** The answers of one attempt in the order of its form's items, null where there is none; `step` milliseconds between two of them. */
type Answers = { attemptId: string; formId: string; startedAt: number; step: number; values: ResponseValue[] }

/** Writes the answers of many attempts, one text an attempt: a row an answer would cost more to send than to write. */
async function writeAnswers(tx: Transaction, answers: readonly Answers[]): Promise<void> {
  await tx.query(
    `INSERT INTO response (attempt_id, item_version_id, value, at, device, seq)
     SELECT a.attempt_id, i.item_version_id, x.value, to_timestamp(floor(a.started_at + a.step * x.place) / 1000), 'simulasi', x.place
       FROM unnest($1::uuid[], $2::uuid[], $3::float8[], $4::float8[], $5::text[]) AS a(attempt_id, form_id, started_at, step, answers)
      CROSS JOIN LATERAL jsonb_array_elements(a.answers::jsonb) WITH ORDINALITY AS x(value, place)
       JOIN form_item i ON i.form_id = a.form_id AND i.position = x.place
      WHERE x.value <> 'null'::jsonb`,
    [
      answers.map((a) => a.attemptId),
      answers.map((a) => a.formId),
      answers.map((a) => a.startedAt),
      answers.map((a) => a.step),
      answers.map((a) => JSON.stringify(a.values)),
    ],
  )
}

/** Writes attempts, responses, raw scores and, apart, the abilities that drew the answers. */
export async function takeTests({ seated, abilityOf, drift = () => 0, scoredAt }: Sitting, random: () => number): Promise<void> {
  const forms = new Map<string, Form>()
  const rules = await currentRules()
  const runId = await standingRun(rules.id, scoredAt)
  for (let start = 0; start < seated.length; start += 1000) {
    const chunk = seated.slice(start, start + 1000)
    const held = new Map((await seatForms(chunk.map((s) => s.seatId))).map((f) => [`${f.seatId}|${f.part}`, f.formId]))
    for (const id of new Set(held.values())) if (!forms.has(id)) forms.set(id, await readForm(id, drift))
    const attempts: unknown[][] = []
    const answers: Answers[] = []
    const scores: Parameters<typeof insertScores>[2] = []
    const truths: unknown[][] = []
    for (const person of chunk) {
      for (const part of competencyOrder) {
        const form = forms.get(held.get(`${person.seatId}|${part}`) ?? '')
        if (!form) throw new Error(`no form for part ${part} of ${person.teacher.subject}`)
        const attemptId = seededId(random)
        const ability = abilityOf(person, part)
        truths.push([attemptId, ability])
        const startedAt = fromWib(person.day, '07:30').getTime() + partStart[part]! * 60_000 + Math.floor(random() * 300_000)
        const minutes = defaultMinutes[part]!
        const finishedAt = startedAt + Math.round(minutes * 60_000 * (0.5 + 0.48 * random()))
        const step = (finishedAt - startedAt) / (form.items.length + 1)
        const values = new Map(
          form.items.map((item) => [
            item.itemVersionId,
            drawResponse(
              item.itemCode === MISKEYED.item ? { ...item, scoring: { type: 'single', key: MISKEYED.trueKey } } : item,
              ability,
              random,
            ),
          ]),
        )
        attempts.push([
          attemptId,
          person.seatId,
          form.formId,
          form.instrumentId,
          part,
          parseInt(attemptId.slice(-7), 16),
          'closed',
          minutes * 60,
          new Date(startedAt),
          new Date(finishedAt),
          new Date(finishedAt),
          'finished',
          true,
        ])
        answers.push({
          attemptId,
          formId: form.formId,
          startedAt,
          step,
          values: form.items.map((item) => values.get(item.itemVersionId) ?? null),
        })
        const reach = reachOf(form.items, Object.fromEntries(values), parseInt(attemptId.slice(-7), 16))
        for (const row of withReach(rawScores(form.items, values), reach)) scores.push({ ...row, attemptId })
      }
    }
    await inTransaction(async (client) => {
      await insertMany(
        client,
        'attempt',
        {
          id: 'uuid',
          seat_id: 'uuid',
          form_id: 'uuid',
          instrument_id: 'uuid',
          competency_code: 'text',
          seed: 'int',
          state: 'text',
          duration_seconds: 'int',
          started_at: 'timestamptz',
          finished_at: 'timestamptz',
          closed_at: 'timestamptz',
          close_reason: 'text',
          simulated: 'bool',
        },
        attempts,
      )
      await writeAnswers(client, answers)
      await insertScores(client, runId, scores)
      await insertTruth(client, truths)
    })
  }
}
