'use server'
import { revalidatePath } from 'next/cache'
import { requestVisit } from '@/lib/access/inside'
import { currentActor, requireActor, onceFilled } from '@/lib/access/service'
import type { FormState } from '@/lib/platform/form'
import { ok, refuse, type Result } from '@/lib/platform/result'
import { certificateFor, lookUpCertificate, withdrawCertificate, type Looked } from './certificate-service'
import { combinedFor } from './combined-service'
import { answerOffer, answerPair, endOwnPair, giveFeedback, saveWish } from './pair-service'
import { removePhoto } from './photo-service'
import { askForTutors, liftPairOrder, orderPair, publishMatch, startMatch } from './tutor-service'
import { fieldsOf, textOf } from '@/lib/platform/fields'

const text = (data: FormData, key: string) => textOf(data, key).trim()
const all = (data: FormData) => Object.fromEntries(fieldsOf(data))
const said = (result: Result<unknown>, message: string): FormState => (result.ok ? { ok: true, message } : result)

export async function offerHelp(_before: FormState, data: FormData): Promise<FormState> {
  const result = await answerOffer(await requireActor('tutor:own'), all(data), new Date())
  revalidatePath('/tutor')
  return said(
    result,
    text(data, 'answer') === 'yes'
      ? 'Terima kasih. Anda dihubungi lewat halaman ini bila ada rekan yang cocok.'
      : 'Jawaban tersimpan. Anda dapat mengubahnya kapan saja.',
  )
}

export async function wishForTutor(_before: FormState, data: FormData): Promise<FormState> {
  const result = await saveWish(await requireActor('tutor:own'), all(data), new Date())
  revalidatePath('/tutor')
  return said(result, 'Keinginan Anda tersimpan dan dipakai pada pencocokan berikutnya.')
}

export async function answerProposal(_before: FormState, data: FormData): Promise<FormState> {
  const result = await answerPair(await requireActor('tutor:own'), text(data, 'pair'), text(data, 'answer') === 'yes', new Date())
  revalidatePath('/tutor')
  return result.ok ? { ok: true, message: result.value } : result
}

/** Issues the certificate of one's own side of a pair as it stands now; the answer is where it is downloaded. */
export async function issueCertificate(_before: IssueState, data: FormData): Promise<IssueState> {
  const pair = text(data, 'pair')
  const issued = await certificateFor(await requireActor('tutor:own'), pair, new Date())
  return issued
    ? ok(`/api/exports/surat-tutor?pasangan=${issued.pairingId}`)
    : refuse('none', 'Belum ada jam yang dikonfirmasi kedua pihak untuk pasangan ini, atau suratnya dicabut. Surat belum dibuat.')
}
export type IssueState = Result<string> | null

/** Issues the letter over all own pairs in a span as it stands now; the answer is where it is downloaded. */
export async function issueCombined(_before: IssueState, data: FormData): Promise<IssueState> {
  const issued = await combinedFor(await requireActor('tutor:own'), text(data, 'span'), new Date())
  return issued.ok ? ok(`/api/exports/surat-gabungan?rentang=${issued.value.span}`) : issued
}

/** What a code of a certificate stands for, for anybody. The code travels in the body and stays in no address. */
export async function checkCertificate(_before: CheckState, data: FormData): Promise<CheckState> {
  return lookUpCertificate(text(data, 'kode').slice(0, 60), await currentActor(), (await requestVisit()).address)
}
export type CheckState = Result<Looked> | null

export async function dropPhoto(_before: FormState, data: FormData): Promise<FormState> {
  const result = await removePhoto(await requireActor('tutor:own'), text(data, 'photo'))
  revalidatePath('/tutor')
  return said(result, 'Foto dihapus. Catatannya tetap.')
}

export async function feedBack(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('tutor:own')
  const result = await onceFilled(actor, 'giveFeedback', data, () => giveFeedback(actor, text(data, 'pair'), all(data), new Date()))
  revalidatePath('/tutor')
  return said(result, 'Umpan balik tersimpan. Rekan Anda tidak melihatnya satu per satu.')
}

export async function endPair(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('tutor:own')
  const result = await onceFilled(actor, 'endOwnPair', data, () =>
    endOwnPair(actor, text(data, 'pair'), text(data, 'handover'), new Date()),
  )
  revalidatePath('/tutor')
  return said(result, 'Pendampingan selesai. Serah terima tersimpan.')
}

export async function askTutors(_before: FormState, _data: FormData): Promise<FormState> {
  const result = await askForTutors(await requireActor('support:manage'), new Date())
  revalidatePath('/bgtk/dukungan/tutor')
  return result.ok
    ? {
        ok: true,
        message:
          result.value > 0 ? `${result.value} guru ditanya. Jawaban mereka terlihat di sini.` : 'Semua yang dapat membantu sudah ditanya.',
      }
    : result
}

export async function matchNow(_before: FormState, data: FormData): Promise<FormState> {
  const result = await startMatch(await requireActor('support:manage'), new Date(), text(data, 'lot') === 'on')
  revalidatePath('/bgtk/dukungan/tutor')
  return said(result, 'Pencocokan dimulai.')
}

export async function publish(_before: FormState, data: FormData): Promise<FormState> {
  const result = await publishMatch(await requireActor('support:manage'), text(data, 'run'))
  revalidatePath('/bgtk/dukungan/tutor')
  return said(result, 'Usulan dibagikan. Tutor dan guru ditanya lebih dahulu; nama terlihat setelah keduanya setuju.')
}

export async function orderPairing(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('support:manage')
  const result = await onceFilled(actor, 'orderPair', data, () => orderPair(actor, all(data), new Date()))
  revalidatePath('/bgtk/dukungan/tutor')
  return said(result, 'Permintaan tersimpan dan dipakai pada pencocokan berikutnya.')
}

export async function liftOrder(_before: FormState, data: FormData): Promise<FormState> {
  const result = await liftPairOrder(await requireActor('support:manage'), text(data, 'order'), new Date())
  revalidatePath('/bgtk/dukungan/tutor')
  return said(result, 'Permintaan dicabut.')
}

export async function withdraw(_before: FormState, data: FormData): Promise<FormState> {
  const actor = await requireActor('support:manage')
  const result = await onceFilled(actor, 'withdrawCertificate', data, () => withdrawCertificate(actor, all(data), new Date()))
  revalidatePath('/bgtk/dukungan/tutor')
  return said(result, 'Surat dicabut. Halaman verifikasi menyatakannya sejak sekarang.')
}
