import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { LinkLimits } from '@/components/measurement/link-card'
import { CalibrationState } from '@/components/measurement/state'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Select } from '@/components/ui/form'
import { Card, Empty, PageHead } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { formatCount, formatMoment } from '@/lib/platform/format'
import { calibrateInstrument } from '@/lib/scoring/actions'
import { calibrationHome } from '@/lib/scoring/service'

export const metadata: Metadata = { title: 'Kalibrasi' }

export default async function CalibrationsPage() {
  const actor = await requireActor('calibration:run')
  const { instruments, counts, tested, cycles, runs, released, limits } = await calibrationHome(actor)
  const people = (id: string) => counts.filter((c) => c.instrumentId === id)
  const ofPeople = (id: string) => {
    const all = tested.find((t) => t.instrumentId === id)
    return all && all.people < all.responses ? ` lembar jawaban, ${formatCount(all.people)} orang` : ' orang'
  }
  const testable = instruments.filter((i) => people(i.id).length)
  return (
    <Shell actor={actor}>
      <PageHead
        title="Kalibrasi"
        lead="Kalibrasi menaksir kesukaran butir dari jawaban, lalu skor dihitung pada skala 200–800. Setiap langkah menjadi catatan tetap; tidak ada yang berubah bagi guru sebelum dirilis."
      >
        <Link href="/bgtk/kalibrasi/uji" className="inline-flex min-h-11 items-center font-semibold text-leaf underline underline-offset-4">
          Uji dengan data simulasi
        </Link>
      </PageHead>
      <Card title="Kalibrasi baru" className="mb-6">
        {testable.length === 0 ? (
          <Empty title="Belum ada tes yang selesai">
            Kalibrasi dapat dimulai setelah sedikitnya seratus orang menyelesaikan sebuah instrumen.
          </Empty>
        ) : (
          <ActionForm action={calibrateInstrument} label="Kalibrasi baru" className="grid gap-4 sm:grid-cols-2">
            <Select label="Instrumen" name="instrument" required>
              {testable.map((i) => (
                <option key={i.id} value={i.code}>
                  {i.title} ·{' '}
                  {people(i.id)
                    .map((c) => `${c.cycleCode}: ${formatCount(c.n)}`)
                    .join(', ')}
                  {ofPeople(i.id)}
                </option>
              ))}
            </Select>
            <fieldset>
              <legend className="mb-1 text-sm font-semibold">Data dari siklus</legend>
              {cycles.map((c, at) => (
                <label key={c.code} className="flex min-h-11 items-center gap-2">
                  <input type="checkbox" name="cycle" value={c.code} defaultChecked={at === 0} className="size-5 accent-leaf" /> {c.name}
                </label>
              ))}
            </fieldset>
            <p className="text-sm text-soft sm:col-span-2">
              Model dan prior dipilih oleh aturan menurut jenis tes dan banyaknya jawaban; alasannya tertulis pada catatan kalibrasi.
            </p>
            <div>
              <Button>Mulai kalibrasi</Button>
            </div>
          </ActionForm>
        )}
      </Card>
      <LinkLimits limits={limits} />
      <Card title="Catatan kalibrasi">
        {runs.length === 0 ? (
          <Empty title="Belum ada kalibrasi">Sampai ada, semua hasil ditampilkan sebagai skor mentah dan menyatakan hal itu.</Empty>
        ) : (
          <Table
            caption="Catatan kalibrasi, terbaru lebih dahulu"
            rows={runs}
            rowKey={(r) => r.id}
            columns={[
              {
                key: 'i',
                head: 'Instrumen',
                lead: true,
                cell: (r) => (
                  <Link href={`/bgtk/kalibrasi/${r.id}`} className="text-leaf underline underline-offset-4">
                    {r.instrumentTitle}
                  </Link>
                ),
              },
              { key: 'c', head: 'Siklus', cell: (r) => r.cycleCodes.join(', ') },
              { key: 'm', head: 'Model', cell: (r) => r.settings.model.toUpperCase() },
              { key: 'n', head: 'Lembar jawaban', numeric: true, cell: (r) => (r.n === null ? '–' : formatCount(r.n)) },
              {
                key: 's',
                head: 'Keadaan',
                cell: (r) => <CalibrationState row={r} released={released.some((x) => x.calibrationId === r.id)} />,
              },
              { key: 't', head: 'Dibuat', cell: (r) => formatMoment(r.createdAt) },
            ]}
          />
        )}
      </Card>
    </Shell>
  )
}
