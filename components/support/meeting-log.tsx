'use client'
import { useState } from 'react'
import { Button, Field, Notice, Select, TextArea } from '@/components/ui/form'
import { SentForm } from '@/components/ui/sent-form'
import type { FormState } from '@/lib/platform/form'
import { putAnswer, putLog, takeBack } from '@/lib/tutoring/meetings.client'
import { MOST_PHOTOS } from '@/lib/tutoring/photo-model'
import { clockOf, lineOf, minuteOf, type NotedMeeting } from './noted-meeting'
import { FULL, useOutbox, type Owner } from './outbox'
import { OwnNotes, type OwnNote } from './own-notes'
import { PhotoField, photosIn } from './photo-field'

/**
 * Notes a meeting, takes it back and confirms those of the partner, with or without a network: everything lies on the phone until the server has it.
 * `formerly`: records that the owner's has taken up. `photos`: whether she is here by an account,
 * which alone sends files. `unconfirmed`: notes of partners that wait for this teacher's word. `own`: her notes at the server that stand.
 */
export function MeetingLog({
  owner,
  ticket,
  formerly,
  pairs,
  today,
  unconfirmed,
  own,
  photos,
}: Owner & {
  today: string
  unconfirmed: NotedMeeting[]
  own: OwnNote[]
  photos: boolean
}) {
  const out = useOutbox({ owner, ticket, formerly, pairs })
  const { box, words, keep } = out
  const [editing, setEditing] = useState<NotedMeeting | null>(null)

  /** Photos come after their note, and what keeps them away keeps away nothing else. */
  const attach = async (meetingId: string, files: readonly File[]): Promise<boolean> => {
    const trouble = await out.addPhotos(meetingId, files)
    if (trouble) out.setPhotoWords({ tone: 'care', text: trouble })
    return trouble === null
  }

  const submit = (data: FormData, form: HTMLFormElement): FormState => {
    const id = editing?.id ?? crypto.randomUUID()
    const files = photosIn(form, MOST_PHOTOS)
    const done = keep(() =>
      putLog(localStorage, owner, ticket, {
        id,
        pairingId: editing?.pairingId ?? String(data.get('pair')),
        heldOn: String(data.get('on')),
        startsMinute: minuteOf(String(data.get('starts'))),
        minutes: Number(data.get('minutes')),
        topic: String(data.get('topic')).trim(),
        note: String(data.get('note')).trim(),
        writtenAt: Date.now(),
        revision: (editing?.revision ?? 0) + 1,
      }),
    )
    if (!done) return { ok: false, message: FULL }
    if (files.length > 0) void attach(id, files)
    setEditing(null)
    return null
  }

  const answer = (m: NotedMeeting, given: 'yes' | 'no') =>
    keep(() =>
      putAnswer(localStorage, owner, ticket, {
        id: crypto.randomUUID(),
        meetingId: m.id,
        revision: m.revision,
        answer: given,
        writtenAt: Date.now(),
      }),
    )
  const withdraw = (m: NotedMeeting) => {
    void out.forgetPhotos(m.id)
    keep(() =>
      takeBack(localStorage, owner, ticket, { id: crypto.randomUUID(), meetingId: m.id, revision: m.revision, writtenAt: Date.now() }),
    )
  }
  const answered = new Set(box.answers.map((a) => a.meetingId))
  const asked = unconfirmed.filter((m) => !answered.has(m.id))
  const waiting = box.waiting.length + box.answers.length + box.withdrawals.length
  // What waits here is the newest that anybody has of it; what is being taken back is shown nowhere any more.
  const leaving = new Set(box.withdrawals.map((w) => w.meetingId))
  const partnerOf = (l: { id: string; pairingId: string }) =>
    own.find((m) => m.id === l.id)?.partner ?? pairs.find((p) => p.id === l.pairingId)?.name ?? 'rekan'
  const here = box.waiting.filter((l) => !leaving.has(l.id)).map((l) => ({ ...l, partner: partnerOf(l), photos: [] }))
  const there = own.filter((m) => !leaving.has(m.id) && !here.some((l) => l.id === m.id))

  return (
    <div className="space-y-6">
      {asked.length > 0 && (
        <section aria-labelledby="konfirmasi" className="rounded-xl border border-gold bg-gold-pale p-4 sm:p-5">
          <h2 id="konfirmasi" className="mb-1">
            Benarkah pertemuan ini?
          </h2>
          <p className="mb-3 text-sm">Rekan Anda mencatatnya. Jam baru dihitung, untuk Anda berdua, setelah Anda menyatakannya benar.</p>
          <ul className="space-y-3">
            {asked.map((m) => (
              <li key={m.id} className="rounded-lg border border-line bg-card p-3">
                <p className="font-semibold">{m.partner}</p>
                <p className="mb-2 text-sm">{lineOf(m)}</p>
                <div className="flex flex-wrap gap-2">
                  <Button type="button" onClick={() => answer(m, 'yes')}>
                    Ya, benar
                  </Button>
                  <Button type="button" look="quiet" onClick={() => answer(m, 'no')}>
                    Tidak benar
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="catat" className="rounded-xl border border-line bg-card p-4 sm:p-5">
        <h2 id="catat" className="mb-3">
          {editing ? `Ubah catatan dengan ${editing.partner}` : 'Catat pertemuan'}
        </h2>
        {pairs.length > 0 || editing ? (
          <SentForm key={editing?.id ?? 'baru'} send={submit} className="grid gap-3 sm:grid-cols-2" label="Catat pertemuan">
            {editing ? (
              <p className="text-sm text-soft sm:col-span-2">
                Konfirmasi rekan gugur bila catatan diubah; rekan Anda diminta mengonfirmasi isinya yang baru.
              </p>
            ) : (
              <Select label="Dengan" name="pair">
                {pairs.map((p) => (
                  <option key={p.id} value={p.id}>
                    {p.name}
                  </option>
                ))}
              </Select>
            )}
            <Field label="Tanggal" name="on" type="date" required defaultValue={editing?.heldOn ?? today} max={today} />
            <Field
              label="Mulai pukul"
              name="starts"
              type="time"
              required
              defaultValue={editing && editing.startsMinute !== null ? clockOf(editing.startsMinute) : undefined}
            />
            <Field label="Lama (menit)" name="minutes" type="number" required min={5} max={600} defaultValue={editing?.minutes ?? 60} />
            <Field label="Yang dibahas" name="topic" required minLength={3} maxLength={160} defaultValue={editing?.topic} />
            <div className="sm:col-span-2">
              <TextArea label="Catatan (bila perlu)" name="note" maxLength={1000} defaultValue={editing?.note} />
            </div>
            {photos && !editing && pairs.length > 0 && (
              <details className="sm:col-span-2">
                <summary className="min-h-11 content-center text-sm font-semibold text-leaf">Tambah foto bukti (bila perlu)</summary>
                <PhotoField most={MOST_PHOTOS} />
              </details>
            )}
            <div className="flex flex-wrap gap-2">
              <Button>{editing ? 'Simpan perubahan' : 'Simpan catatan'}</Button>
              {editing && (
                <Button type="button" look="quiet" onClick={() => setEditing(null)}>
                  Batal
                </Button>
              )}
            </div>
          </SentForm>
        ) : (
          <p className="text-sm">Pendampingan Anda sudah selesai. Catatan baru dapat dibuat setelah ada pasangan yang berjalan.</p>
        )}
        {!editing && (
          <>
            <OwnNotes
              title="Catatan yang menunggu di ponsel ini"
              notes={here}
              open
              onEdit={setEditing}
              onWithdraw={withdraw}
              onPhotos={photos ? attach : undefined}
            />
            <OwnNotes
              title="Ubah atau tarik catatan Anda"
              notes={there}
              onEdit={setEditing}
              onWithdraw={withdraw}
              onPhotos={photos ? attach : undefined}
            />
          </>
        )}
        <div aria-live="polite" className="mt-3 space-y-2">
          {waiting > 0 && (
            <Notice tone="care" title={`${waiting} catatan menunggu di ponsel ini`}>
              Belum ada di server. Jangan hapus data peramban sebelum terkirim.
            </Notice>
          )}
          {out.photos > 0 && (
            <Notice tone="care" title={`${out.photos} foto menunggu di ponsel ini`}>
              Foto menyusul setelah catatannya ada di server. Jam dapat dikonfirmasi tanpa menunggu foto.
            </Notice>
          )}
          {words && <Notice tone={words.tone}>{words.text}</Notice>}
          {out.photoWords && <Notice tone={out.photoWords.tone}>{out.photoWords.text}</Notice>}
          {box.refused.map((r) => (
            <Notice key={r.id} tone="bad" title={`${r.title} tidak diterima`}>
              {r.message}{' '}
              <button type="button" className="min-h-11 font-semibold underline underline-offset-4" onClick={() => out.discard(r.id)}>
                Buang catatan ini
              </button>
            </Notice>
          ))}
        </div>
      </section>
    </div>
  )
}
