import { isDeepStrictEqual } from 'node:util'
import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { instrumentByCode } from '@/lib/instruments/inside'
import { covers } from './linear-program'
import { MOST_FORMS, shortages } from './stock'
import {
  assemblyDesk as desk,
  type AssemblyForm,
  type AssemblyRow,
  type Candidate,
  type CandidateRow,
  type Spec,
} from './blueprint-service'
import { keyOf } from '@/lib/items/category'
import { plainText } from '@/lib/items/model'
import { enqueue, underWay } from '@/lib/platform/jobs'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { itemInformation } from '@/lib/psychometrics/parameters'
import { testCharacteristic, testInformation } from '@/lib/psychometrics/information'
import * as exposure from './exposure-store'
import { releasedRun } from '@/lib/scoring/inside'

/** Forms from a blueprint: proposed by the solver in the background, changed by hand, frozen by a second person. */
export type Assemble = (
  candidates: readonly Candidate[],
  spec: Spec,
) => Promise<{ ok: true; forms: Candidate[][]; objective: number; seconds: number; proved: boolean } | { ok: false; reasons: string[] }>

/** Half a logit to both sides of the cut: where decisions are made (psychometrics.md §12). */
const AROUND = [-0.5, 0, 0.5]
/** How many answer right before anybody has: by cognitive level. */
const EASINESS: Record<string, number> = { L1: 0.75, L2: 0.55, L3: 0.4 }
/** Reading on a phone, words a second, and thinking time by level, s. */
const WORDS_A_SECOND = 2.5
const THINKING: Record<string, number> = { L1: 25, L2: 50, L3: 80 }

type Bank = { candidates: (Candidate & { row: CandidateRow })[]; points: number[]; calibrated: boolean; cut: number | null }

/** The items that may be assembled, with everything the solver weighs. Information only when every one of them is calibrated. */
async function bankOf(instrumentId: string): Promise<Bank> {
  const [rows, parameters, seen, run] = await Promise.all([
    desk.candidates(instrumentId),
    exposure.newestParameters(instrumentId),
    exposure.exposureOf(instrumentId),
    releasedRun(instrumentId),
  ])
  const cut = run?.thetaCut ?? null
  const points = AROUND.map((d) => (cut ?? 0) + d)
  const known = new Map(parameters.map((p) => [p.itemId, p]))
  const shown = new Map(seen.map((s) => [s.itemId, s.n]))
  const calibrated = rows.length > 0 && rows.every((r) => known.has(r.id))
  const candidates = rows.map((row) => {
    const p = known.get(row.id)
    const words = plainText(row.content.stem).split(/\s+/).length + JSON.stringify(row.content).split(/"v":"/).length * 3
    return {
      id: row.id,
      code: row.code,
      node: row.node,
      domain: row.domain,
      level: row.level,
      type: row.type,
      information:
        calibrated && p
          ? points.map((t) => itemInformation({ id: row.id, model: p.model, categories: p.d.length + 1, a: p.a, d: p.d, c: p.c }, t))
          : null,
      easiness: EASINESS[row.level] ?? 0.55,
      seconds: Math.round(words / WORDS_A_SECOND + (THINKING[row.level] ?? 50)),
      words,
      key: row.type === 'single' ? keyOf(row.scoring) : null,
      family: row.family,
      stimulus: row.stimulus,
      anchor: row.anchor,
      exposure: shown.get(row.id) ?? 0,
      row,
    }
  })
  return { candidates, points, calibrated, cut }
}

const Wish = z.object({
  forms: z.coerce.number().int().min(1).max(MOST_FORMS),
  anchors: z.coerce.number().int().min(0).max(60).default(0),
  most: z.coerce.number().int().min(1).max(6).default(1),
  overlap: z.coerce.number().int().min(0).max(200).default(0),
  minutes: z.coerce.number().int().min(5).max(300),
  exposure: z.coerce.number().int().min(0).optional(),
})

/** Asks for parallel forms by the newest blueprint. What plainly cannot be is said at once, row by row. */
export async function startAssembly(actor: Actor, code: string, input: unknown, now: Date): Promise<Result<string>> {
  allow(actor, 'bank:manage')
  const instrument = await instrumentByCode(code)
  const parsed = Wish.safeParse(input)
  if (!instrument || !parsed.success)
    return refuse('input', 'Isi banyaknya formulir (1–6) dan waktu formulir. Belum ada yang dirakit.', faultsOf(parsed))
  const blueprint = await desk.blueprint(instrument.id)
  if (!blueprint) return refuse('blueprint', 'Instrumen ini belum mempunyai kisi-kisi. Susun kisi-kisinya dahulu.')
  const { candidates, points } = await bankOf(instrument.id)
  const enemies = await desk.enemies(candidates.map((c) => c.id))
  const w = parsed.data
  const spec: Spec = {
    forms: w.forms,
    length: blueprint.length,
    rows: blueprint.rows,
    points,
    seconds: w.minutes * 60,
    words: null,
    anchors: w.anchors,
    most: Math.min(w.most, w.forms),
    overlap: w.overlap,
    exposure: w.exposure ?? null,
    enemies: enemies.map((e) => [e.a, e.b]),
  }
  const short = shortages(candidates, spec)
  if (short.length) return refuse('short', short.join(' '))
  return act(async (tx) => {
    await desk.holdInstrument(tx, instrument.id)
    const waiting = (await desk.all(instrument.id)).find(
      (a) => a.state === 'waiting' && a.proposedBy === actor.userId && isDeepStrictEqual(a.spec, JSON.parse(JSON.stringify(spec))),
    )
    if (waiting && (await underWay(waiting.id))) return ok(waiting.id)
    const id = await desk.add(
      { instrumentId: instrument.id, blueprintId: blueprint.id, spec, proposedBy: actor.userId, proposedName: actor.name },
      now,
    )
    await enqueue('assemble-forms', { assemblyId: id }, { id, createdBy: actor.userId })
    await audit(actor, 'bank:manage', `assembly:${id}`, { detail: w }, tx)
    return ok(id)
  })
}

/** The background job of one assembly. */
export async function performAssembly(id: string, assemble: Assemble): Promise<{ state: 'done' | 'failed'; words: string }> {
  const row = await desk.one(id)
  if (row?.state !== 'waiting') return { state: 'done', words: 'Selesai' }
  const { candidates } = await bankOf(row.instrumentId)
  const found = await assemble(
    candidates.map(({ row: _row, ...c }) => c),
    row.spec,
  )
  if (!found.ok) {
    await desk.end(id, 'failed', null, found.reasons.join(' '))
    return { state: 'failed', words: 'Formulir tidak dapat dirakit; sebabnya tercatat.' }
  }
  const version = new Map(candidates.map((c) => [c.id, c.row.versionId]))
  const forms = found.forms.map((items, i): AssemblyForm => ({
    label: String.fromCharCode(65 + i),
    items: items.map((c) => version.get(c.id)!),
  }))
  const words = `Dirakit dalam ${found.seconds.toFixed(1).replace('.', ',')} detik${found.proved ? ', dalam 1 persen dari yang terbaik' : '; waktu habis sebelum terbukti terbaik'}.`
  await desk.end(id, 'done', forms, words)
  return { state: 'done', words: 'Formulir siap diperiksa' }
}

export type FormReport = {
  label: string
  items: { versionId: string; code: string; node: string; domain: string; level: string; type: string; anchor: boolean; exposure: number }[]
  rows: { number: number; words: string; need: number; have: number }[]
  seconds: number
  letters: Record<string, number>
  /** Information and expected share of full credit along θ; null before calibration. */
  curve: { theta: number; information: number; expected: number }[] | null
}

/** An assembly with a report on each of its forms, and the items that could take another's place. */
export async function assemblyPage(actor: Actor, code: string, id: string) {
  allow(actor, 'bank:manage')
  const instrument = await instrumentByCode(code)
  const row = z.uuid().safeParse(id).success ? await desk.one(id) : null
  if (!instrument || !row || row.instrumentId !== instrument.id) return null
  const { candidates, calibrated, cut } = await bankOf(instrument.id)
  const byVersion = new Map(candidates.map((c) => [c.row.versionId, c]))
  const parameters = calibrated
    ? new Map((await exposure.newestParameters(instrument.id)).map((p) => [p.itemId, { ...p, id: p.itemId, categories: p.d.length + 1 }]))
    : null
  const reports = (row.forms ?? []).map((f): FormReport => {
    const items = f.items.flatMap((v) => byVersion.get(v) ?? [])
    const own = parameters ? items.map((c) => parameters.get(c.id)!) : null
    const thetas = Array.from({ length: 25 }, (_, i) => (cut ?? 0) - 3 + i * 0.25)
    return {
      label: f.label,
      items: items.map((c) => ({
        versionId: c.row.versionId,
        code: c.code,
        node: c.node,
        domain: c.domain,
        level: c.level,
        type: c.type,
        anchor: c.anchor,
        exposure: c.exposure,
      })),
      rows: row.spec.rows.map((r) => ({
        number: r.number,
        words: [r.node, r.domain, r.level, r.type].filter(Boolean).join(' · ') || 'semua',
        need: r.count,
        have: items.filter((c) => covers(r, c)).length,
      })),
      seconds: items.reduce((s, c) => s + c.seconds, 0),
      letters: items.reduce<Record<string, number>>((n, c) => (c.key ? { ...n, [c.key]: (n[c.key] ?? 0) + 1 } : n), {}),
      curve:
        own && own.length
          ? thetas.map((theta) => ({
              theta,
              information: testInformation(own, theta),
              expected: testCharacteristic(own, theta) / own.reduce((s, p) => s + p.categories - 1, 0),
            }))
          : null,
    }
  })
  const overlap = reports.flatMap((a, i) =>
    reports
      .slice(i + 1)
      .map((b) => ({ pair: `${a.label}–${b.label}`, n: a.items.filter((x) => b.items.some((y) => y.code === x.code)).length })),
  )
  const used = new Set((row.forms ?? []).flatMap((f) => f.items))
  const spare = candidates
    .filter((c) => !used.has(c.row.versionId))
    .map((c) => ({ versionId: c.row.versionId, code: c.code, node: c.node, domain: c.domain, level: c.level, type: c.type }))
  return {
    instrument,
    assembly: row,
    reports,
    overlap,
    spare,
    calibrated,
    cut,
    mine: row.proposedBy !== null && row.proposedBy === actor.userId,
  }
}

export async function assemblies(actor: Actor, code: string): Promise<AssemblyRow[]> {
  allow(actor, 'bank:manage')
  const instrument = await instrumentByCode(code)
  return instrument ? desk.all(instrument.id) : []
}

/** Puts one item in another's place in one form. What no longer holds afterwards is seen in the report, not forbidden here. */
export async function swapItem(
  actor: Actor,
  code: string,
  id: string,
  input: { label: string; out: string; in: string },
): Promise<Result<null>> {
  allow(actor, 'bank:manage')
  return act(async (tx) => {
    const held = z.uuid().safeParse(id).success ? await desk.hold(tx, id) : null
    const page = held && (await assemblyPage(actor, code, id))
    const form = page?.assembly.forms?.find((f) => f.label === input.label)
    if (!page || page.assembly.state !== 'done' || !form)
      return refuse('state', 'Rakitan ini tidak sedang terbuka untuk diubah. Tidak ada yang berubah.')
    // The same exchange once more by the same person finds what it left.
    if (page.mine && form.items.includes(input.in) && page.spare.some((s) => s.versionId === input.out)) return ok(null)
    if (!form.items.includes(input.out) || !page.spare.some((s) => s.versionId === input.in))
      return refuse('item', 'Pilih butir yang keluar dan butir pengganti yang belum terpakai. Tidak ada yang berubah.')
    const forms = page.assembly.forms!.map((f) =>
      f.label === input.label ? { ...f, items: f.items.map((v) => (v === input.out ? input.in : v)) } : f,
    )
    await desk.change(id, forms, { userId: actor.userId, name: actor.name })
    await audit(actor, 'bank:manage', `assembly:${id}`, { detail: input }, tx)
    return ok(null)
  })
}

/** Freezes the forms: only a person who did not propose them may, so that two have looked. */
export async function confirmAssembly(actor: Actor, code: string, id: string, now: Date): Promise<Result<number>> {
  allow(actor, 'bank:manage')
  return act(async (tx) => {
    const held = z.uuid().safeParse(id).success ? await desk.hold(tx, id) : null
    const page = held && (await assemblyPage(actor, code, id))
    if (page?.assembly.state === 'frozen' && held?.confirmedBy === actor.userId) return ok(page.assembly.forms!.length)
    if (!page || page.assembly.state !== 'done') return refuse('state', 'Rakitan ini tidak menunggu pengesahan. Tidak ada yang dibekukan.')
    if (page.mine || !actor.userId)
      return refuse('same', 'Rakitan disahkan orang kedua. Minta rekan Anda di BGTK membuka halaman ini. Tidak ada yang dibekukan.')
    const missing = page.reports.find((r, i) => r.items.length !== page.assembly.forms![i]!.items.length)
    if (missing)
      return refuse(
        'items',
        `Formulir ${missing.label} memuat butir yang kini pensiun, ditandai bocor, atau menjadi butir latihan. Ganti dahulu. Tidak ada yang dibekukan.`,
      )
    for (const r of page.reports) {
      const frozen = await desk.freeze(page.instrument.id, now, { label: r.label, items: r.items.map((i) => i.code) })
      if (!frozen.ok) return frozen
    }
    if (!(await desk.confirm(id, { userId: actor.userId, name: actor.name }, now)))
      return refuse('late', 'Rakitan ini baru saja dibekukan orang lain.')
    await audit(actor, 'bank:manage', `assembly:${id}`, { count: page.reports.length, detail: { frozen: true } }, tx)
    return ok(page.reports.length)
  })
}
