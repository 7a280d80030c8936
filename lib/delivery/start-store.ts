import { answers } from '@/lib/platform/db'
import type { AllowanceRow } from '@/lib/sittings/model'
import { allowancesOf, type RawAllowance } from './answer-store'
import { ATTEMPT, type AttemptRow } from './store'

/** The statements of a start: one to read what many starts are judged by, one to make many attempts. */

export type Place = { seatId: string; part: string; packet: string | null }
/**
 * What lies at a place: the form, the attempt that stands, and the time that was given or stopped. `opened` is the form of the packet
 * that the phone names, when it was sealed for this sitting and is one of this seat's part; null when not, or when it names none.
 */
export type PlaceFacts = { formId: string | null; opened: string | null; attempt: AttemptRow | null; allowances: AllowanceRow[] }

type Raw = {
  place: string
  part: string
  named: string | null
  given: string | null
  opened: string | null
  raw: RawAllowance[] | null
} & Partial<AttemptRow>

const keyOf = (seatId: string, part: string, packet: string | null) => `${seatId}.${part}.${packet ?? ''}`

/** The form of a named packet: what stands or lies at the place is its own proof, any other form must have been sealed for the sitting. */
const OPENED = `SELECT p.form_id FROM packet p JOIN form o ON o.id = p.form_id JOIN instrument i ON i.id = o.instrument_id
   WHERE p.sha256 = w.named AND (p.form_id = f.form_id OR p.form_id = a."formId" OR (
     i.competency_code = w.part AND (i.subject_id IS NULL OR i.subject_id = s.subject_id)
     AND EXISTS (SELECT 1 FROM sitting_key k WHERE k.sitting_id = s.sitting_id AND k.form_id = p.form_id)))`

/** Facts of many places, in their order. */
export async function placeFacts(places: Place[]): Promise<PlaceFacts[]> {
  const { rows } = await answers().query<Raw>({
    name: 'place-facts',
    text: `SELECT w.seat AS place, w.part, w.named, f.form_id AS given, n.form_id AS opened, a.*,
       (SELECT json_agg(json_build_object('kind', l.kind, 'seconds', l.seconds, 'started', l.started_at, 'ended', l.ended_at)) FROM allowance l
         WHERE l.sitting_id = s.sitting_id AND (l.room_id IS NULL OR l.room_id = s.room_id) AND (l.seat_id IS NULL OR l.seat_id = s.id)) AS raw
     FROM unnest($1::uuid[], $2::text[], $3::text[]) AS w(seat, part, named) JOIN seat s ON s.id = w.seat
       LEFT JOIN seat_form f ON f.seat_id = w.seat AND f.competency_code = w.part
       LEFT JOIN LATERAL (SELECT ${ATTEMPT} FROM attempt WHERE seat_id = w.seat AND competency_code = w.part) a ON true
       LEFT JOIN LATERAL (${OPENED}) n ON true`,
    values: [places.map((p) => p.seatId), places.map((p) => p.part), places.map((p) => p.packet)],
  })
  const found = new Map(rows.map((r) => [keyOf(r.place, r.part, r.named), r]))
  return places.map((p) => {
    const row = found.get(keyOf(p.seatId, p.part, p.packet))
    if (!row) return { formId: null, opened: null, attempt: null, allowances: [] }
    const { given, opened, raw, place: _, part: __, named: ___, ...attempt } = row
    return { formId: given, opened, attempt: attempt.id ? (attempt as AttemptRow) : null, allowances: allowancesOf(raw) }
  })
}

export type NewAttempt = {
  id: string
  seatId: string
  formId: string
  part: string
  seed: number
  durationSeconds: number
  device: string
  userAgent: string | null
  provisional: boolean
  startedAt: Date
  now: Date
}

/**
 * Opens many attempts with their first device, in one statement and so in one commit. Tells, in their order, which this call
 * made: a start tapped twice, here or in another process, makes one attempt. Seats are held, so that none goes while its test begins;
 * where one is gone, nothing begins.
 */
export async function openAttempts(list: NewAttempt[]): Promise<boolean[]> {
  const sorted = list.toSorted((x, y) => (x.seatId < y.seatId ? -1 : x.seatId > y.seatId ? 1 : x.part < y.part ? -1 : 1))
  const { rows } = await answers().query<{ id: string }>({
    name: 'open-attempts',
    text: `WITH wanted AS (
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::int[], $7::text[], $8::text[], $9::bool[], $10::timestamptz[], $11::timestamptz[])
          AS w(id, seat, form, part, seed, seconds, device, agent, provisional, started, now)
      ), held AS MATERIALIZED (
        SELECT id FROM seat WHERE id = ANY($2::uuid[]) ORDER BY id FOR KEY SHARE
      ), made AS (
        INSERT INTO attempt (id, seat_id, form_id, instrument_id, competency_code, seed, state, duration_seconds, started_at, active_device, provisional)
        SELECT w.id, w.seat, f.id, f.instrument_id, w.part, w.seed, 'open', w.seconds, w.started, w.device, w.provisional FROM wanted w JOIN held h ON h.id = w.seat JOIN form f ON f.id = w.form
        ON CONFLICT (seat_id, competency_code) DO NOTHING RETURNING id
      )
      INSERT INTO attempt_device (attempt_id, device, ack_seq, last_contact_at, user_agent)
      SELECT w.id, w.device, 0, w.now, w.agent FROM wanted w JOIN made m ON m.id = w.id RETURNING attempt_id AS id`,
    values: [
      sorted.map((a) => a.id),
      sorted.map((a) => a.seatId),
      sorted.map((a) => a.formId),
      sorted.map((a) => a.part),
      sorted.map((a) => a.seed),
      sorted.map((a) => a.durationSeconds),
      sorted.map((a) => a.device),
      sorted.map((a) => a.userAgent),
      sorted.map((a) => a.provisional),
      sorted.map((a) => a.startedAt),
      sorted.map((a) => a.now),
    ],
  })
  const made = new Set(rows.map((r) => r.id))
  return list.map((a) => made.has(a.id))
}
