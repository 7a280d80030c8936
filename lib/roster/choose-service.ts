import { uuidv7 } from 'uuidv7'
import { act, allow, audit } from '@/lib/access/service'
import type { Actor } from '@/lib/access/model'
import { enqueue } from '@/lib/platform/jobs'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { loose } from './clean-text'
import { isField } from './columns'
import * as store from './import-store'
import { Choices, Preview } from './model'

/** What the office decides about a file before it is imported: its sheets, what its columns are, which school or person is meant. */

/** Answers of this file that help the next one: not those that point at a row or a school of this file only. */
function lasting(choices: Choices, preview: Preview): store.Answer[] {
  const persons = new Set(preview.asks.filter((a) => a.kind === 'person').map((a) => a.key))
  return [
    ...Object.entries(choices.columns ?? {}).map(([key, value]) => ({ kind: 'header' as const, key, value, teacherId: null })),
    ...Object.entries(choices.answers ?? {})
      .filter(([, value]) => !/^(?:baris|baru):/.test(value))
      .map(([key, value]) => ({ kind: 'answer' as const, key, value, teacherId: persons.has(key) && value !== 'new' ? value : null })),
  ]
}

/** Only what the preview offers is taken: a sheet, a header, an answer that it does not name is none of ours. */
function offered(choices: Choices, preview: Preview): Choices {
  const sheets = choices.sheets?.filter((name) => preview.sheets.some((s) => s.name === name && !s.hidden && s.rows))
  const headers = new Set(preview.unknown.map((u) => loose(u.header)))
  const columns = Object.entries(choices.columns ?? {}).filter(([key, value]) => headers.has(key) && (value === '' || isField(value)))
  const answers = Object.entries(choices.answers ?? {}).filter(([key, value]) =>
    preview.asks.some((a) => a.key === key && a.choices.some((c) => c.value === value)),
  )
  return {
    ...(sheets?.length ? { sheets } : {}),
    ...(columns.length ? { columns: Object.fromEntries(columns) } : {}),
    ...(answers.length ? { answers: Object.fromEntries(answers) } : {}),
  }
}

/**
 * Keeps choices with a file that waits for a decision, remembers those that help the next file, and has the file read again. A call that
 * comes while it is being read again answers like the first.
 */
export async function chooseInImport(actor: Actor, id: string, asked: Choices, now: Date): Promise<Result<null>> {
  allow(actor, 'roster:import')
  const parsed = Choices.safeParse(asked)
  if (!parsed.success)
    return refuse('fields', 'Pilihan ini tidak dapat dibaca. Muat ulang halaman, lalu pilih lagi. Belum ada yang berubah.')
  return act(async (tx) => {
    const batch = await store.batch(id)
    if (!batch) return refuse('missing', 'Impor ini tidak ditemukan.')
    if (batch.state === 'reading') return ok(null)
    const kept = batch.state === 'previewed' ? await store.batchPreview(id) : null
    if (!kept)
      return refuse('state', 'Impor ini sudah diputuskan, sehingga pilihannya tidak dapat diubah lagi. Unggah berkasnya sekali lagi.')
    const preview = Preview.parse(kept)
    const choices = offered(parsed.data, preview)
    const before = Choices.parse(batch.progress?.choices ?? {})
    const merged: Choices = {
      ...before,
      ...choices,
      columns: { ...before.columns, ...choices.columns },
      answers: { ...before.answers, ...choices.answers },
    }
    const job = uuidv7()
    if (!(await store.chooseInBatch(tx, id, merged, job))) return ok(null)
    const answers = lasting(choices, preview)
    if (answers.length) await store.rememberAnswers(tx, answers, actor.userId, now)
    await audit(actor, 'roster:import', `import:${id}`, { detail: { chosen: answers.length } }, tx)
    await enqueue('roster-preview', { batchId: id }, { id: job, createdBy: actor.userId })
    return ok(null)
  })
}
