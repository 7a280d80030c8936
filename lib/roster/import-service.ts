import { createHash } from 'node:crypto'
import { z } from 'zod'
import { act, allow, audit, openNamed } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { inTransaction } from '@/lib/platform/db'
import { enqueue, reportProgress } from '@/lib/platform/jobs'
import { takeTurn } from '@/lib/platform/turn-store'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { fieldNames, templateHeader, type Field } from './columns'
import { planImport, rowKey, type Plan, type PlanOptions } from './import'
import { Choices, Preview, type RosterRow } from './model'
import { columnsKnown } from './header'
import { readSheetsApart } from '@/lib/platform/sheet-apart'
import * as store from './import-store'
import { cleanedWorkbook } from './template'

/** Use cases of a roster file: upload, preview, apply, undo. The command line and the screens share them. */

/** Takes a file in and has it read in the background. Returns the batch to watch; for the same file once more the one that waits. */
export async function uploadRoster(actor: Actor, fileName: string, bytes: Buffer, npsn: string | null): Promise<Result<string>> {
  allow(actor, 'roster:import')
  if (bytes.length > 20 * 1024 * 1024)
    return refuse('huge', 'Berkas ini lebih besar dari 20 MB. Pecah menjadi beberapa berkas, lalu unggah satu per satu.')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return inTransaction(async (tx) => {
    await takeTurn(tx, 'roster-upload', sha256)
    const standing = await store.openBatch({ sha256, npsn, createdBy: actor.userId })
    if (standing) return ok(standing)
    const id = await store.createBatch({ fileName: fileName.slice(0, 200), sha256, file: bytes, npsn, createdBy: actor.userId }, new Date())
    await enqueue('roster-preview', { batchId: id }, { id, createdBy: actor.userId })
    return ok(id)
  })
}

async function plan(
  fileName: string,
  bytes: Buffer,
  options: PlanOptions,
): Promise<Result<{ plan: Plan; known: Awaited<ReturnType<typeof store.loadKnown>> }>> {
  const file = await readSheetsApart(bytes, { columnsKnown })
  if (!file.ok) return file
  const known = await store.loadKnown()
  const planned = planImport(fileName, file.value, known, options)
  return planned.ok ? ok({ plan: planned.value, known }) : planned
}
const optionsOf = (batch: store.BatchRow): PlanOptions => ({
  npsn: batch.progress?.npsn ?? null,
  choices: Choices.parse(batch.progress?.choices ?? {}),
})

/** A file that nobody decides about is kept for so long; its preview goes with it. */
export const ABANDONED_HOURS = 72

/** Empties what was uploaded and never decided: for the job clock. Tells how many files went. */
export const forgetAbandoned = (now: Date): Promise<number> => store.abandonBatches(new Date(now.getTime() - ABANDONED_HOURS * 3_600_000))

/** Throws an uploaded file away instead of importing it. A repeated call changes nothing. */
export async function discardImport(actor: Actor, id: string): Promise<Result<null>> {
  allow(actor, 'roster:import')
  const batch = z.uuid().safeParse(id).success ? await store.batch(id) : null
  if (!batch) return refuse('missing', 'Impor ini tidak ditemukan.')
  if (batch.state === 'abandoned') return ok(null)
  return act(async (tx) => {
    if (!(await store.discardBatch(id)))
      return refuse('state', 'Impor ini sudah dijalankan atau sudah ditolak; berkasnya tidak disimpan lagi.')
    await audit(actor, 'roster:import', `import:${id}`, { detail: { discarded: true } }, tx)
    return ok(null)
  })
}

/** The background half of an upload: reads, plans, keeps the preview. A fault of ours does not keep the file either. */
export async function previewBatch(batchId: string): Promise<void> {
  try {
    await preview(batchId)
  } catch (error) {
    await store.refuseBatch(
      batchId,
      'Berkas ini tidak selesai diperiksa karena kesalahan sistem. Tidak ada data yang berubah; unggah sekali lagi.',
    )
    throw error
  }
}

async function preview(batchId: string): Promise<void> {
  const batch = await store.batch(batchId)
  const file = await store.batchFile(batchId)
  if (!batch || !file || batch.state !== 'reading') return
  await reportProgress(batch.progress?.job ?? batchId, 0, 0, 'Membuka berkas')
  const planned = await plan(batch.fileName, file, optionsOf(batch))
  if (!planned.ok) await store.refuseBatch(batchId, planned.message)
  else await store.savePreview(batchId, planned.value.plan.preview)
}

/** The preview of a file without keeping anything: for the command line. */
export async function checkFile(
  actor: Actor,
  fileName: string,
  bytes: Buffer,
  npsn: string | null,
  choices: Choices = {},
): Promise<Result<Preview>> {
  allow(actor, 'roster:import')
  const planned = await plan(fileName, bytes, { npsn, choices })
  if (!planned.ok) return planned
  const { preview } = planned.value.plan
  await openNamed(actor, 'import-preview', 'roster:import', 'import', preview.rows, (r) => r.teacherId)
  return ok(preview)
}

/** A batch with its preview; `purpose` tells what the people in it are told. */
export async function batchView(actor: Actor, id: string, purpose: 'import-preview' | 'import-file' = 'import-preview') {
  allow(actor, 'roster:import')
  const batch = z.uuid().safeParse(id).success ? await store.batch(id) : null
  if (!batch) return null
  const raw = ['reading', 'refused', 'abandoned'].includes(batch.state) ? null : await store.batchPreview(id)
  const preview = raw ? Preview.parse(raw) : null
  if (preview) {
    const made = await store.teachersOfBatch(id)
    await openNamed(actor, purpose, 'roster:import', `import:${id}`, [...preview.rows.map((r) => r.teacherId), ...made], (t) => t)
  }
  return { batch, preview }
}

export async function batchList(actor: Actor) {
  allow(actor, 'roster:import')
  return store.batches()
}

/**
 * Imports a previewed batch in one transaction. Its state is read and the file planned anew inside the lock, so that nothing slipped in
 * between; a repeated call answers what the first one did.
 */
export async function applyBatch(actor: Actor, id: string): Promise<Result<Preview['counts']>> {
  allow(actor, 'roster:import')
  const outcome = await store.withImportLock(async (tx) => {
    const batch = await store.batch(id)
    if (!batch) return refuse('missing', 'Impor ini tidak ditemukan.')
    if (batch.state === 'applied') return ok(Preview.parse(await store.batchPreview(id)).counts)
    const file = await store.batchFile(id)
    if (!file || batch.state === 'undone') return refuse('gone', 'Impor ini sudah dibatalkan. Unggah berkasnya sekali lagi.')
    const planned = await plan(batch.fileName, file, optionsOf(batch))
    if (!planned.ok) return planned
    const { open, sheets } = planned.value.plan.preview
    if (open === 'sheets')
      return refuse(
        'sheets',
        `Berkas ini memuat beberapa lembar berisi daftar guru: ${sheets
          .filter((s) => s.rows && !s.hidden)
          .map((s) => `${s.name} (${s.rows})`)
          .join(', ')}. Pilih dahulu lembar yang diimpor. Tidak ada data yang berubah.`,
      )
    if (open === 'columns')
      return refuse('columns', 'Judul kolom berkas ini belum dikenali. Cocokkan kolomnya dahulu. Tidak ada data yang berubah.')
    await store.applyPlan(tx, id, planned.value.plan, planned.value.known, new Date())
    await audit(
      actor,
      'roster:import',
      `import:${id}`,
      { count: planned.value.plan.preview.counts.rows, detail: planned.value.plan.preview.counts },
      tx,
    )
    return ok(planned.value.plan.preview.counts)
  })
  if (!outcome.ok && !['missing', 'gone', 'sheets', 'columns'].includes(outcome.code)) await store.refuseBatch(id, outcome.message)
  return outcome
}

/** Upload and import in one go: for the command line. */
export async function importFile(
  actor: Actor,
  fileName: string,
  bytes: Buffer,
  npsn: string | null,
  choices: Choices = {},
): Promise<Result<Preview['counts']>> {
  allow(actor, 'roster:import')
  const id = await store.createBatch(
    { fileName, sha256: createHash('sha256').update(bytes).digest('hex'), file: bytes, npsn, choices, createdBy: actor.userId },
    new Date(),
  )
  return applyBatch(actor, id)
}

/** Takes an import back as a whole; called again, it answers what was taken back. */
export async function undoImport(actor: Actor, id: string): Promise<Result<number>> {
  allow(actor, 'roster:import')
  if (!z.uuid().safeParse(id).success) return refuse('missing', 'Impor ini tidak ditemukan.')
  return act(async (tx) => {
    const outcome = await store.undoBatch(id, new Date())
    if ('blocked' in outcome) return refuse('blocked', outcome.blocked)
    if (outcome.again) return ok(outcome.undone)
    await audit(actor, 'roster:import', `import:${id}`, { count: outcome.undone, detail: { undone: true } }, tx)
    return ok(outcome.undone)
  })
}

const templateFields: Record<Field, keyof RosterRow> = {
  name: 'name',
  nuptk: 'nuptk',
  nip: 'nip',
  sex: 'sex',
  birthDate: 'birthDate',
  status: 'status',
  role: 'role',
  subject: 'subjectCode',
  npsn: 'npsn',
  school: 'schoolName',
  level: 'level',
  region: 'region',
  email: 'email',
  phone: 'phone',
}

/** The rows of a preview as cells of our template: cleaned where they were taken, as the file has them where they were not; those that were not taken come last with the reason. */
export function cleanedRows(preview: Preview): string[][] {
  const reasons = new Map<string, string>()
  for (const n of preview.notes)
    if (n.kind !== 'repaired') reasons.set(rowKey(n), [reasons.get(rowKey(n)), `${n.column}: ${n.message}`].filter(Boolean).join(' '))
  const waits = (r: Preview['rows'][number]) => Number(r.verdict === 'rejected' || r.verdict === 'asked')
  return [...preview.rows]
    .sort((a, b) => waits(a) - waits(b))
    .map((row) => [
      ...templateHeader.map((f) => row.refused[fieldNames[f]] ?? row.data[templateFields[f]] ?? ''),
      reasons.get(rowKey(row)) ?? '',
    ])
}

/** The rows of a preview as a workbook of our template, every cell text; null once the import was decided, because rows are kept only until then. */
export async function cleanedFile(actor: Actor, id: string): Promise<Buffer | null> {
  const view = await batchView(actor, id, 'import-file')
  return view?.preview && view.batch.state === 'previewed' ? cleanedWorkbook(cleanedRows(view.preview)) : null
}
