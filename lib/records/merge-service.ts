import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import * as access from '@/lib/access/personal'
import { act, allow, audit, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { hasOpenAttempt } from '@/lib/delivery/personal'
import * as documents from '@/lib/documents/personal'
import * as plans from '@/lib/plans/personal'
import { faultsOf } from '@/lib/platform/faults'
import type { Joining, JoiningRoom, Touched } from '@/lib/platform/personal'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { overtaken } from '@/lib/platform/seen'
import * as privacy from '@/lib/privacy/personal'
import { addChange, findTeachers, literallyOrLike, noRecord, reasonGiven, teacherRecord } from '@/lib/roster/inside'
import * as roster from '@/lib/roster/personal'
import type { TeacherRecord } from '@/lib/roster/record-model'
import * as sittings from '@/lib/sittings/personal'
import * as tutoring from '@/lib/tutoring/personal'
import { wholeRecord, type WholeRecord } from './whole'

/** Two records of one person become one: shown side by side first, and done in one transaction, or refused with what speaks against it. */

/**
 * Rooms in the order in which they are held and hand over: privacy first, as an erasure holds its request first; the roster holds imports out.
 * The roster hands over last, because the record that is taken up goes with it.
 */
const rooms: JoiningRoom[] = [
  privacy.joining,
  roster.joining,
  sittings.joining,
  plans.joining,
  tutoring.joining,
  access.joining,
  documents.joining,
]

async function obstacles(pair: Pick<Joining, 'keep' | 'drop' | 'now'>): Promise<string[]> {
  const [open, ...found] = await Promise.all([
    Promise.all([hasOpenAttempt(pair.keep), hasOpenAttempt(pair.drop)]),
    ...rooms.map((r) => r.obstacles?.(pair) ?? []),
  ])
  return [...(open.includes(true) ? ['Salah satunya sedang mengerjakan tes. Tunggu sampai tesnya ditutup.'] : []), ...found.flat()]
}

export type MergeView = { keep: WholeRecord; drop: WholeRecord; obstacles: string[] }
const isId = (id: string) => z.uuid().safeParse(id).success

/** Both records as they stand and what speaks against joining them; null where one of them is none. */
export async function mergeView(actor: Actor, keepId: string, dropId: string, now: Date): Promise<MergeView | null> {
  allow(actor, 'roster:correct')
  if (!isId(keepId) || !isId(dropId) || keepId === dropId) return null
  const [keep, drop] = await Promise.all([wholeRecord(keepId, now), wholeRecord(dropId, now)])
  if (!keep || !drop) return null
  await openNamed(actor, 'record-merge', 'roster:correct', `teacher:${keepId}`, [keepId, dropId], (id) => id)
  return { keep, drop, obstacles: await obstacles({ keep: keepId, drop: dropId, now }) }
}

const MOST_CANDIDATES = 8
export type Candidate = { id: string; name: string; schoolName: string }

/** Records that may be the same person's: spelled like `q`, or bearing it as a number; by itself those spelled like her own name. */
export async function mergeCandidates(actor: Actor, id: string, q: string): Promise<{ teacher: TeacherRecord; found: Candidate[] } | null> {
  const scope = allow(actor, 'roster:correct')
  const teacher = isId(id) ? await teacherRecord(id) : null
  if (!teacher || teacher.erased) return null
  const asked = q.trim().slice(0, 100)
  const found = asked
    ? await literallyOrLike((wide) => findTeachers(asked, scope, MOST_CANDIDATES + 1, wide))
    : await findTeachers(teacher.name, scope, MOST_CANDIDATES + 1, true)
  const others = found.filter((t) => t.id !== id).slice(0, MOST_CANDIDATES)
  return { teacher, found: await openNamed(actor, 'record-merge', 'roster:correct', `teacher:${id}`, others, (t) => t.id) }
}

const Merge = z.object({ keep: z.uuid(), drop: z.uuid(), reason: reasonGiven, seen: z.number().int(), seenOther: z.number().int() })

/**
 * Makes two records one. Everything is held before it is looked at. Repeated, it answers what it answered first. Nothing that was finished is
 * rewritten: seats, attempts, scores, plans and pairs keep what they say and get the key of the record that stays.
 */
export async function mergeTeachers(actor: Actor, input: unknown, now: Date): Promise<Result<{ moved: Touched }>> {
  allow(actor, 'roster:correct')
  const parsed = Merge.safeParse(input)
  if (!parsed.success)
    return refuse('input', `${parsed.error.issues[0]?.message ?? 'Isian belum lengkap.'} Data tidak berubah.`, faultsOf(parsed))
  const { keep, drop, reason, seen, seenOther } = parsed.data
  if (keep === drop) return refuse('same', 'Pilih catatan yang lain; ini catatan yang sama. Data tidak berubah.')
  return act(async (tx) => {
    for (const room of rooms) await room.hold?.(tx, [keep, drop])
    const first = await roster.joining.joined(keep, drop)
    if (first) return ok(first)
    const [staying, going] = [await teacherRecord(keep), await teacherRecord(drop)]
    if (!staying || !going || staying.erased || going.erased) return noRecord()
    const late = overtaken(seen, { version: staying.version }) ?? overtaken(seenOther, { version: going.version })
    if (late) return late
    const against = await obstacles({ keep, drop, now })
    if (against.length) return refuse('obstacle', `${against.join(' ')} Data tidak berubah.`)
    const moved: Touched = {}
    for (const room of [...rooms.filter((r) => r !== roster.joining), roster.joining])
      for (const [table, n] of Object.entries(await room.handOver(tx, { keep, drop, nobody: randomUUID(), now })))
        if (n) moved[table] = (moved[table] ?? 0) + n
    await addChange(tx, { teacherId: keep, kind: 'merge', before: going, after: { moved }, reason, otherId: drop, by: actor.userId }, now)
    await audit(actor, 'roster:merged', `teacher:${keep}`, { count: 2, detail: { other: drop, moved } }, tx)
    return ok({ moved })
  })
}
