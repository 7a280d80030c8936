import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Shell } from '@/components/shell'
import { AddParticipants } from '@/components/sitting/add-participants'
import { EarlyCode } from '@/components/sitting/early-code'
import { OneSeat } from '@/components/sitting/one-seat'
import { SittingOverview } from '@/components/sitting/overview'
import { Packets } from '@/components/sitting/packets'
import { SittingPlan } from '@/components/sitting/plan'
import { RoomChanges, Rooms } from '@/components/sitting/rooms'
import { Seats } from '@/components/sitting/seats'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice, buttonClass } from '@/components/ui/form'
import { Card, PageHead, Simulated } from '@/components/ui/page'
import { Tabs } from '@/components/ui/tabs'
import { requireActor } from '@/lib/access/service'
import { undoSeats } from '@/lib/delivery/seat-actions'
import { earlyCodeView, preparation } from '@/lib/delivery/service'
import { asked, idIn, numberIn, type Search } from '@/lib/platform/address-model'
import { formatClock, formatCount, formatDay, formatMoment, formatTime } from '@/lib/platform/service'
import { levels, regions, subjects } from '@/lib/roster/service'
import { cycle, lastAdding, participant, participants, proctors, sitting, sittingFacts } from '@/lib/sittings/service'

export const metadata: Metadata = { title: 'Sesi' }

const Query = z.object({
  tampilan: z.enum(['ringkasan', 'ruang', 'peserta', 'paket']).catch('ringkasan'),
  cari: z.string(),
  hal: z.string().transform((text) => Math.max(1, numberIn(text))),
  peserta: z.string(),
})
type Query = z.infer<typeof Query>
type Actor = Awaited<ReturnType<typeof requireActor>>
type Found = NonNullable<Awaited<ReturnType<typeof sitting>>>

async function Overview({ actor, found, over, now }: { actor: Actor; found: Found; over: boolean; now: Date }) {
  const [facts, of, early] = await Promise.all([sittingFacts(actor, found.id), cycle(actor, found.cycleId), earlyCodeView(actor, found.id)])
  const planned = !found.cycle.practice && !found.cycle.rehearsal && !found.cycle.trialOfId && early!.from > now
  const trial = found.cycle.trialOfId !== null
  const minutes = of!.parts.reduce((m, p) => m + p.minutes, 0)
  return (
    <>
      {planned && <SittingPlan sitting={found} />}
      <SittingOverview facts={facts!} minutes={minutes} over={over} timed={!found.cycle.practice || trial} trial={trial} />
    </>
  )
}

async function RoomsPart({ actor, found, over, page }: { actor: Actor; found: Found; over: boolean; page: number }) {
  const [watch, prepared] = await Promise.all([proctors(actor, found.id), preparation(actor, found.id)])
  return (
    <>
      <Rooms sittingId={found.id} rooms={found.rooms} watch={watch} page={page} />
      {!over && found.rooms.length > 0 && (
        <RoomChanges sittingId={found.id} rooms={found.rooms} watch={watch} fetched={prepared!.fetchedSeats} />
      )}
    </>
  )
}

async function Adding({ actor, sittingId }: { actor: Actor; sittingId: string }) {
  const [areas, allSubjects, allLevels, last] = await Promise.all([regions(), subjects(), levels(), lastAdding(actor, sittingId)])
  return (
    <>
      <AddParticipants
        sittingId={sittingId}
        regions={areas.map((r) => ({ value: r.id, label: r.shortName }))}
        levels={allLevels.filter((l) => l.active).map((l) => ({ value: l.code, label: l.name }))}
        subjects={allSubjects.map((s) => ({ value: s.id, label: s.name }))}
      />
      {last && (
        <ActionForm
          action={undoSeats}
          label="Batalkan penambahan terakhir"
          className="mt-4 border-t border-line pt-4"
          ask={{
            question: `${formatCount(last.count)} peserta yang ditambahkan ${formatMoment(last.at)} dikeluarkan lagi dari sesi ini; nomornya tidak dipakai ulang.`,
            yes: 'Ya, batalkan penambahan',
          }}
        >
          <input type="hidden" name="sittingId" value={sittingId} />
          <input type="hidden" name="addedAt" value={last.at.toISOString()} />
          <p className="mb-2 text-sm">
            Terakhir ditambahkan: {formatCount(last.count)} peserta, {formatMoment(last.at)}.
          </p>
          <Button look="quiet">Batalkan penambahan ini</Button>
        </ActionForm>
      )}
    </>
  )
}

async function SeatsPart({ actor, found, now, query }: { actor: Actor; found: Found; now: Date; query: Query }) {
  const [list, one] = await Promise.all([
    participants(actor, found.id, { q: query.cari, page: query.hal }),
    query.peserta && found.opensAt > now ? participant(actor, found.id, query.peserta, now) : null,
  ])
  const over = found.closesAt <= now
  const back = `/bgtk/sesi/${found.id}?tampilan=peserta`
  return (
    <>
      {query.peserta && !one && (
        <div className="mb-6" role="status">
          <Notice title="Peserta itu tidak dapat diubah di sini">
            Ia sudah dipindahkan atau dikeluarkan dari sesi ini, atau sesinya sudah dibuka.
          </Notice>
        </div>
      )}
      {one && <OneSeat sittingId={found.id} view={one} back={back} />}
      {over ? (
        <div className="mb-6">
          <Notice title="Sesi ini sudah berakhir">Pesertanya tetap seperti yang tercatat pada hari itu.</Notice>
        </div>
      ) : found.cycle.trialOfId ? (
        <div className="mb-6">
          <Notice title="Kursi uji coba untuk petugas">Soalnya soal hari tes, jadi tidak ada guru yang ditambahkan ke sini.</Notice>
        </div>
      ) : (
        <Card title="Tambah peserta" className="mb-6">
          <Adding actor={actor} sittingId={found.id} />
        </Card>
      )}
      <Seats sittingId={found.id} list={list} q={query.cari} page={query.hal} changeable={found.opensAt > now} />
    </>
  )
}

async function PacketsPart({ actor, found, over, now }: { actor: Actor; found: Found; over: boolean; now: Date }) {
  const [prepared, early] = await Promise.all([preparation(actor, found.id), earlyCodeView(actor, found.id)])
  return (
    <>
      <Packets sittingId={found.id} view={prepared!} over={over} />
      {early && prepared?.frozenAt && !over && <EarlyCode sittingId={found.id} view={early} userId={actor.userId} now={now} />}
    </>
  )
}

export default async function SittingPage({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Search }) {
  const actor = await requireActor('cycle:manage')
  const found = await sitting(actor, await idIn(params))
  if (!found) notFound()
  const query = Query.parse(await asked(searchParams, 'tampilan', 'cari', 'hal', 'peserta'))
  const now = new Date()
  const over = found.closesAt <= now
  const part = (key: Query['tampilan'], name: string, count?: number) => ({
    href: key === 'ringkasan' ? `/bgtk/sesi/${found.id}` : `/bgtk/sesi/${found.id}?tampilan=${key}`,
    name,
    count: count === undefined ? undefined : formatCount(count),
    current: query.tampilan === key,
  })
  return (
    <Shell actor={actor}>
      <PageHead
        title={found.name}
        lead={`${found.venue.name} · ${found.cycle.practice && !found.cycle.trialOfId ? 'terbuka' : `${formatDay(found.opensAt)}, ${formatClock(found.opensAt)}–${formatTime(found.closesAt)}`} · ${formatCount(found._count.seats)} peserta`}
        back={
          found.cycle.trialOfId
            ? { href: `/bgtk/siklus/${found.cycle.trialOfId}?langkah=uji-coba`, label: 'Laporan uji coba' }
            : { href: `/bgtk/siklus/${found.cycleId}`, label: found.cycle.name }
        }
      >
        {found.cycle.simulated && <Simulated />}
        <Link href={`/pengawas/sesi/${found.id}`} className={buttonClass('quiet')}>
          Layar pengawas
        </Link>
      </PageHead>
      <Tabs
        label="Bagian sesi"
        parts={[
          part('ringkasan', 'Ringkasan'),
          part('ruang', 'Ruang dan kartu', found.rooms.length),
          part('peserta', 'Peserta', found._count.seats),
          part('paket', 'Paket soal'),
        ]}
      />
      {query.tampilan === 'ringkasan' && <Overview actor={actor} found={found} over={over} now={now} />}
      {query.tampilan === 'ruang' && <RoomsPart actor={actor} found={found} over={over} page={query.hal} />}
      {query.tampilan === 'peserta' && <SeatsPart actor={actor} found={found} now={now} query={query} />}
      {query.tampilan === 'paket' && <PacketsPart actor={actor} found={found} over={over} now={now} />}
    </Shell>
  )
}
