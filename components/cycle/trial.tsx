import { Link } from '@/components/ui/link'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, Select, buttonClass } from '@/components/ui/form'
import { Card, Empty, Figure } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import type { TrialReport } from '@/lib/delivery/trial-model'
import { formatClock, formatCount, formatDay, formatMoment, formatNumber, formatTime } from '@/lib/platform/format'
import { competencyNames, incidentKinds } from '@/lib/sittings/model'
import type { Trial } from '@/lib/sittings/service'
import { beginTrial } from '@/lib/sittings/trial-actions'
import { trialLimits } from '@/lib/sittings/trial-model'

const minutes = (value: number | null) => (value === null ? '–' : formatNumber(value, 0))

/** The form of a new internal trial. */
export function NewTrial({ cycleId, venues }: { cycleId: string; venues: { id: string; name: string }[] }) {
  return (
    <Card title="Uji coba baru" className="mb-6">
      <p className="mb-3 max-w-prose text-sm">
        Orang dalam mengerjakan formulir siklus ini dengan kartu dan ponsel sendiri, sebelum peserta. Mata pelajarannya bergiliran menurut
        peserta siklus. Jawabannya tidak dihitung di mana pun, dan hasilnya tidak ditunjukkan kepada siapa pun karena soalnya masih akan
        dipakai; yang ikut perlu menjaga kerahasiaannya.
      </p>
      <ActionForm action={beginTrial} label="Uji coba baru" className="grid gap-4 sm:grid-cols-3">
        <input type="hidden" name="cycleId" value={cycleId} />
        <Select label="Tempat" name="venueId" required>
          <option value="">Pilih tempat</option>
          {venues.map((v) => (
            <option key={v.id} value={v.id}>
              {v.name}
            </option>
          ))}
        </Select>
        <Field
          label="Banyaknya orang"
          name="people"
          type="number"
          min={trialLimits.least}
          max={trialLimits.most}
          defaultValue={trialLimits.shipped}
          required
        />
        <Field label="Tanggal" name="day" type="date" required />
        <Field label="Buka (WIB)" name="opens" type="time" defaultValue="08:00" required />
        <Field label="Tutup (WIB)" name="closes" type="time" defaultValue="16:00" required />
        <Button className="self-end justify-self-start">Buat uji coba</Button>
      </ActionForm>
    </Card>
  )
}

function Times({ parts }: { parts: TrialReport['parts'] }) {
  return (
    <Card title="Waktu" className="mb-6">
      <Table
        caption="Waktu setiap bagian"
        rows={parts}
        rowKey={(p) => p.part}
        columns={[
          { key: 'p', head: 'Bagian', lead: true, cell: (p) => competencyNames[p.part] },
          { key: 'b', head: 'Mulai', numeric: true, cell: (p) => formatCount(p.begun) },
          { key: 'f', head: 'Selesai', numeric: true, cell: (p) => formatCount(p.finished) },
          { key: 'o', head: 'Kehabisan waktu', numeric: true, cell: (p) => formatCount(p.ranOut) },
          { key: 'm', head: 'Menit, tengah', numeric: true, cell: (p) => minutes(p.median) },
          { key: 'x', head: 'Menit, paling lama', numeric: true, cell: (p) => minutes(p.most) },
          { key: 'l', head: 'Batas menit', numeric: true, cell: (p) => formatCount(p.minutes) },
        ]}
      />
    </Card>
  )
}

function Items({ items }: { items: TrialReport['items'] }) {
  if (!items.length) return null
  return (
    <Card title={`Butir (${formatCount(items.length)})`} className="mb-6">
      <details>
        <summary className="min-h-11 py-2 font-semibold text-leaf">Butir demi butir</summary>
        <Table
          caption="Butir demi butir"
          rows={items}
          rowKey={(i) => i.code}
          columns={[
            { key: 'c', head: 'Butir', lead: true, cell: (i) => <span className="whitespace-nowrap">{i.code}</span> },
            { key: 'n', head: 'Instrumen', cell: (i) => i.instrument },
            { key: 's', head: 'Disajikan', numeric: true, cell: (i) => formatCount(i.shown) },
            { key: 'a', head: 'Dijawab', numeric: true, cell: (i) => formatCount(i.answered) },
            { key: 't', head: 'Detik, tengah', numeric: true, cell: (i) => minutes(i.seconds) },
          ]}
        />
      </details>
    </Card>
  )
}

/** What an internal trial found: people, phones, items, times, and what to mend. */
export function TrialFound({ trial, report, now }: { trial: Trial; report: TrialReport; now: Date }) {
  const begun = Math.max(...report.parts.map((p) => p.begun), 0)
  const ready = report.phones.reduce((n, p) => n + p.ready, 0)
  const phones = report.phones.reduce((n, p) => n + p.many, 0)
  return (
    <>
      <Card title={`Uji coba ${formatDay(trial.opensAt)}, ${formatClock(trial.opensAt)}–${formatTime(trial.closesAt)}`} className="mb-6">
        <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
          <Figure label="Orang" value={formatCount(report.people)} note="tanpa nama, dengan kartu bernomor" />
          <Figure label="Sudah mulai" value={formatCount(begun)} />
          <Figure label="Ponsel diperiksa" value={formatCount(phones)} note={`${formatCount(ready)} menyatakan siap`} />
          <Figure label="Kejadian tercatat" value={formatCount(report.incidents.length)} />
        </div>
        <h3 className="mb-1 font-semibold">Yang perlu dibenahi</h3>
        {begun === 0 ? (
          <Empty title="Belum ada yang mencoba">Cetak kartunya dan siapkan paket soal di halaman sesi uji coba.</Empty>
        ) : report.mend.length === 0 ? (
          <Notice tone="good">
            Tidak ada yang menonjol pada {formatCount(begun)} orang yang mencoba. Sedikit orang tidak menemukan semuanya.
          </Notice>
        ) : (
          <ul className="list-disc space-y-1 pl-5 text-sm">
            {report.mend.map((m) => (
              <li key={m}>{m}</li>
            ))}
          </ul>
        )}
        <Link href={`/bgtk/sesi/${trial.sittingId}`} className={`${buttonClass(trial.closesAt > now ? 'primary' : 'quiet')} mt-4`}>
          Sesi uji coba: kartu, paket, dan konsol
        </Link>
      </Card>
      <Times parts={report.parts} />
      {report.phones.length > 0 && (
        <Card title="Ponsel" className="mb-6">
          <Table
            caption="Ponsel"
            rows={report.phones}
            rowKey={(p) => p.words}
            columns={[
              { key: 'w', head: 'Ponsel dan peramban', lead: true, cell: (p) => p.words },
              { key: 'n', head: 'Diperiksa', numeric: true, cell: (p) => formatCount(p.many) },
              { key: 'r', head: 'Siap', numeric: true, cell: (p) => formatCount(p.ready) },
            ]}
          />
        </Card>
      )}
      {report.incidents.length > 0 && (
        <Card title="Kejadian" className="mb-6">
          <ul className="space-y-1 text-sm">
            {report.incidents.map((i) => (
              <li key={`${i.at.getTime()}${i.note}`}>
                {formatMoment(i.at)} · {incidentKinds[i.kind as keyof typeof incidentKinds] ?? i.kind}: {i.note}
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Items items={report.items} />
    </>
  )
}
