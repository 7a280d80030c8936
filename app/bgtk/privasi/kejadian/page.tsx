import type { Metadata } from 'next'
import { PrivacyTabs } from '@/components/privacy/tabs'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, TextArea } from '@/components/ui/form'
import { Badge, Empty, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { formatCount, formatDate, formatMoment, toDateInput } from '@/lib/platform/service'
import { closeIncident, noteTold, reportIncident } from '@/lib/privacy/actions'
import { incidentNotice, remaining } from '@/lib/privacy/model'
import { incidents, type IncidentRow } from '@/lib/privacy/service'

export const metadata: Metadata = { title: 'Kejadian pelindungan data' }

const sides = [
  ['subjects', 'Orang yang terkena', (i: IncidentRow) => i.subjectsToldAt],
  ['agency', 'Lembaga pelindungan data', (i: IncidentRow) => i.agencyToldAt],
] as const

function Item({ i, now }: { i: IncidentRow; now: Date }) {
  const left = remaining(i.dueAt, now)
  return (
    <article className="rounded-xl border border-line bg-card p-4 sm:p-5" aria-label={`Kejadian ${formatDate(i.knownAt)}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="text-base">Diketahui {formatMoment(i.knownAt)}</h2>
        {i.closedAt ? (
          <Badge tone="good">Ditutup {formatDate(i.closedAt)}</Badge>
        ) : (
          <Badge tone={left.late ? 'bad' : 'care'}>{left.words}</Badge>
        )}
      </div>
      <p className="mt-2 whitespace-pre-line">{i.happened}</p>
      <ul className="mt-3 space-y-2 text-sm">
        {sides.map(([side, title, at]) => (
          <li key={side} className="flex flex-wrap items-center justify-between gap-2">
            <span>
              {title}: {at(i) ? `diberi tahu ${formatMoment(at(i)!)}` : `belum diberi tahu, paling lambat ${formatMoment(i.dueAt)}`}
            </span>
            {!at(i) && !i.closedAt && (
              <ActionForm
                action={noteTold}
                label={`${title} sudah diberi tahu`}
                ask={{
                  question: `${title} dicatat sudah diberi tahu pada saat ini juga. Catatan waktu itu tidak dapat diubah.`,
                  yes: 'Ya, sudah diberi tahu',
                }}
              >
                <input type="hidden" name="incident" value={i.id} />
                <input type="hidden" name="side" value={side} />
                <Button look="quiet">Sudah diberi tahu</Button>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
      <details className="mt-2">
        <summary className="min-h-11 content-center font-semibold text-leaf">Naskah pemberitahuan</summary>
        <pre className="whitespace-pre-wrap rounded-lg bg-paper p-3 font-sans text-sm">{incidentNotice(i, formatMoment, formatCount)}</pre>
      </details>
      {i.closing ? (
        <p className="mt-3 rounded-lg bg-leaf-pale px-3 py-2 text-sm">
          <strong>{i.closedName ?? 'Petugas'}:</strong> {i.closing}
        </p>
      ) : (
        <details className="mt-2">
          <summary className="min-h-11 content-center font-semibold text-leaf">Tutup dengan catatan</summary>
          <ActionForm action={closeIncident} label="Tutup kejadian" className="space-y-3 py-2">
            <input type="hidden" name="incident" value={i.id} />
            <TextArea
              id={`c-${i.id}`}
              label="Catatan penutup"
              name="record"
              required
              minLength={10}
              maxLength={4000}
              hint="Penyebab, akibat, dan yang diubah agar tidak terulang."
            />
            <Button>Tutup</Button>
          </ActionForm>
        </details>
      )}
    </article>
  )
}

export default async function IncidentsPage() {
  const actor = await requireActor('privacy:manage')
  const all = await incidents(actor)
  const now = new Date()
  const today = toDateInput(now)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Kejadian pelindungan data"
        lead="Kebocoran, kehilangan, atau perubahan data tanpa hak. Orang yang terkena dan lembaga diberi tahu tertulis paling lambat 3 × 24 jam (UU 27/2022 Pasal 46)."
      />
      <PrivacyTabs now="/bgtk/privasi/kejadian" />
      <details className="mb-6 rounded-xl border border-line bg-card p-4">
        <summary className="min-h-11 content-center font-semibold text-leaf">Catat kejadian</summary>
        <ActionForm action={reportIncident} label="Catat kejadian" className="space-y-3 py-2">
          <TextArea label="Apa yang terjadi" name="happened" required minLength={10} maxLength={4000} />
          <TextArea label="Data yang terkena" name="data" required minLength={10} maxLength={4000} />
          <TextArea label="Yang sudah dan akan dilakukan" name="measures" required minLength={10} maxLength={4000} />
          <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-5">
            <Field label="Diketahui tanggal" name="known-day" type="date" required max={today} defaultValue={today} />
            <Field label="Diketahui pukul (WIB)" name="known-time" type="time" required />
            <Field label="Terjadi tanggal" name="happened-day" type="date" max={today} hint="Kosongkan bila belum diketahui." />
            <Field label="Terjadi pukul (WIB)" name="happened-time" type="time" />
            <Field label="Banyaknya orang" name="affected" inputMode="numeric" hint="Kosongkan bila belum diketahui." />
          </div>
          <Button>Catat</Button>
        </ActionForm>
      </details>
      {all.length === 0 ? (
        <Empty title="Tidak ada kejadian">Yang dicatat di sini disimpan bersama waktu pemberitahuannya.</Empty>
      ) : (
        <div className="space-y-4">
          {all.map((i) => (
            <Item key={i.id} i={i} now={now} />
          ))}
        </div>
      )}
    </Shell>
  )
}
