import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { db, inTransaction, sql, type Transaction } from '@/lib/platform/db'
import type { CompiledInstrument } from '@/lib/items/bank'
import type { Block, ItemContent, ItemScoring } from '@/lib/items/model'

/** Holds an instrument until the transaction ends: its codes, versions, blueprints and forms are given one after the other. */
export async function holdInstrument(tx: Transaction, instrumentId: string): Promise<void> {
  await tx.query(`SELECT 1 FROM instrument WHERE id = $1 FOR NO KEY UPDATE`, [instrumentId])
}

/** Keys sorted at every depth, so that equal data hash alike after a round trip through jsonb. */
function canonical(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(canonical)
  if (data && typeof data === 'object')
    return Object.fromEntries(
      Object.entries(data)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([k, v]) => [k, canonical(v)]),
    )
  return data
}
export const sha = (data: unknown) =>
  createHash('sha256')
    .update(typeof data === 'string' || data instanceof Uint8Array ? data : JSON.stringify(canonical(data)))
    .digest('hex')

export async function saveMedia(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<string> {
  const hash = sha(bytes)
  await sql(`INSERT INTO item_media (sha256, mime, bytes) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`, [hash, mime, Buffer.from(bytes)])
  return hash
}

export const findMedia = (sha256: string) => db().itemMedia.findUnique({ where: { sha256 } })

export const frameworkNodes = () => db().frameworkNode.findMany({ orderBy: { code: 'asc' } })
/** Nodes and domains that new items and blueprints may name, and the retired ones that an old one may keep (`named`, by code). */
export const inForce = <T extends { code: string; retiredAt: Date | null }>(lines: T[], ...named: (string | undefined)[]): T[] =>
  lines.filter((l) => !l.retiredAt || named.includes(l.code))

/** Writes an instrument; unchanged items keep their version, changed ones get the next. Returns how many versions were added. */
export async function saveInstrument(
  bank: CompiledInstrument,
  subjectId: string | null,
  now: Date,
): Promise<{ instrumentId: string; added: number }> {
  return inTransaction(async (tx) => {
    const one = async (text: string, values: unknown[]) => (await tx.query<{ id: string }>(text, values)).rows[0]!.id
    const instrumentId = await one(
      `INSERT INTO instrument (id, code, title, competency_code, subject_id, minutes, sample) VALUES ($1,$2,$3,$4,$5,$6,true)
       ON CONFLICT (code) DO UPDATE SET title = excluded.title, minutes = excluded.minutes RETURNING id`,
      [uuidv7(), bank.code, bank.title, bank.competency, subjectId, bank.minutes],
    )
    const domains = new Map<string, string>()
    for (const [sort, d] of bank.domains.entries()) {
      domains.set(
        d.code,
        await one(
          `INSERT INTO content_domain (id, instrument_id, code, title, sort) VALUES ($1,$2,$3,$4,$5)
         ON CONFLICT (instrument_id, code) DO UPDATE SET title = excluded.title, sort = excluded.sort RETURNING id`,
          [uuidv7(), instrumentId, d.code, d.title, sort],
        ),
      )
    }
    const stimuli = new Map<string, string>()
    const texts = new Map(bank.stimuli.map((s) => [s.code, sha(s.body)]))
    for (const s of bank.stimuli) {
      await tx.query(
        `INSERT INTO stimulus (id, instrument_id, code, sha256, body) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (code, sha256) DO NOTHING`,
        [uuidv7(), instrumentId, s.code, texts.get(s.code), JSON.stringify(s.body)],
      )
      stimuli.set(s.code, await one(`SELECT id FROM stimulus WHERE code = $1 AND sha256 = $2`, [s.code, texts.get(s.code)]))
    }
    const nodes = new Map(
      (await tx.query<{ id: string; code: string }>(`SELECT id, code FROM framework_node`)).rows.map((n) => [n.code, n.id]),
    )
    const latest = new Map(
      (
        await tx.query<{ code: string; version: number; sha256: string }>(
          `SELECT i.code, v.version, v.sha256 FROM item i JOIN LATERAL (SELECT version, sha256 FROM item_version WHERE item_id = i.id ORDER BY version DESC LIMIT 1) v ON true WHERE i.instrument_id = $1`,
          [instrumentId],
        )
      ).rows.map((r) => [r.code, r]),
    )
    // Items that no form of the file that counts holds yet still wait for their reviewers.
    const inForms = new Set(bank.forms.filter((f) => !f.practice).flatMap((f) => f.items))
    let added = 0
    for (const item of bank.items) {
      const body = {
        type: item.type,
        content: item.content,
        scoring: item.scoring,
        indicator: item.indicator,
        domain: item.domain,
        level: item.level,
        stimulus: item.stimulus && texts.get(item.stimulus),
        rationale: item.rationale,
      }
      const hash = sha(body)
      const before = latest.get(item.code)
      if (before?.sha256 === hash) continue
      const node = nodes.get(item.indicator)
      if (!node) throw new Error(`${item.code}: sub-indikator ${item.indicator} tidak dikenal`)
      const itemId = await one(
        `INSERT INTO item (id, instrument_id, code, state) VALUES ($1,$2,$3,$4) ON CONFLICT (code) DO UPDATE SET code = excluded.code RETURNING id`,
        [uuidv7(), instrumentId, item.code, inForms.has(item.code) ? 'operational' : 'review'],
      )
      await tx.query(
        `INSERT INTO item_version (id, item_id, version, sha256, type, content, scoring, max_score, rationale, cognitive_level, node_id, domain_id, stimulus_id, created_at)
         VALUES ($1,$2,$3,$4,$5,$6,$7,1,$8,$9,$10,$11,$12,$13)`,
        [
          uuidv7(),
          itemId,
          (before?.version ?? 0) + 1,
          hash,
          item.type,
          JSON.stringify(item.content),
          JSON.stringify(item.scoring),
          item.rationale,
          item.level,
          node,
          domains.get(item.domain),
          item.stimulus ? stimuli.get(item.stimulus) : null,
          now,
        ],
      )
      added++
    }
    return { instrumentId, added }
  })
}

/** Writes down which items ask the same in another dress; what somebody has set since stays. */
export async function rememberFamilies(instrumentId: string, families: CompiledInstrument['families']): Promise<void> {
  const pairs = families.flatMap((family) => family.map((code) => [code, [...family].sort()[0]!] as const))
  if (!pairs.length) return
  await sql(
    `UPDATE item i SET family = x.family FROM unnest($2::text[], $3::text[]) AS x(code, family)
      WHERE i.instrument_id = $1 AND i.code = x.code AND i.family IS NULL`,
    [instrumentId, pairs.map(([code]) => code), pairs.map(([, family]) => family)],
  )
}

/** Titles of an instrument's content domains by code. */
export const domainsOf = (instrumentId: string) => db().contentDomain.findMany({ where: { instrumentId }, orderBy: { sort: 'asc' } })

export type InstrumentRow = {
  id: string
  code: string
  title: string
  competencyCode: string
  subjectId: string | null
  minutes: number
  sample: boolean
  items: number
}

export const listInstruments = () =>
  sql<InstrumentRow>(
    `SELECT i.id, i.code, i.title, i.competency_code AS "competencyCode", i.subject_id AS "subjectId", i.minutes, i.sample,
            (SELECT count(*)::int FROM item WHERE instrument_id = i.id) AS items
       FROM instrument i LEFT JOIN subject s ON s.id = i.subject_id ORDER BY i.competency_code, s.sort, i.title`,
  )

export const findInstrument = (code: string) =>
  db().instrument.findUnique({ where: { code }, include: { domains: { orderBy: { sort: 'asc' } } } })

export type FormItemRow = {
  itemVersionId: string
  itemCode: string
  position: number
  type: string
  content: ItemContent
  scoring: ItemScoring
  rationale: string
  cognitiveLevel: string
  nodeCode: string
  domainCode: string
  domainTitle: string
  stimulusId: string | null
  stimulus: Block[] | null
}

/** Everything about the items of one form, keys included: for the server only. */
export const formItems = (formId: string) =>
  sql<FormItemRow>(
    `SELECT v.id AS "itemVersionId", i.code AS "itemCode", fi.position, v.type, v.content, v.scoring, v.rationale, v.cognitive_level AS "cognitiveLevel",
            n.code AS "nodeCode", d.code AS "domainCode", d.title AS "domainTitle", st.id AS "stimulusId", st.body AS stimulus
       FROM form_item fi JOIN item_version v ON v.id = fi.item_version_id JOIN item i ON i.id = v.item_id
       JOIN framework_node n ON n.id = v.node_id JOIN content_domain d ON d.id = v.domain_id LEFT JOIN stimulus st ON st.id = v.stimulus_id
      WHERE fi.form_id = $1 ORDER BY fi.position`,
    [formId],
  )

/** Everything about one item version, keys included: for the server only. */
export const itemVersion = async (id: string) =>
  (
    await sql<Omit<FormItemRow, 'position'> & { version: number; instrumentId: string }>(
      `SELECT v.id AS "itemVersionId", i.code AS "itemCode", i.instrument_id AS "instrumentId", v.version, v.type, v.content, v.scoring, v.rationale, v.cognitive_level AS "cognitiveLevel",
              n.code AS "nodeCode", d.code AS "domainCode", d.title AS "domainTitle", st.id AS "stimulusId", st.body AS stimulus
         FROM item_version v JOIN item i ON i.id = v.item_id JOIN framework_node n ON n.id = v.node_id
         JOIN content_domain d ON d.id = v.domain_id LEFT JOIN stimulus st ON st.id = v.stimulus_id WHERE v.id = $1`,
      [id],
    )
  )[0] ?? null

/** The newest version of every item of an instrument that is in one state, keys included: for the server only. */
export const itemsInState = (instrumentId: string, state: string) =>
  sql<FormItemRow>(
    `SELECT v.id AS "itemVersionId", i.code AS "itemCode", 0 AS position, v.type, v.content, v.scoring, v.rationale, v.cognitive_level AS "cognitiveLevel",
            n.code AS "nodeCode", d.code AS "domainCode", d.title AS "domainTitle", st.id AS "stimulusId", st.body AS stimulus
       FROM item i JOIN LATERAL (SELECT * FROM item_version WHERE item_id = i.id ORDER BY version DESC LIMIT 1) v ON true
       JOIN framework_node n ON n.id = v.node_id JOIN content_domain d ON d.id = v.domain_id LEFT JOIN stimulus st ON st.id = v.stimulus_id
      WHERE i.instrument_id = $1 AND i.state = $2 ORDER BY i.code`,
    [instrumentId, state],
  )
