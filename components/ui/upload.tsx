'use client'
import { useActionState, useId, useState } from 'react'
import { formatNumber } from '@/lib/platform/format'
import { acceptOf, UPLOAD_FIELD, type UploadKind } from '@/lib/platform/upload-model'
import { sendFile, type Sent } from '@/lib/platform/upload.client'
import type { Door } from './action-form'
import type { Said } from './sending'
import { SentForm, type SentFormProps } from './sent-form'

export type Sending = { sent: number; total: number } | null

/** Sends one file at a time and tells how far it is. */
export function useFileSender(kind: UploadKind): { sending: Sending; send: (file: File) => Promise<Sent> } {
  const [sending, setSending] = useState<Sending>(null)
  async function send(file: File): Promise<Sent> {
    setSending({ sent: 0, total: file.size })
    const sent = await sendFile(kind, file, (bytes) => setSending({ sent: Math.min(bytes, file.size), total: file.size }))
    setSending(null)
    return sent
  }
  return { sending, send }
}

const size = (bytes: number, of: number) => (of >= 1_000_000 ? formatNumber(bytes / 1_000_000, 1) : formatNumber(bytes / 1_000, 0))

/** How far a file has come, in a bar and in words. */
export function SendingBar({ sending }: { sending: NonNullable<Sending> }) {
  const { sent, total } = sending
  const whole = sent >= total
  return (
    <div className="space-y-1">
      <progress
        className="block h-3 w-full appearance-none overflow-hidden rounded-full bg-line accent-leaf [&::-moz-progress-bar]:bg-leaf [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-leaf"
        value={sent}
        max={total}
        aria-label="Berkas yang sudah terkirim"
      />
      <p className="text-sm tabular-nums text-soft">
        {whole
          ? 'Berkas terkirim; sedang diterima …'
          : `Mengirim ${size(sent, total)} dari ${size(total, total)} ${total >= 1_000_000 ? 'MB' : 'KB'}`}
      </p>
    </div>
  )
}

/** The chooser of a file, labelled; it has no name, because the file goes by a door of its own. */
export function FileField({ kind, label, hint, required }: { kind: UploadKind; label: string; hint?: string; required?: boolean }) {
  const id = useId()
  return (
    <div data-field>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <input
        id={id}
        type="file"
        accept={acceptOf(kind)}
        required={required}
        aria-describedby={hint ? `${id}-h` : undefined}
        className="block min-h-11 w-full rounded-lg border border-line bg-card px-3 py-2 text-base text-ink"
      />
      {hint && (
        <p id={`${id}-h`} className="mt-1 text-sm text-soft">
          {hint}
        </p>
      )}
    </div>
  )
}

/** The file that is chosen in a form, if any. */
export const chosenFile = (form: HTMLFormElement): File | null =>
  form.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0] ?? null

/** A form with one file: the file is sent first, with its progress, then the form that names it. What was typed and chosen stays. */
export function UploadForm<S extends Said>({
  kind,
  action,
  ...rest
}: Omit<SentFormProps<S>, 'send' | 'action' | 'before' | 'method' | 'waiting'> & { kind: UploadKind; action: Door<S> }) {
  const { sending, send } = useFileSender(kind)
  const [before, run] = useActionState<S | null, FormData>(action, null)
  async function sendBoth(data: FormData, form: HTMLFormElement): Promise<S | null> {
    const file = chosenFile(form)
    if (file) {
      const sent = await send(file)
      // The refusal of a file is said like any other of this form.
      if (!sent.ok) return { ok: false, message: sent.message, code: 'file' } as unknown as S
      data.set(UPLOAD_FIELD, sent.id)
    }
    return action(null, data)
  }
  const waiting = sending ? <SendingBar sending={sending} /> : <p className="text-sm text-soft">Memeriksa berkas …</p>
  return <SentForm {...rest} before={before} action={run} send={sendBoth} waiting={waiting} />
}
