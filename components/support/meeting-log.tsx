'use client'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'
import { Button, Field, Notice, Select, TextArea } from '@/components/ui/form'
import { SentForm } from '@/components/ui/sent-form'
import type { FormState } from '@/lib/platform/form'
import {
  adoptFormer,
  adoptOwnerless,
  dropRefused,
  postMeetings,
  putAnswer,
  putLog,
  readOutbox,
  sendOutbox,
  takeBack,
  type Outbox,
} from '@/lib/tutoring/meetings.client'
import { clockOf, lineOf, minuteOf, type NotedMeeting } from './noted-meeting'
import { OwnNotes } from './own-notes'

const FULL = 'Ponsel ini menolak menyimpan catatan. Isiannya masih ada; kosongkan ruang penyimpanan lalu coba lagi.'

/**
 * Notes a meeting, takes it back and confirms those of the partner, with or without a network: everything lies on the phone until the server has it.
 * `formerly`: records that the owner's has taken up. `unconfirmed`: notes of partners that wait for this teacher's word. `own`: her notes at the server that stand.
 */
export function MeetingLog({
  owner,
  ticket,
  formerly,
  pairs,
  today,
  unconfirmed,
  own,
}: {
  owner: string
  ticket: string
  formerly: string[]
  pairs: { id: string; name: string }[]
  today: string
  unconfirmed: NotedMeeting[]
  own: NotedMeeting[]
}) {
  const router = useRouter()
  const [box, setBox] = useState<Outbox>({ ticket: null, waiting: [], answers: [], withdrawals: [], refused: [] })
  const [editing, setEditing] = useState<NotedMeeting | null>(null)
  const [words, setWords] = useState<{ tone: 'good' | 'care' | 'bad'; text: string } | null>(null)

  const send = useCallback(async () => {
    const end = await sendOutbox(localStorage, owner, postMeetings)
    setBox(readOutbox(localStorage, owner))
    if (end === 'sent') {
      setWords({ tone: 'good', text: 'Semua catatan sudah ada di server.' })
      router.refresh()
    }
    if (end === 'away') setWords({ tone: 'care', text: 'Catatan tersimpan di ponsel ini dan dikirim sendiri saat ada jaringan.' })
    if (end === 'login') setWords({ tone: 'care', text: 'Catatan tersimpan di ponsel ini. Masuklah kembali agar dapat dikirim.' })
  }, [owner, router])

  useEffect(() => {
    const now = () => void send()
    const first = setTimeout(() => {
      try {
        adoptFormer(localStorage, owner, ticket, formerly)
        adoptOwnerless(
          localStorage,
          owner,
          ticket,
          pairs.map((p) => p.id),
        )
      } catch {
        // A phone that is full sends what waits from where it lies, and has room for the rest afterwards.
      }
      now()
    }, 0)
    window.addEventListener('online', now)
    const again = setInterval(now, 60_000)
    return () => {
      clearTimeout(first)
      clearInterval(again)
      window.removeEventListener('online', now)
    }
  }, [formerly, owner, pairs, send, ticket])

  /** Writes to the outbox; false, with words, when the phone refuses. */
  const keep = (work: () => void): boolean => {
    try {
      work()
    } catch {
      setWords({ tone: 'bad', text: FULL })
      return false
    }
    setBox(readOutbox(localStorage, owner))
    void send()
    return true
  }

  const submit = (data: FormData): FormState => {
    const done = keep(() =>
      putLog(localStorage, owner, ticket, {
        id: editing?.id ?? crypto.randomUUID(),
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
  const withdraw = (m: NotedMeeting) =>
    keep(() =>
      takeBack(localStorage, owner, ticket, { id: crypto.randomUUID(), meetingId: m.id, revision: m.revision, writtenAt: Date.now() }),
    )
  const answered = new Set(box.answers.map((a) => a.meetingId))
  const asked = unconfirmed.filter((m) => !answered.has(m.id))
  const waiting = box.waiting.length + box.answers.length + box.withdrawals.length
  // What waits here is the newest that anybody has of it; what is being taken back is shown nowhere any more.
  const leaving = new Set(box.withdrawals.map((w) => w.meetingId))
  const partnerOf = (l: { id: string; pairingId: string }) =>
    own.find((m) => m.id === l.id)?.partner ?? pairs.find((p) => p.id === l.pairingId)?.name ?? 'rekan'
  const here = box.waiting.filter((l) => !leaving.has(l.id)).map((l) => ({ ...l, partner: partnerOf(l) }))
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
            <OwnNotes title="Catatan yang menunggu di ponsel ini" notes={here} open onEdit={setEditing} onWithdraw={withdraw} />
            <OwnNotes title="Ubah atau tarik catatan Anda" notes={there} onEdit={setEditing} onWithdraw={withdraw} />
          </>
        )}
        <div aria-live="polite" className="mt-3 space-y-2">
          {waiting > 0 && (
            <Notice tone="care" title={`${waiting} catatan menunggu di ponsel ini`}>
              Belum ada di server. Jangan hapus data peramban sebelum terkirim.
            </Notice>
          )}
          {words && <Notice tone={words.tone}>{words.text}</Notice>}
          {box.refused.map((r) => (
            <Notice key={r.id} tone="bad" title={`${r.title} tidak diterima`}>
              {r.message}{' '}
              <button
                type="button"
                className="min-h-8 font-semibold underline underline-offset-4"
                onClick={() => {
                  dropRefused(localStorage, owner, r.id)
                  setBox(readOutbox(localStorage, owner))
                }}
              >
                Buang catatan ini
              </button>
            </Notice>
          ))}
        </div>
      </section>
    </div>
  )
}
