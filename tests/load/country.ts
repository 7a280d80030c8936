/**
 * A country out of the demonstration: its province copied by SQL until it has as many tested teachers as asked, spread over the 514
 * kabupaten and kota of 38 provinces. Only what a snapshot is made of is copied. Abilities move a little from copy to copy, so that no two
 * copies are the same people.
 */
import pg from 'pg'
import { planLoading } from '@/lib/platform/loading'
import { analysisThreads } from '@/scripts/compute'
import { demonstrationSteps } from '@/prisma/seed/plan'
import { runSteps } from '@/prisma/seed/steps'

const AREAS = 514
const PROVINCES = 38

/** The demonstration as far as its released scores: what comes after them no snapshot of its first series reads. */
export async function measuredProvince(every: number, say: (words: string) => void): Promise<void> {
  const threads = analysisThreads()
  const now = new Date()
  try {
    const all = demonstrationSteps({ every, now, compute: threads.compute })
    const steps = all.slice(
      0,
      all.findIndex((s) => s.name.startsWith('terbitan-')),
    )
    await planLoading(steps, every, now)
    const [failed] = await runSteps(steps, (step, words) => words && say(`${step.title}: ${words}`))
    if (failed) throw failed.error
  } finally {
    await threads.close()
  }
}

/** One row of `table` for each row and copy; what is named in `other` differs from the row that it is a copy of. */
async function copied(client: pg.Client, table: string, other: Record<string, string>, where = 'true'): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`,
    [table],
  )
  const values = rows.map(({ name }) => other[name] ?? `t."${name}"`)
  await client.query(
    `INSERT INTO "${table}" (${rows.map((r) => `"${r.name}"`).join(', ')})
     SELECT ${values.join(', ')} FROM generate_series(1, (SELECT copies - 1 FROM country)) k CROSS JOIN (SELECT * FROM "${table}" WHERE ${where}) t
       ${Object.values(other).join().includes('a.') ? `JOIN area a ON a.region_id = t.region_id AND a.k = k.k` : ''}`,
  )
}

/** Copies the province of a database that nobody else uses: `copies` times its people in the end, itself among them. */
export async function grow(ownerUrl: string, copies: number): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(
      `SET session_replication_role = replica; SET maintenance_work_mem = '256MB'; SET synchronous_commit = off; SELECT setseed(0.5)`,
    )
    if (copies > 1) {
      await client.query(`
        CREATE FUNCTION moved(id uuid, k int) RETURNS uuid LANGUAGE sql IMMUTABLE RETURN (lpad(to_hex(k), 8, '0') || substr(id::text, 9))::uuid;
        CREATE UNLOGGED TABLE country AS SELECT ${copies} AS copies;
        INSERT INTO region (id, kemendagri_code, bps_code, ministry_code, name, short_name, kind, capital, lat, lon, area_km2, population, aliases, parent_id)
          SELECT moved(r.id, 1000 + i), code, code, code, 'Kabupaten ' || code, 'Kab. ' || code, r.kind, r.capital, r.lat, r.lon, r.area_km2, r.population, '{}',
                 NULL
            FROM generate_series(1, ${AREAS} - 15) i
            JOIN LATERAL (SELECT 20 + (i - 1) * (${PROVINCES} - 1) / (${AREAS} - 15) AS p) x ON true
            JOIN LATERAL (SELECT x.p || '.' || lpad(((i - 1) % 90 + 1)::text, 2, '0') AS code) y ON true
            CROSS JOIN (SELECT * FROM region WHERE parent_id IS NOT NULL ORDER BY kemendagri_code LIMIT 1) r;
        CREATE UNLOGGED TABLE area AS
          WITH own AS (SELECT id, row_number() OVER (ORDER BY (kemendagri_code NOT LIKE '18.%'), kemendagri_code) - 1 AS at FROM region WHERE kemendagri_code LIKE '__.__')
          SELECT b.id AS region_id, k, t.id AS to_id FROM generate_series(1, ${copies} - 1) k CROSS JOIN (SELECT * FROM own WHERE at < 15) b
            JOIN own t ON t.at = (k * 15 + b.at) % ${AREAS};
        CREATE INDEX ON area (region_id, k); ANALYZE area;`)
      const key = (name: string) => `moved(t.${name}, k.k)`
      await copied(client, 'school', { id: key('id'), region_id: 'a.to_id', npsn: 'NULL' })
      await copied(client, 'teacher', { id: key('id'), school_id: key('school_id') })
      await copied(client, 'seat', {
        id: key('id'),
        teacher_id: key('teacher_id'),
        school_id: key('school_id'),
        region_id: 'a.to_id',
        participant_number: `k.k || '-' || t.participant_number`,
      })
      await copied(client, 'attempt', { id: key('id'), seat_id: key('seat_id') }, `state = 'closed'`)
      const step = '4 * (random() - 0.5)'
      const shifted = (name: string) => `least(99.5, greatest(0.5, t.${name} + ${step}))`
      await copied(client, 'ability', {
        attempt_id: key('attempt_id'),
        mastery: shifted('mastery'),
        mastery_low: `least(98, greatest(0.5, t.mastery_low + ${step}))`,
        mastery_high: `least(99.5, greatest(2, t.mastery_high + ${step}))`,
        posterior_mean: `t.posterior_mean + ${step}`,
        areas: 'NULL',
      })
      await client.query(`ALTER TABLE score DROP CONSTRAINT score_pkey; DROP INDEX score_scope_scope_code_idx`)
      await copied(
        client,
        'score',
        { attempt_id: key('attempt_id') },
        `kind = 'raw' AND superseded_at IS NULL AND (scope IN ('total', 'indicator')
           OR scope = 'domain' AND attempt_id IN (SELECT id FROM attempt WHERE competency_code = '4'))`,
      )
      await client.query(`ALTER TABLE score ADD PRIMARY KEY (attempt_id, kind, scope, scope_code, run_id)`)
    }
    await client.query('ANALYZE')
  } finally {
    await client.end()
  }
}
