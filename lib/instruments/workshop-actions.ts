'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { orForbidden, requireActor, takeUpload, onceFilled } from '@/lib/access/service'
import * as service from './service'
import { fieldsOf, textOf, textsOf } from '@/lib/platform/fields'
import { holdableTree } from '@/lib/platform/holdable'
import { SEEN, type FormState } from '@/lib/platform/form'

/** Doors of the workshop's forms. `base` is where the office or the expert came from. */
const text = (data: FormData, key: string) => textOf(data, key).trim()
/** The version that lay before the person; none where the form does not say. */
const seenIn = (data: FormData): number | undefined => Number(text(data, SEEN)) || undefined
const said = (result: { ok: true } | { ok: false; message: string }, message: string): FormState =>
  result.ok ? { ok: true, message } : result
const bases: Record<string, string> = { pakar: '/pakar/butir', bgtk: '/bgtk/instrumen' }
const itemPath = (base: string, instrument: string, code: string) =>
  base === 'pakar' ? `${bases.pakar}/${code}` : `${bases.bgtk}/${instrument}/butir/${code}`

export async function writeItem(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('item:write')
  const instrument = text(data, 'instrument')
  const result = await onceFilled(actor, 'saveItem', data, () =>
    orForbidden(
      service.saveItem(
        actor,
        instrument,
        {
          code: text(data, 'code') || undefined,
          type: text(data, 'type'),
          indicator: text(data, 'indicator'),
          domain: text(data, 'domain'),
          level: text(data, 'level'),
          stem: text(data, 'stem').replace(/\r\n/g, '\n'),
          lines: text(data, 'lines').replace(/\r\n/g, '\n'),
          rationale: text(data, 'rationale').replace(/\r\n/g, '\n'),
          seen: text(data, SEEN) || undefined,
        },
        new Date(),
      ),
    ),
  )
  if (!result.ok) return result
  revalidatePath(`/bgtk/instrumen/${instrument}`)
  redirect(itemPath(text(data, 'base'), instrument, result.value.code))
}

/** What the editor shows is asked by script, so its words are checked as those of a stranger. */
const words = z.string().max(20_000)
const Sight = z.object({ instrument: words, input: z.object({ code: words, type: words, stem: words, lines: words }) })

export async function seeItem(
  instrument: string,
  input: { code: string; type: string; stem: string; lines: string },
): Promise<service.Preview> {
  const actor = await requireActor('item:write')
  const seen = Sight.safeParse(holdableTree({ instrument, input }))
  if (!seen.success) return { ok: false, message: 'Soal ini terlalu panjang untuk dipratinjau. Pendekkan dahulu; tidak ada yang hilang.' }
  return orForbidden(service.previewItem(actor, seen.data.instrument, seen.data.input))
}

export async function uploadMedia(
  data: FormData,
): Promise<{ ok: true; name: string; kilobytes: number; sound: boolean } | { ok: false; message: string }> {
  const actor = await requireActor('item:write')
  const file = await takeUpload(actor, 'media', data)
  if (!file.ok) return file
  const result = await service.keepMedia(actor, file.value.bytes)
  return result.ok ? { ok: true, ...result.value } : result
}

export async function moveOn(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('item:write')
  const code = text(data, 'code')
  const result = await onceFilled(actor, 'moveItem', data, () =>
    orForbidden(service.moveItem(actor, code, text(data, 'to'), text(data, 'reason'), new Date(), seenIn(data))),
  )
  revalidatePath('/', 'layout')
  return said(result, 'Butir sudah dipindahkan.')
}

export async function review(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('item:review')
  const words = { verdict: text(data, 'verdict'), comment: text(data, 'comment'), seen: text(data, SEEN) || undefined }
  const result = await onceFilled(actor, 'reviewItem', data, () =>
    orForbidden(service.reviewItem(actor, text(data, 'code'), words, new Date())),
  )
  revalidatePath(`/pakar/butir/${text(data, 'code')}`)
  return said(result, 'Telaah Anda tersimpan. Terima kasih.')
}

/** Asks an expert to judge (`rate`: extended responses, `validate`: relevance of items) for a whole instrument. */
export async function askExpert(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('bank:manage')
  const instrument = text(data, 'instrument')
  const result = await onceFilled(actor, 'giveTask', data, () =>
    service.giveTask(actor, instrument, { userId: text(data, 'userId'), kind: text(data, 'kind') }, new Date()),
  )
  revalidatePath(`/bgtk/instrumen/${instrument}`, 'layout')
  return said(result, 'Pakar sudah ditambahkan.')
}

export async function endAsk(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('bank:manage')
  const result = await service.endTask(actor, text(data, 'task'), new Date())
  revalidatePath(`/bgtk/instrumen/${text(data, 'instrument')}`, 'layout')
  return said(result, 'Tugasnya diakhiri; penilaian yang sudah diberikan tetap berlaku.')
}

export async function changeFramework(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('bank:manage')
  const result = await onceFilled(actor, 'changeFramework', data, () =>
    service.changeFramework(actor, Object.fromEntries(fieldsOf(data)), new Date()),
  )
  if (!result.ok) return result
  redirect('/bgtk/instrumen/kerangka?tersimpan=1')
}

export async function changeDomains(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('bank:manage')
  const instrument = text(data, 'instrument')
  const result = await onceFilled(actor, 'changeDomains', data, () =>
    service.changeDomains(actor, instrument, Object.fromEntries(fieldsOf(data)), new Date()),
  )
  if (!result.ok) return result
  redirect(`/bgtk/instrumen/${instrument}/ranah?tersimpan=1`)
}

export async function assignTask(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('bank:manage')
  const instrument = text(data, 'instrument')
  const result = await onceFilled(actor, 'giveTask', data, () =>
    service.giveTask(actor, instrument, Object.fromEntries(fieldsOf(data)), new Date()),
  )
  revalidatePath('/', 'layout')
  return said(result, 'Tugas sudah diberikan; tampil di beranda pakar itu.')
}

export async function mark(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('bank:manage')
  const input = data.has('enemy')
    ? { enemy: text(data, 'enemy') }
    : data.has('peace')
      ? { peace: text(data, 'peace') }
      : { family: text(data, 'family'), anchor: data.get('anchor') === 'on', seen: seenIn(data) }
  const result = await service.markItem(actor, text(data, 'code'), input, new Date())
  revalidatePath('/', 'layout')
  return said(result, 'Tersimpan.')
}

export type ImportState =
  | { ok: false; message: string }
  | { ok: true; message: string; format: string; rows: service.ImportRow[]; preview: service.ImportPreview | null }
  | null

export async function importFile(_before: ImportState, data: FormData): Promise<ImportState> {
  const actor = await requireActor('bank:manage')
  const instrument = text(data, 'instrument')
  const file = await takeUpload(actor, 'butir', data)
  if (!file.ok) return file
  const { bytes } = file.value
  if (data.get('then') !== 'import') {
    const seen = await service.previewItems(actor, bytes)
    if (!seen.ok) return seen
    return { ok: true, message: 'Belum ada yang disimpan. Inilah yang akan terjadi bila diimpor.', ...seen.value }
  }
  const result = await service.importItems(
    actor,
    instrument,
    bytes,
    { nodeCode: text(data, 'indicator'), domainCode: text(data, 'domain'), level: text(data, 'level') },
    new Date(),
    new Set(textsOf(data, 'accept')),
  )
  if (!result.ok) return result
  revalidatePath(`/bgtk/instrumen/${instrument}`)
  const { saved, same, refused, waiting, format, rows } = result.value
  const wait = waiting ? `, ${waiting} menunggu kehilangannya diterima` : ''
  const message = `${saved} butir disimpan sebagai draf, ${same} sama dengan yang ada, ${refused} ditolak${wait}.`
  return { ok: true, message, format, rows, preview: null }
}
