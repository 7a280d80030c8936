import { NAME_HEADER, uploadPath, uploadProblem, type UploadKind } from './upload-model'

export type Sent = { ok: true; id: string } | { ok: false; message: string }

const CUT =
  'Sambungan terputus sebelum berkas selesai terkirim. Tidak ada data yang berubah dan isian Anda masih ada; periksa jaringan, lalu kirim lagi.'

function said(request: XMLHttpRequest): Sent {
  try {
    const answer = JSON.parse(request.responseText) as { id?: unknown; message?: unknown }
    if (request.status === 200 && typeof answer.id === 'string') return { ok: true, id: answer.id }
    if (typeof answer.message === 'string') return { ok: false, message: answer.message }
  } catch {
    // The gate speaks in plain words before anything else has looked.
    if (request.status >= 400 && request.getResponseHeader('content-type')?.startsWith('text/plain'))
      return { ok: false, message: request.responseText }
  }
  return { ok: false, message: CUT }
}

/** Sends a file to the door of its kind, before the form that names it by the id. `progress` hears bytes sent. */
export function sendFile(kind: UploadKind, file: File, progress: (sent: number) => void): Promise<Sent> {
  const problem = uploadProblem(kind, file.name, file.size)
  if (problem) return Promise.resolve({ ok: false, message: problem })
  return new Promise((done) => {
    const request = new XMLHttpRequest()
    request.open('POST', uploadPath(kind))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader(NAME_HEADER, encodeURIComponent(file.name.slice(-120)))
    request.upload.onprogress = (e) => progress(e.loaded)
    request.onload = () => done(said(request))
    request.onerror = request.onabort = request.ontimeout = () => done({ ok: false, message: CUT })
    request.send(file)
  })
}
