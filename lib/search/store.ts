import { sql } from '@/lib/platform/db'

/** Items, cycles and sittings by what was typed. Only read. */

/** The code is what people say of an item; its text is searched by nobody who must not see it. */
export const findItems = (q: string, limit: number) =>
  sql<{ code: string; instrument: string; title: string }>(
    `SELECT i.code, n.code AS instrument, n.title FROM item i JOIN instrument n ON n.id = i.instrument_id
      WHERE position(lower($1) in lower(i.code)) > 0 OR position(lower($1) in lower(replace(i.code, '-', ''))) > 0 ORDER BY i.code LIMIT $2`,
    [q, limit],
  )

export const findInstruments = (q: string, limit: number) =>
  sql<{ code: string; title: string }>(
    `SELECT code, title FROM instrument WHERE position(lower($1) in lower(title)) > 0 OR lower(code) = lower($1) ORDER BY title LIMIT $2`,
    [q, limit],
  )

export const findCycles = (q: string, limit: number) =>
  sql<{ id: string; name: string; startsOn: Date }>(
    `SELECT id, name, starts_on AS "startsOn" FROM cycle WHERE position(lower($1) in lower(name)) > 0 OR lower(code) = lower($1) ORDER BY starts_on DESC, id LIMIT $2`,
    [q, limit],
  )

export const findSittings = (q: string, limit: number) =>
  sql<{ id: string; name: string; venue: string; opensAt: Date }>(
    `SELECT t.id, t.name, v.name AS venue, t.opens_at AS "opensAt" FROM sitting t JOIN venue v ON v.id = t.venue_id
      WHERE position(lower($1) in lower(t.name)) > 0 OR position(lower($1) in lower(v.name)) > 0 ORDER BY t.opens_at DESC, t.id LIMIT $2`,
    [q, limit],
  )

export const findRegions = (q: string, limit: number) =>
  sql<{ id: string; code: string; name: string }>(
    `SELECT id, kemendagri_code AS code, short_name AS name FROM region WHERE position(lower($1) in lower(name)) > 0 OR position(lower($1) in lower(short_name)) > 0
      ORDER BY name LIMIT $2`,
    [q, limit],
  )
