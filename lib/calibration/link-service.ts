import { isDeepStrictEqual } from 'node:util'
import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit, policyInForce } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { enqueue, underWay } from '@/lib/platform/jobs'
import { takeTurn } from '@/lib/platform/turn-store'
import { log } from '@/lib/platform/log'
import { ok, refuse, type Result } from '@/lib/platform/result'
import * as calibrations from './store'
import { measuredForms } from './calibration-service'
import { linkCalibrations, linkedItems, type Side } from './link'
import * as store from './link-store'
import type { LinkLimit } from './link-model'
import { testedOf } from './tested-model'
import { matrixOf } from './response-matrix'

/** The calibration that people's released points rest on, by instrument; null when nothing is released. Told by the room that releases. */
export type Standing = (instrumentId: string) => Promise<{ calibrationId: string } | null>

/** The calibration whose scale stands for an instrument and that a later one could be linked to; null when there is none, or it is this one. */
export async function linkTarget(
  calibration: calibrations.CalibrationRow,
  standing: Standing,
): Promise<calibrations.CalibrationRow | null> {
  if (calibration.state !== 'done' || !calibration.converged || (await store.linkBehind(calibration.id))) return null
  const run = await standing(calibration.instrumentId)
  if (!run) return null
  // A scale that already carries a link goes back to its own base: the first wave defines the scale.
  let base = run.calibrationId
  for (let link = await store.linkBehind(base); link; link = await store.linkBehind(base)) base = link.baseCalibrationId
  const row = await calibrations.calibrationById(base)
  if (!row || row.id === calibration.id || row.cycleCodes.some((c) => calibration.cycleCodes.includes(c))) return null
  return row
}

const Request = z.object({ calibrationId: z.uuid(), excluded: z.array(z.uuid()).max(200), reason: z.string().trim().max(500) })

/** Records a link to compute; without a job, for scripts that compute at once. */
export async function prepareLink(input: unknown, createdBy: string | null, now: Date, standing: Standing): Promise<Result<string>> {
  const parsed = Request.safeParse(input)
  const row = parsed.success ? await calibrations.calibrationById(parsed.data.calibrationId) : null
  const base = row && (await linkTarget(row, standing))
  if (!parsed.success || !row || !base)
    return refuse(
      'target',
      'Kalibrasi ini tidak dapat ditautkan: belum ada skala yang dirilis dari siklus lain. Tidak ada yang berubah.',
      faultsOf(parsed),
    )
  if (parsed.data.excluded.length && parsed.data.reason.length < 10)
    return refuse('reason', 'Tuliskan alasan ahli isi mengeluarkan butir jangkar itu (sedikitnya sepuluh huruf). Tidak ada yang berubah.')
  return ok(
    await store.addLink(
      {
        instrumentId: row.instrumentId,
        baseCalibrationId: base.id,
        calibrationId: row.id,
        excluded: parsed.data.excluded,
        reason: parsed.data.reason,
        createdBy,
      },
      now,
    ),
  )
}

/** Orders a link of a calibration to the scale that stands; asked for just so while one computes, it is that one. */
export async function startLink(actor: Actor, input: unknown, now: Date, standing: Standing): Promise<Result<string>> {
  allow(actor, 'calibration:run')
  return act(async (tx) => {
    const wish = Request.safeParse(input)
    await takeTurn(tx, 'scale-link', wish.success ? wish.data.calibrationId : '')
    for (const l of wish.success ? await store.linksOf(wish.data.calibrationId) : [])
      if (l.state === 'computing' && isDeepStrictEqual([...l.excluded].sort(), [...wish.data!.excluded].sort()) && (await underWay(l.id)))
        return ok(l.id)
    const prepared = await prepareLink(input, actor.userId, now, standing)
    if (!prepared.ok) return prepared
    await enqueue('link-scale', { linkId: prepared.value }, { id: prepared.value, createdBy: actor.userId })
    await audit(actor, 'calibration:run', `scale_link:${prepared.value}`, { detail: { link: true } }, tx)
    return prepared
  })
}

async function sideOf(row: calibrations.CalibrationRow): Promise<{ side: Side; rows: calibrations.ParameterRow[] }> {
  const rows = await calibrations.parametersOf(row.id)
  const items = rows.map((p) => ({
    id: p.itemVersionId,
    model: p.model,
    a: p.a,
    d: p.d,
    c: p.c,
    codes: p.codes,
    categories: p.d.length + 1,
    // Thresholds taken as independent: their errors are what the calibration kept.
    locationError: p.se ? Math.max(1e-3, Math.sqrt(p.se.b.reduce((s, e) => s + e * e, 0)) / p.se.b.length) : 0.3,
  }))
  return { side: { items, mean: row.latentMean!, variance: row.latentVariance! }, rows }
}

/** The background job: computes the link and writes the record with the items of both cycles on one scale. */
export async function performLink(linkId: string, clock: () => Date): Promise<{ state: 'done' | 'failed'; words: string }> {
  const link = await store.linkById(linkId)
  if (link?.state === 'done') return { state: 'done', words: 'Selesai' }
  const [later, base] = link
    ? await Promise.all([calibrations.calibrationById(link.calibrationId), calibrations.calibrationById(link.baseCalibrationId)])
    : [null, null]
  if (!link || link.state !== 'computing' || !later || !base) return { state: 'failed', words: 'Tautan itu sudah berakhir.' }
  const [a, b] = await Promise.all([sideOf(later), sideOf(base)])
  const attempts = await calibrations.attemptData(later.instrumentId, later.cycleCodes)
  const { data } = matrixOf(
    attempts,
    await measuredForms(
      attempts.map((x) => x.formId),
      true,
    ),
    'calibration',
  )
  const { linkErrorUpTo } = await policyInForce()
  const found = linkCalibrations(a.side, b.side, data, later.settings, linkErrorUpTo, link.excluded)
  if (!found.ok) {
    log().warn({ link: linkId, problem: found.problem }, 'link failed')
    await store.failLink(linkId, clock())
    return { state: 'failed', words: 'Kedua siklus tidak mempunyai cukup butir jangkar yang sama. Skor yang berlaku tidak berubah.' }
  }
  const earlier = await calibrations.attemptData(base.instrumentId, base.cycleCodes)
  await store.finishLink(
    link,
    found.value,
    base,
    later,
    linkedItems(a.side, b.side, found.value),
    [...a.rows, ...b.rows],
    testedOf([...earlier, ...attempts].map((x) => x.person)),
    clock(),
  )
  return { state: 'done', words: 'Selesai' }
}

/** Limits beside the one in force that an office might choose, points. */
const LIMITS = [4, 8, 12, 16, 24]
/** A change of this many errors is seen with 80 % chance. */
const SEEN = 2.8

/** What each limit of the link's error would mean for the links that stand; empty before there is one. */
export async function linkLimits(): Promise<LinkLimit[]> {
  const [errors, { linkErrorUpTo }] = await Promise.all([store.newestLinkErrors(), policyInForce()])
  if (errors.length === 0) return []
  return [...new Set([...LIMITS, linkErrorUpTo])]
    .sort((a, b) => a - b)
    .map((points) => ({
      points,
      open: errors.filter((e) => e <= points).length,
      links: errors.length,
      seen: SEEN * points,
      inForce: points === linkErrorUpTo,
    }))
}

export { linkBehind, linksInForce, linksOf } from './link-store'
export type { LinkRow } from './link-store'
