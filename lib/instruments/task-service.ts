import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { findInstrument } from './store'
import * as store from './workshop-store'

/** What the office asks of experts: to write items, to review one, to judge relevance, to rate responses. */

/** Kinds of work that an expert has for a whole instrument, until the office ends it. */
const standing = (kind: string) => kind === 'rate' || kind === 'validate'

/** What the actor was asked to write and to review. */
export async function myTasks(actor: Actor) {
  allow(actor, 'item:write')
  return actor.userId
    ? { tasks: await store.tasksOf(actor.userId), written: await store.itemsBy(actor.userId) }
    : { tasks: [], written: [] }
}

const Task = z.object({
  userId: z.uuid('Pilih orangnya.'),
  kind: z.enum(['write', 'review', 'rate', 'validate']),
  itemCode: z.string().optional(),
  nodeCode: z.string().optional(),
  domainCode: z.string().optional(),
  level: z.string().optional(),
  type: z.string().optional(),
  count: z.coerce.number().int().min(1).max(50).default(1),
  note: z.string().trim().max(500).default(''),
})

/** Asks an expert to write items, or to review one. */
export async function giveTask(actor: Actor, instrumentCode: string, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'bank:manage')
  const parsed = Task.safeParse(input)
  if (!parsed.success) return refuse('input', `${parsed.error.issues[0]!.message} Tugas belum dibuat.`, faultsOf(parsed))
  const t = parsed.data
  const instrument = await findInstrument(instrumentCode)
  const item = t.itemCode ? await store.itemByCode(t.itemCode) : null
  if (!instrument || (t.kind === 'review' && item?.instrumentId !== instrument.id))
    return refuse('item', 'Butir itu tidak ada. Tugas belum dibuat.')
  if (!(await store.experts()).some((e) => e.id === t.userId))
    return refuse('person', 'Orang itu bukan pakar yang aktif. Tugas belum dibuat.', ['userId'])
  if (item && item.writerId === t.userId)
    return refuse('own', 'Penulis butir tidak menelaah butirnya sendiri. Pilih orang lain.', ['userId'])
  const task = {
    kind: t.kind,
    instrumentId: instrument.id,
    itemId: item?.id ?? null,
    userId: t.userId,
    nodeCode: t.nodeCode || null,
    domainCode: t.domainCode || null,
    level: t.level || null,
    type: t.type || null,
    count: t.count,
    note: t.note,
  }
  return act(async (tx) => {
    await takeTurn(tx, 'item-task', t.userId)
    const open = (await store.tasksOf(t.userId)).filter((x) => !x.doneAt && x.kind === t.kind && x.instrumentId === instrument.id)
    if (standing(t.kind) && open.length) return refuse('twice', 'Orang itu sudah menjadi penilai instrumen ini.', ['userId'])
    // The very same task, still open and with nothing done for it, is the one that was just given.
    if (open.some((x) => x.written === 0 && (Object.keys(task) as (keyof typeof task)[]).every((key) => x[key] === task[key])))
      return ok(null)
    await store.addTask(task, { userId: actor.userId, name: actor.name }, now)
    await audit(actor, 'bank:manage', `instrument:${instrumentCode}`, { detail: { task: t } }, tx)
    return ok(null)
  })
}

/** Ends an expert's standing work for an instrument; what was judged stays. */
export async function endTask(actor: Actor, taskId: string, now: Date): Promise<Result<null>> {
  allow(actor, 'bank:manage')
  const task = z.uuid().safeParse(taskId).success ? await store.taskById(taskId) : null
  if (!task || !standing(task.kind)) return refuse('task', 'Tugas itu tidak ada. Tidak ada yang berubah.')
  return act(async (tx) => {
    await takeTurn(tx, 'item-task', task.userId)
    if ((await store.taskById(taskId))!.doneAt) return ok(null)
    await store.finishTask(taskId, now)
    await audit(actor, 'bank:manage', `item_task:${taskId}`, { detail: { ended: task.kind } }, tx)
    return ok(null)
  })
}
