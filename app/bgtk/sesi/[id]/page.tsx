import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { EarlyCode } from '@/components/early-code'
import { Shell } from '@/components/shell'
import { SittingPreparation } from '@/components/sitting-preparation'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Field, Notice, Select, TextArea, buttonClass } from '@/components/ui/form'
import { Card, Empty, PageHead, Simulated } from '@/components/ui/page'
import { FileField, UploadForm } from '@/components/ui/upload'
import { Table } from '@/components/ui/table'
import { requireActor } from '@/lib/access/service'
import { earlyCodeView, preparation } from '@/lib/delivery/service'
import { levels, regions, subjects } from '@/lib/roster/service'
import { assignProctor, release, seatParticipants } from '@/lib/sittings/actions'
import { attendanceNames, releaseRules, type ReleaseRule } from '@/lib/sittings/model'
import { participants, proctors, sitting } from '@/lib/sittings/service'
import { formatClock, formatCount, formatDay, formatMoment, formatTime } from '@/lib/platform/service'
import { idIn } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Sesi' }

export default async function SittingPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('cycle:manage')
  const found = await sitting(actor, await idIn(params))
  if (!found) notFound()
  const [seats, areas, allSubjects, allLevels, watch, prepared, early] = await Promise.all([
    participants(actor, found.id),
    regions(),
    subjects(),
    levels(),
    proctors(actor, found.id),
    preparation(actor, found.id),
    earlyCodeView(actor, found.id),
  ])
  return (
    <Shell actor={actor}>
      <PageHead
        title={found.name}
        lead={`${found.venue.name} · ${found.cycle.practice ? 'terbuka' : `${formatDay(found.opensAt)}, ${formatClock(found.opensAt)}–${formatTime(found.closesAt)}`} · ${formatCount(found._count.seats)} peserta`}
        back={{ href: `/bgtk/siklus/${found.cycleId}`, label: found.cycle.name }}
      >
        {found.cycle.simulated && <Simulated />}
        <Link href={`/pengawas/sesi/${found.id}`} className={buttonClass('quiet')}>
          Layar pengawas
        </Link>
      </PageHead>
      <div className="mb-6 grid gap-4 md:grid-cols-2">
        <Card title="Ruang dan kartu peserta">
          {found.rooms.length === 0 ? (
            <Empty title="Belum ada ruang">Ruang dibuat sendiri saat peserta ditambahkan.</Empty>
          ) : (
            <>
              <a href={`/api/exports/kartu?sesi=${found.id}`} className={buttonClass()}>
                Cetak semua kartu (PDF)
              </a>
              <ul className="mt-3 grid grid-cols-2 gap-2 text-sm sm:grid-cols-3">
                {found.rooms.map((r) => (
                  <li key={r.id} className="rounded-lg border border-line p-2">
                    <Link href={`/pengawas/ruang/${r.id}`} className="font-semibold text-leaf underline underline-offset-4">
                      {r.name}
                    </Link>
                    <span className="block text-soft">{r._count.seats} peserta</span>
                    <span className="block text-soft">
                      {watch.assigned
                        .filter((p) => p.roomId === r.id)
                        .map((p) => p.name)
                        .join(', ') || 'belum ada pengawas'}
                    </span>
                    <a
                      href={`/api/exports/kartu?sesi=${found.id}&ruang=${r.id}`}
                      className="inline-flex min-h-8 items-center text-leaf underline underline-offset-4"
                    >
                      kartu
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Card>
        <Card title="Hasil untuk peserta">
          <p className="mb-3 text-sm">{releaseRules[found.releaseRule as ReleaseRule]}.</p>
          {found.releaseRule === 'held' &&
            (found.releasedAt ? (
              <Notice tone="good">Dibuka {formatMoment(found.releasedAt)}.</Notice>
            ) : (
              <ActionForm
                action={release}
                label="Rilis hasil"
                ask={{
                  question: 'Hasil semua peserta sesi ini dapat dibaca peserta segera sesudah dirilis, dan tidak dapat ditahan lagi.',
                  yes: 'Ya, rilis hasil',
                }}
              >
                <input type="hidden" name="sittingId" value={found.id} />
                <Button>Rilis hasil sekarang</Button>
              </ActionForm>
            ))}
        </Card>
      </div>
      {early && prepared?.frozenAt && <EarlyCode sittingId={found.id} view={early} userId={actor.userId} now={new Date()} />}
      {prepared && found.rooms.length > 0 && <SittingPreparation sittingId={found.id} view={prepared} rooms={found.rooms} />}
      {found.rooms.length > 0 && (
        <Card title="Tugaskan pengawas" className="mb-6">
          <ActionForm action={assignProctor} label="Tugaskan pengawas" className="grid items-end gap-4 sm:grid-cols-[1fr_1fr_auto]">
            <input type="hidden" name="sittingId" value={found.id} />
            <Select label="Pengawas" name="userId" required>
              <option value="">Pilih pengawas</option>
              {watch.candidates.map((u) => (
                <option key={u.id} value={u.id}>
                  {u.name}
                </option>
              ))}
            </Select>
            <Select label="Ruang" name="roomId">
              <option value="">Semua ruang sesi ini</option>
              {found.rooms.map((r) => (
                <option key={r.id} value={r.id}>
                  {r.name}
                </option>
              ))}
            </Select>
            <Button look="quiet">Tugaskan</Button>
          </ActionForm>
        </Card>
      )}
      <Card title="Tambah peserta" className="mb-6">
        <UploadForm kind="peserta" action={seatParticipants} draft={false} label="Tambah peserta" className="grid gap-4 sm:grid-cols-2">
          <input type="hidden" name="sittingId" value={found.id} />
          <Select label="Kabupaten/kota sekolah" name="regionId">
            <option value="">Semua</option>
            {areas.map((r) => (
              <option key={r.id} value={r.id}>
                {r.shortName}
              </option>
            ))}
          </Select>
          <Select label="Jenjang" name="levelCode">
            <option value="">Semua</option>
            {allLevels
              .filter((l) => l.active)
              .map((l) => (
                <option key={l.code} value={l.code}>
                  {l.name}
                </option>
              ))}
          </Select>
          <Select label="Mata pelajaran" name="subjectId">
            <option value="">Semua</option>
            {allSubjects.map((s) => (
              <option key={s.id} value={s.id}>
                {s.name}
              </option>
            ))}
          </Select>
          <Field label="NPSN satu sekolah (bila perlu)" name="npsn" inputMode="numeric" />
          <TextArea
            label="Atau tempel daftar NUPTK/NIP"
            name="identifiers"
            maxLength={60_000}
            hint="Satu nomor satu baris. Bila daftar ini diisi, saringan di atas diabaikan."
          />
          <div className="space-y-4">
            <FileField kind="peserta" label="Atau berkas teks berisi NUPTK/NIP" hint="Paling besar 400 KB." />
            <Field label="Peserta setiap ruang" name="roomSize" type="number" min={1} max={500} defaultValue={20} />
          </div>
          <Button className="sm:justify-self-start">Tambah peserta</Button>
        </UploadForm>
      </Card>
      <Card title="Peserta">
        {seats.length === 0 ? (
          <Empty title="Belum ada peserta" />
        ) : (
          <>
            <Table
              caption="Peserta"
              rows={seats.slice(0, 100)}
              rowKey={(s) => s.id}
              columns={[
                { key: 't', head: 'Nama', lead: true, cell: (s) => s.teacherName },
                { key: 'n', head: 'Nomor', cell: (s) => s.participantNumber },
                { key: 's', head: 'Sekolah', cell: (s) => s.schoolName },
                { key: 'm', head: 'Mata pelajaran', cell: (s) => s.subjectName ?? '–' },
                { key: 'r', head: 'Ruang', cell: (s) => `${s.roomName ?? '–'}, kursi ${s.seatNumber}` },
                { key: 'a', head: 'Kehadiran', cell: (s) => attendanceNames[s.attendance as keyof typeof attendanceNames] },
              ]}
            />
            {seats.length > 100 && (
              <p className="mt-3 text-sm text-soft">
                Seratus pertama dari {formatCount(seats.length)}. Daftar lengkap ada di daftar hadir setiap ruang.
              </p>
            )}
          </>
        )}
      </Card>
    </Shell>
  )
}
