import { sql } from '@/lib/platform/db'

/** Fills a sitting up to a thousand people with running attempts, answers and noted events, after the model of one. */
export async function aThousand(
  asOwner: (text: string) => Promise<unknown>,
  sittingId: string,
  seatId: string,
  attemptId: string,
  now: Date,
): Promise<void> {
  await sql(
    `INSERT INTO seat (id, sitting_id, room_id, teacher_id, participant_number, seat_number, school_id, region_id, level_id)
     SELECT gen_random_uuid(), sitting_id, room_id, gen_random_uuid(), participant_number || '-' || n, n, school_id, region_id, level_id FROM seat, generate_series(2, 1000) n WHERE id = $1`,
    [seatId],
  )
  await sql(
    `INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at)
     SELECT gen_random_uuid(), s.id, a.form_id, a.instrument_id, '1', 1, 'open', a.duration_seconds, a.started_at FROM attempt a, seat s WHERE a.id = $1 AND s.sitting_id = $2 AND s.id <> a.seat_id`,
    [attemptId, sittingId],
  )
  const mine = `SELECT a.id, a.form_id FROM attempt a JOIN seat s ON s.id = a.seat_id WHERE s.sitting_id = '${sittingId}'`
  await sql(`INSERT INTO attempt_device (attempt_id, device, ack_seq, last_contact_at) SELECT id, 'phone-x-0001', 1, $1 FROM (${mine}) m`, [
    now,
  ])
  await sql(
    `INSERT INTO response (attempt_id, item_version_id, value, at, device, seq)
     SELECT m.id, f.item_version_id, '"A"', $1, 'phone-x-0001', 1 FROM (${mine}) m JOIN form_item f ON f.form_id = m.form_id`,
    [now],
  )
  await sql(
    `INSERT INTO journal_event (attempt_id, device, seq, kind, body, at, received_at) SELECT m.id, 'phone-x-0001', n, CASE WHEN n % 10 = 0 THEN 'focus' ELSE 'answer' END, '"hidden"', $1, $1 FROM (${mine}) m, generate_series(1, 60) n`,
    [now],
  )
  await asOwner('ANALYZE')
}
