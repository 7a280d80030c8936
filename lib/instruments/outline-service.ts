import { faultsOf } from '@/lib/platform/faults'
import { z } from 'zod'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { overtaken } from '@/lib/platform/seen'
import { changesBetween, nextCode } from './outline'
import * as outlines from './outline-store'
import * as bank from './store'

/** The framework and the content domains as the office edits them: every change is a version, codes are never used twice. */
async function historyOf(scope: string) {
  const versions = await outlines.outlineVersions(scope)
  return versions.map((v, i) => ({
    number: v.number,
    note: v.note,
    userName: v.userName,
    at: v.at,
    changes: versions[i + 1] ? changesBetween(versions[i + 1]!.content, v.content) : [],
  }))
}
export type OutlineHistory = Awaited<ReturnType<typeof historyOf>>

export async function frameworkPage(actor: Actor) {
  allow(actor, 'bank:manage')
  const [lines, history] = await Promise.all([outlines.frameworkLines(), historyOf(outlines.FRAMEWORK)])
  return { lines, history, version: history[0]?.number ?? 0 }
}

export async function domainPage(actor: Actor, instrumentCode: string) {
  allow(actor, 'bank:manage')
  const instrument = await bank.findInstrument(instrumentCode)
  if (!instrument) return null
  const [lines, history] = await Promise.all([outlines.domainLines(instrument.id), historyOf(instrument.code)])
  return { instrument, lines, history, version: history[0]?.number ?? 0 }
}

const Change = z.object({
  what: z.enum(['retitle', 'retire', 'restore', 'add']),
  /** The line itself; for `add` in the framework the node above, for `add` of a domain the new code. */
  code: z.string().trim().min(1, 'Pilih barisnya.').max(12),
  title: z.string().trim().max(300).default(''),
  note: z.string().trim().min(5, 'Tulis dasar perubahannya, sedikitnya lima huruf.').max(500),
  seen: z.coerce.number().int().min(0),
})

const SHORT = 'Tulis judulnya, sedikitnya tiga huruf. Belum ada yang berubah.'

/** Somebody else has changed the list since the page was opened. */
async function stale(scope: string, seen: number): Promise<Result<never>> {
  const [newest] = await outlines.outlineVersions(scope)
  return overtaken(seen, { version: newest?.number ?? 0, by: newest?.userName, at: newest?.at })!
}

type Line = { code: string; title: string; retired: boolean }

/** Whether this very change is what the same person has made of the version that she saw: a call that comes twice is answered like the first. */
async function asked(scope: string, lines: readonly Line[], change: z.infer<typeof Change>, { userId }: Actor): Promise<boolean> {
  const { what, code, title, seen, note } = change
  const own = (l: Line) => l.code === code.toUpperCase() || (what === 'add' && l.code.startsWith(`${code}.`))
  const looks = (l: Line) => (what === 'add' || what === 'retitle' ? l.title === title : true) && l.retired === (what === 'retire')
  for (const l of lines) if (own(l) && looks(l) && (await outlines.saidAlready(scope, seen, l, note, userId))) return true
  return false
}

/** What a change makes of a line that stands, or words why not. */
function edited(line: Line | undefined, change: z.infer<typeof Change>): Result<Line> {
  if (!line) return refuse('code', 'Baris itu tidak ada. Belum ada yang berubah.')
  if (change.what === 'retitle') {
    if (change.title.length < 3) return refuse('title', SHORT)
    if (change.title === line.title) return refuse('same', 'Judulnya sama dengan yang lama. Belum ada yang berubah.', ['title'])
    return ok({ ...line, title: change.title })
  }
  const retired = change.what === 'retire'
  if (line.retired === retired) return refuse('state', 'Baris itu sudah dalam keadaan itu. Belum ada yang berubah.')
  return ok({ ...line, retired })
}

/** Changes one line of the competency framework. Competencies themselves stay: the law names them. */
export async function changeFramework(actor: Actor, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'bank:manage')
  const parsed = Change.safeParse(input)
  if (!parsed.success) return refuse('input', `${parsed.error.issues[0]!.message} Belum ada yang berubah.`, faultsOf(parsed))
  const change = parsed.data
  const lines = await outlines.frameworkLines()
  const at = lines.find((l) => l.code === change.code)
  if (await asked(outlines.FRAMEWORK, lines, change, actor)) return ok(null)
  let line: Line
  let parent: string | null = null
  if (change.what === 'add') {
    if (!at || at.retired || at.code.split('.').length > 2)
      return refuse('parent', 'Indikator ditambahkan di bawah kompetensi, dan sub-indikator di bawah indikator yang masih berlaku.')
    if (change.title.length < 3) return refuse('title', SHORT)
    parent = at.code
    line = {
      code: nextCode(
        at.code,
        lines.map((l) => l.code),
      ),
      title: change.title,
      retired: false,
    }
  } else {
    if (at && !at.code.includes('.')) return refuse('fixed', 'Keempat kompetensi ditetapkan peraturan dan tidak diubah di sini.')
    const made = edited(at, change)
    if (!made.ok) return made
    if (change.what === 'retire' && lines.some((l) => !l.retired && l.code.startsWith(`${change.code}.`)))
      return refuse('children', 'Pensiunkan dahulu sub-indikator di bawahnya. Belum ada yang berubah.')
    line = made.value
  }
  return act(async (tx) => {
    if (
      !(await outlines.saveOutline(
        outlines.FRAMEWORK,
        null,
        change.seen,
        { ...line, parent },
        change.note,
        { userId: actor.userId, name: actor.name },
        now,
      ))
    )
      return (await asked(outlines.FRAMEWORK, await outlines.frameworkLines(), change, actor))
        ? ok(null)
        : stale(outlines.FRAMEWORK, change.seen)
    await audit(actor, 'bank:manage', `framework:${line.code}`, { detail: { change: change.what, note: change.note } }, tx)
    return ok(null)
  })
}

/** Changes one content domain of an instrument. */
export async function changeDomains(actor: Actor, instrumentCode: string, input: unknown, now: Date): Promise<Result<null>> {
  allow(actor, 'bank:manage')
  const parsed = Change.safeParse(input)
  if (!parsed.success) return refuse('input', `${parsed.error.issues[0]!.message} Belum ada yang berubah.`, faultsOf(parsed))
  const change = parsed.data
  const instrument = await bank.findInstrument(instrumentCode)
  if (!instrument) return refuse('instrument', 'Instrumen itu tidak ada.')
  const lines = await outlines.domainLines(instrument.id)
  if (await asked(instrument.code, lines, change, actor)) return ok(null)
  let line: Line
  if (change.what === 'add') {
    const code = change.code.toUpperCase()
    if (!/^[A-Z][A-Z0-9]{0,5}$/.test(code))
      return refuse('code', 'Kode ranah satu sampai enam huruf atau angka, misalnya ALJ. Belum ada yang berubah.')
    if (lines.some((l) => l.code === code))
      return refuse('taken', `Kode ${code} sudah dipakai, juga bila ranahnya sudah pensiun. Pilih kode lain.`, ['code'])
    if (change.title.length < 3) return refuse('title', SHORT)
    line = { code, title: change.title, retired: false }
  } else {
    const made = edited(
      lines.find((l) => l.code === change.code),
      change,
    )
    if (!made.ok) return made
    if (change.what === 'retire' && lines.filter((l) => !l.retired).length === 1)
      return refuse('last', 'Instrumen memerlukan sedikitnya satu ranah. Tambahkan ranah lain dahulu.')
    line = made.value
  }
  const by = { userId: actor.userId, name: actor.name }
  return act(async (tx) => {
    await bank.holdInstrument(tx, instrument.id)
    const edit = { ...line, parent: null }
    if (!(await outlines.saveOutline(instrument.code, instrument.id, change.seen, edit, change.note, by, now)))
      return (await outlines.saidAlready(instrument.code, change.seen, edit, change.note, actor.userId))
        ? ok(null)
        : stale(instrument.code, change.seen)
    await audit(
      actor,
      'bank:manage',
      `instrument:${instrument.code}`,
      {
        detail: { domain: line.code, change: change.what, note: change.note },
      },
      tx,
    )
    return ok(null)
  })
}
