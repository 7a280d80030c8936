import { uuidv7 } from 'uuidv7'
import { usersWithRole } from '@/lib/access/store'
import { awaitScores } from '@/lib/delivery/inside'
import { freezeForm, instrumentByCode, scoringItems } from '@/lib/instruments/inside'
import { addTask } from '@/lib/instruments/workshop-store'
import type { Criterion, ResponseValue } from '@/lib/items/model'
import { fromWib } from '@/lib/platform/format'
import { insertMany, inTransaction, sql } from '@/lib/platform/db'
import type { Chance } from '@/lib/platform/random'
import { collectResponses } from '@/lib/rating/inside'
import { resolve } from '@/lib/rating/resolve'
import { writeResolution } from '@/lib/rating/store'
import { assignForms, setCycleForms } from '@/lib/sittings/inside'
import { createCycle, createSitting, createVenue } from '@/lib/sittings/store'
import { difficultyOf, drawResponse } from './answers'
import { seededId } from './people'
import type { Ids } from './reference'
import { province, seatAll } from './waves'

/**
 * A small trial of an extended response, its results held: what two raters agreed on, what a third settled, what waits for a third, for a
 * second, for anybody. So that an expert, an office and a newcomer see a queue and not a description of one.
 */
const TRIAL = { code: 'URA', day: '2026-05-09', item: 'PED-054', beside: ['PED-001', 'PED-002', 'PED-003'] }
const MINUTES = 30
const MINUTE_MS = 60_000

/** What teachers wrote, and what those who rated it gave: points by criterion, one list a rater. */
const written: [string, ...number[][]][] = [
  [
    'Tabelmu rapi. Apa yang berubah ketika cahaya dikurangi, dan mengapa menurutmu? Tulis simpulanmu lagi dengan alasan itu.',
    [2, 2],
    [2, 2],
  ],
  ['Bagus sekali laporannya, pertahankan.', [0, 0], [0, 0]],
  ['Simpulanmu masih mengulang angka. Coba baca lagi bukunya, lalu perbaiki.', [1, 1], [1, 0]],
  ['Pengamatanmu lengkap. Pilih dua angka yang paling jauh berbeda, jelaskan sebabnya, lalu tulis satu kalimat simpulan.', [2, 2], [2, 1]],
  ['Laporanmu belum ada simpulannya. Nanti Ibu tuliskan contohnya di papan.', [1, 0], [1, 0]],
  ['Datamu jelas. Kalau temanmu bertanya apa artinya bagi tanaman, apa jawabmu? Tulis jawaban itu sebagai simpulan.', [2, 1], [2, 2]],
  ['Apa yang kamu pelajari dari tabel itu? Ceritakan kepada kelompok lain, lalu tulis.', [2, 2], [0, 1], [1, 1]],
  ['Kamu sudah mencatat dengan teliti. Hubungkan tiap data dengan pertanyaan di awal laporan.', [2, 2], [0, 0]],
  ['Simpulan itu jawaban atas pertanyaanmu. Pertanyaanmu apa? Lihat lagi, lalu perbaiki bagian akhirnya.', [2, 0], [1, 2]],
  ['Rapi, tetapi kurang lengkap. Tambahkan simpulan yang lebih panjang.', [1, 0]],
  ['Bandingkan hari pertama dan hari ketujuh. Apa yang membuatnya berbeda? Itulah simpulanmu.', [2, 2]],
  ['Sebutkan dahulu apa yang sudah benar menurutmu, baru kita lihat simpulannya bersama.'],
]
const raters = ['Penilai Simulasi 1', 'Penilai Simulasi 2', 'Penilai Simulasi 3']

/** A dozen people of the second wave whom no account of the demonstration belongs to. */
async function writers() {
  const rows = await sql<{ id: string }>(
    `SELECT s.teacher_id AS id FROM seat s JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id
      WHERE c.code = '2512' AND NOT EXISTS (SELECT 1 FROM user_account u WHERE u.teacher_id = s.teacher_id)
      ORDER BY s.participant_number DESC LIMIT $1`,
    [written.length],
  )
  return rows.map((r) => province().byId.get(r.id)!)
}

/** The cycle, its one sitting and its form, without a letter because it is parallel to none: a few ordinary items and one to be answered in own words. */
async function seat(known: Ids, random: Chance): Promise<string> {
  const people = await writers()
  const cycleId = await createCycle({
    id: seededId(random),
    code: TRIAL.code,
    name: 'Uji coba uraian, 9 Mei 2026',
    series: 'Uji coba uraian 2026',
    startsOn: new Date(TRIAL.day),
    simulated: true,
    minutes: { '4': MINUTES },
  })
  const venueId = await createVenue({ id: seededId(random), name: 'Ruang uji coba BGTK', regionId: known.regions.get('18.71')! })
  const sittingId = await createSitting({
    id: seededId(random),
    cycleId,
    venueId,
    name: 'Uji coba uraian',
    opensAt: fromWib(TRIAL.day, '09:00'),
    closesAt: fromWib(TRIAL.day, '10:30'),
    releaseRule: 'held',
  })
  await seatAll(sittingId, TRIAL.code, 0, people, known, random)
  const { id } = (await instrumentByCode('PED'))!
  const form = await freezeForm(id, fromWib('2026-05-02', '09:00'), { label: null, items: [...TRIAL.beside, TRIAL.item] })
  if (!form.ok) throw new Error(form.message)
  await setCycleForms(cycleId, [form.value])
  await assignForms(sittingId, cycleId)
  return form.value
}

/** Everybody who sat there, with the words of one each. */
async function answer(formId: string, random: Chance): Promise<string[]> {
  const [items, instrument] = [await scoringItems(formId), (await instrumentByCode('PED'))!]
  const seats = await sql<{ id: string }>(
    `SELECT s.id FROM seat s JOIN sitting y ON y.id = s.sitting_id JOIN cycle c ON c.id = y.cycle_id WHERE c.code = $1 ORDER BY s.participant_number`,
    [TRIAL.code],
  )
  const from = fromWib(TRIAL.day, '09:05').getTime()
  const attempts = seats.map((s) => ({ id: seededId(random), seatId: s.id, until: new Date(from + (15 + 10 * random()) * MINUTE_MS) }))
  const responses = attempts.flatMap((a, person) =>
    items.flatMap((item, at): unknown[][] => {
      const value: ResponseValue =
        item.itemCode === TRIAL.item
          ? { text: written[person]![0] }
          : drawResponse({ ...item, difficulty: difficultyOf(item.itemCode, item.scoring.type, '4') }, 0, random)
      return value === null ? [] : [[a.id, item.itemVersionId, value, new Date(from + (at + 1) * 3 * MINUTE_MS), 'simulasi', at + 1]]
    }),
  )
  await inTransaction(async (tx) => {
    await insertMany(
      tx,
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
      attempts.map((a, i) => [
        a.id,
        a.seatId,
        formId,
        instrument.id,
        '4',
        i + 1,
        'closed',
        MINUTES * 60,
        new Date(from),
        a.until,
        a.until,
        'finished',
        true,
      ]),
    )
    await insertMany(
      tx,
      'response',
      { attempt_id: 'uuid', item_version_id: 'uuid', value: 'jsonb', at: 'timestamptz', device: 'text', seq: 'int' },
      responses,
    )
  })
  return attempts.map((a) => a.id)
}

/** What was rated so far, settled by the product's own rule; the expert of the demonstration is asked as well. */
async function rate(attemptIds: string[], now: Date, random: Chance): Promise<void> {
  await collectResponses(now)
  const [queue, instrument] = [
    await sql<{ id: string; attemptId: string; rubric: Criterion[] }>(
      `SELECT r.id, r.attempt_id AS "attemptId", v.scoring -> 'rubric' AS rubric FROM rated_response r JOIN item_version v ON v.id = r.item_version_id
        WHERE r.attempt_id = ANY($1::uuid[])`,
      [attemptIds],
    ),
    (await instrumentByCode('PED'))!,
  ]
  const ids = raters.map(() => seededId(random))
  await inTransaction(async (tx) => {
    for (const { id, attemptId, rubric } of queue) {
      const [, ...given] = written[attemptIds.indexOf(attemptId)]!
      for (const [place, points] of (given as number[][]).entries())
        await tx.query(
          `INSERT INTO response_rating (id, response_id, edition, rater_id, rater_name, place, points, note, taken_at, given_at)
           VALUES ($1, $2, 1, $3, $4, $5, $6, '', $7, $7)`,
          [uuidv7(), id, ids[place], raters[place], place + 1, points, now],
        )
      const top = rubric.reduce((sum, c) => sum + c.levels.length - 1, 0)
      await writeResolution(tx, id, resolve(given as number[][], top), now)
    }
  })
  await awaitScores(attemptIds, now)
  const whole = { itemId: null, nodeCode: null, domainCode: null, level: null, type: null, count: 1, note: '' }
  for (const { id } of await usersWithRole('pakar'))
    await addTask({ kind: 'rate', instrumentId: instrument.id, userId: id, ...whole }, { userId: null, name: 'Peragaan' }, now)
}

/** The trial from its seats to its ratings. */
export async function tryEssays(known: Ids, random: Chance): Promise<string> {
  const attemptIds = await answer(await seat(known, random), random)
  await rate(attemptIds, fromWib('2026-05-12', '10:00'), random)
  return `${attemptIds.length} jawaban uraian`
}
