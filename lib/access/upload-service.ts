import { textOf } from '@/lib/platform/fields'
import { refuse, type Result } from '@/lib/platform/result'
import { receive, take } from '@/lib/platform/tray'
import { UPLOAD_FIELD, type UploadKind } from '@/lib/platform/upload-model'
import type { Readable } from 'node:stream'
import type { Actor } from './model'
import { allow, may, type Action } from './permissions'

/** Who may send which kind of file: whoever may do what the file is for. */
export const uploadActions: Record<UploadKind, Action> = {
  guru: 'roster:import',
  butir: 'bank:manage',
  media: 'item:write',
  foto: 'tutor:own',
  batas: 'rules:manage',
  peserta: 'cycle:manage',
}

/** Who holds a sent file; a seat sends none. */
export const holderOf = (actor: Actor, kind: UploadKind): string | null => (may(actor, uploadActions[kind]) ? actor.userId : null)

/** Keeps a file that is being sent until the form names it; the value is the name to put there. */
export async function keepUpload(actor: Actor, kind: UploadKind, name: string, body: Readable): Promise<Result<string>> {
  allow(actor, uploadActions[kind])
  if (!actor.userId) return refuse('account', 'Berkas hanya diterima dari akun. Tidak ada yang berubah.')
  return receive(body, { kind, owner: actor.userId, name })
}

/** The file that a form names, sent by the same person just before. It can be taken once. */
export async function takeUpload(
  actor: Actor,
  kind: UploadKind,
  form: FormData,
): Promise<Result<{ name: string; bytes: Buffer<ArrayBuffer> }>> {
  allow(actor, uploadActions[kind])
  const id = textOf(form, UPLOAD_FIELD)
  if (!id) return refuse('none', 'Pilih berkasnya dahulu. Tidak ada yang berubah.')
  return take(id, kind, actor.userId ?? '')
}
