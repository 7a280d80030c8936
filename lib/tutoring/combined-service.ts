import { allow } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { inTransaction } from '@/lib/platform/db'
import { groupBy } from '@/lib/platform/group'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { standingKey } from '@/lib/roster/inside'
import { areaTitles } from '@/lib/plans/own-readings'
import { newCode } from './certificate-code'
import * as certificates from './certificate-store'
import { hoursOf } from './meeting-service'
import { spanOf, within, type Span } from './span-model'
import * as store from './store'

/** One letter for all pairs of a person and both sides, in a span. Its hours are those of the single letters, so no minute is in it twice. */

const none = refuse('none', 'Belum ada jam yang dikonfirmasi kedua pihak pada rentang waktu ini. Surat belum dibuat.')
const barred = refuse('barred', 'Surat gabungan Anda dicabut BGTK. Bila menurut Anda keliru, hubungi BGTK.')

/** What each pair contributes in a span, oldest first. A pair whose own letter was withdrawn for good contributes nothing. */
function linesOf(
  me: string,
  span: Span,
  pairs: readonly store.PairRow[],
  hours: Awaited<ReturnType<typeof hoursOf>>,
  titleOf: (code: string) => string,
): certificates.CertificateLine[] {
  const own = hours.get(me)
  const counting = own?.meetings.filter((m) => within(span, m.heldOn) && own.counted.get(m.id)! > 0) ?? []
  const byPair = groupBy(counting, (m) => m.pairingId)
  const lines = pairs.flatMap((p) => {
    const held = byPair.get(p.id)
    if (!held) return []
    const days = held.map((m) => m.heldOn).sort()
    return {
      pairingId: p.id,
      side: p.tutorId === me ? ('tutor' as const) : ('learner' as const),
      areas: p.goals.map(titleOf).join('; '),
      meetings: held.length,
      minutes: held.reduce((sum, m) => sum + own!.counted.get(m.id)!, 0),
      fromOn: days[0]!,
      toOn: days.at(-1)!,
    }
  })
  return lines.sort((a, b) => (a.fromOn + a.pairingId < b.fromOn + b.pairingId ? -1 : 1))
}

/** Two tables of the same figures, whatever order a database gives their fields. */
const figures = (lines: readonly certificates.CertificateLine[]) =>
  JSON.stringify(lines.map((l) => [l.pairingId, l.side, l.meetings, l.minutes, l.fromOn, l.toOn]))

/** The letter over all own pairs as it stands now; asked for again when nothing has changed, it is the same one. */
export async function combinedFor(actor: Actor, spanCode: string, now: Date): Promise<Result<certificates.CertificateRow>> {
  allow(actor, 'tutor:own')
  const [span, asked] = [spanOf(spanCode), actor.teacherId]
  if (!span || !asked) return none
  const titleOf = await areaTitles()
  return inTransaction(async (tx): Promise<Result<certificates.CertificateRow>> => {
    const me = await standingKey(tx, asked)
    const issued = await certificates.lockCombined(tx, me)
    if (issued.some((c) => c.withdrawnAt && !c.reissue)) return barred
    const [pairs, hours, closed] = await Promise.all([store.pairsOfTeacher(me), hoursOf([me]), certificates.barredPairs(me)])
    const open = pairs.filter((p) => !closed.has(p.id))
    const lines = linesOf(me, span, open, hours, titleOf)
    const newestPair = open.find((p) => p.id === lines.at(-1)?.pairingId)
    if (!newestPair) return none
    const newest = issued.find((c) => !c.withdrawnAt && c.span === span.code)
    if (newest?.lines && figures(newest.lines) === figures(lines)) return ok(newest)
    const tutor = newestPair.tutorId === me
    const sides = new Set(lines.map((l) => l.side))
    const combined = {
      code: newCode(),
      pairingId: null,
      teacherId: me,
      side: sides.size === 1 ? lines[0]!.side : ('both' as const),
      name: tutor ? newestPair.tutorName : newestPair.learnerName,
      school: tutor ? newestPair.tutorSchool : newestPair.learnerSchool,
      areas: [...new Set(lines.map((l) => l.areas))].join('; '),
      meetings: lines.reduce((sum, l) => sum + l.meetings, 0),
      minutes: lines.reduce((sum, l) => sum + l.minutes, 0),
      fromOn: lines.map((l) => l.fromOn).sort()[0]!,
      toOn: lines
        .map((l) => l.toOn)
        .sort()
        .at(-1)!,
      span: span.code,
      lines,
    }
    return ok(await certificates.addCertificate(tx, combined, now))
  })
}

/** The newest letter over all own pairs in a span that holds; reads only. Null without one. */
export async function ownCombined(actor: Actor, spanCode: string): Promise<certificates.CertificateRow | null> {
  allow(actor, 'tutor:own')
  const span = spanOf(spanCode)
  return span && actor.teacherId ? certificates.newestCombined(actor.teacherId, span.code) : null
}
