import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { RetestDraw } from '@/components/retest-draw'
import { CycleRules } from '@/components/cycle-rules'
import { Shell } from '@/components/shell'
import { ActionForm } from '@/components/ui/action-form'
import { Button, buttonClass, Field, Select } from '@/components/ui/form'
import { Card, Empty, Figure, PageHead, Simulated } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { regions } from '@/lib/roster/service'
import { lateByCycle } from '@/lib/scoring/service'
import { createSitting, createVenue } from '@/lib/sittings/actions'
import { competencyNames, releaseRules } from '@/lib/sittings/model'
import { cycle, cycleForms, retestDraw, venues } from '@/lib/sittings/service'
import { formatClock, formatCount, formatDay, formatTime, toDateInput } from '@/lib/platform/service'
import { idIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Siklus' }

export default async function CyclePage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('cycle:manage')
  const [found, places, areas] = await Promise.all([cycle(actor, await idIn(params)), venues(actor), regions()])
  if (!found) notFound()
  const [forms, late, drawn] = await Promise.all([cycleForms(actor, found.id), lateByCycle(actor), retestDraw(actor, found.id, new Date())])
  const waiting = late.get(found.id) ?? 0
  const areaName = new Map(areas.map((r) => [r.id, r.shortName]))
  return (
    <Shell actor={actor}>
      <PageHead title={found.name} lead={`Kode ${found.code} · seri ${found.series}`} back={{ href: '/bgtk/siklus', label: 'Siklus' }}>
        {found.simulated && <Simulated />}
        <Link href={`/bgtk/siklus/${found.id}/susulan`} className={buttonClass('quiet')}>
          Jawaban susulan{waiting ? ` (${formatCount(waiting)})` : ''}
        </Link>
        {!found.practice && found.sittings.some((s) => s._count.seats > 0) && (
          <Link href={`/bgtk/siklus/${found.id}/ukur-ulang`} className={buttonClass('quiet')}>
            Ukur ulang
          </Link>
        )}
      </PageHead>
      <div className="mb-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
        {found.parts.map((p) => (
          <Figure key={p.id} label={competencyNames[p.competencyCode]!} value={`${p.minutes} menit`} />
        ))}
      </div>
      <Card title="Sesi" className="mb-6">
        {found.sittings.length === 0 ? (
          <Empty title="Belum ada sesi">Tambahkan sesi di bawah: satu tempat, satu jendela waktu.</Empty>
        ) : (
          <Table
            caption="Sesi"
            rows={found.sittings}
            rowKey={(s) => s.id}
            columns={[
              {
                key: 'n',
                head: 'Sesi',
                lead: true,
                cell: (s) => (
                  <Link href={`/bgtk/sesi/${s.id}`} className="text-leaf underline underline-offset-4">
                    {s.name}
                  </Link>
                ),
              },
              { key: 'v', head: 'Tempat', cell: (s) => `${s.venue.name} (${areaName.get(s.venue.regionId)})` },
              {
                key: 'w',
                head: 'Waktu',
                cell: (s) => (found.practice ? 'Terbuka' : `${formatDay(s.opensAt)}, ${formatClock(s.opensAt)}–${formatTime(s.closesAt)}`),
              },
              { key: 'p', head: 'Peserta', numeric: true, cell: (s) => formatCount(s._count.seats) },
            ]}
          />
        )}
      </Card>
      {drawn && found.sittings.some((s) => s._count.seats > 0) && <RetestDraw cycleId={found.id} {...drawn} />}
      <div className="grid gap-4 md:grid-cols-2">
        <Card title="Sesi baru">
          <ActionForm action={createSitting} label="Sesi baru" className="space-y-4">
            <input type="hidden" name="cycleId" value={found.id} />
            <Field label="Nama sesi" name="name" required minLength={3} />
            <Select label="Tempat" name="venueId" required>
              <option value="">Pilih tempat</option>
              {places.map((v) => (
                <option key={v.id} value={v.id}>
                  {v.name} ({areaName.get(v.regionId)})
                </option>
              ))}
            </Select>
            <Field label="Tanggal" name="day" type="date" required defaultValue={toDateInput(found.startsOn)} />
            <div className="grid grid-cols-2 gap-3">
              <Field label="Buka (WIB)" name="opens" type="time" required defaultValue="07:30" />
              <Field label="Tutup (WIB)" name="closes" type="time" required defaultValue="13:30" />
            </div>
            <Select label="Hasil untuk peserta" name="releaseRule">
              {Object.entries(releaseRules).map(([k, v]) => (
                <option key={k} value={k}>
                  {v}
                </option>
              ))}
            </Select>
            <Button>Tambah sesi</Button>
          </ActionForm>
        </Card>
        <Card title="Tempat tes baru">
          <ActionForm action={createVenue} label="Tempat tes baru" className="space-y-4">
            <Field id="f-venue" label="Nama tempat" name="name" required minLength={3} />
            <Select label="Kabupaten/kota" name="regionId" required>
              <option value="">Pilih wilayah</option>
              {areas.map((r) => (
                <option key={r.id} value={r.id}>
                  {r.shortName}
                </option>
              ))}
            </Select>
            <Field label="Alamat (bila ada)" name="address" />
            <Field label="Daya tampung (bila ada)" name="capacity" type="number" min={1} max={5000} />
            <Button look="quiet">Tambah tempat</Button>
          </ActionForm>
        </Card>
      </div>
      <CycleRules cycleId={found.id} practice={found.practice && !found.rehearsal} forms={forms} outageMinutes={found.outageMinutes} />
    </Shell>
  )
}
