import { CutGround } from '@/components/measurement/cut-ground'
import type { Metadata } from 'next'
import { CertificateTable } from '@/components/support/certificate-table'
import { JobProgress } from '@/components/job-progress'
import { Shell } from '@/components/shell'
import { MatchReport } from '@/components/support/match-report'
import { NetworkMap } from '@/components/support/network-map'
import { PairTable } from '@/components/support/pair-table'
import { SupportTabs } from '@/components/support/tabs'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice } from '@/components/ui/form'
import { Badge, Card, Empty, Figure, PageHead } from '@/components/ui/page'
import { requireActor } from '@/lib/access/service'
import { regions, subjects } from '@/lib/roster/service'
import { issuedCertificates, tutorNetwork } from '@/lib/tutoring/service'
import { askTutors, liftOrder, matchNow, publish } from '@/lib/tutoring/actions'
import { formatCount, formatMoment, groupBy } from '@/lib/platform/service'
import { asked, type Search } from '@/lib/platform/address-model'

export const metadata: Metadata = { title: 'Tutor Sebaya' }

/** The network of peer tutors: who was asked, the newest matching beside first come first served, the map, the pairs. */
export default async function TutorNetworkPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('support:manage')
  const { mapel, wilayah, keadaan } = await asked(searchParams, 'mapel', 'wilayah', 'keadaan')
  const [network, regionList, subjectList, issued] = await Promise.all([
    tutorNetwork(actor),
    regions(),
    subjects(),
    issuedCertificates(actor),
  ])
  const { shown, pairs } = network
  const newest = network.runs[0]
  const now = new Date()
  const kabupaten = regionList.filter((r) => r.kind !== 'provinsi')
  const lines = [
    ...groupBy(
      pairs.filter((p) => p.state !== 'declined'),
      (p) => `${p.tutorRegion}|${p.learnerRegion}`,
    ),
  ].map(([key, list]) => {
    const [from, to] = key.split('|') as [string, string]
    return { from, to, pairs: list.length }
  })
  const knots = kabupaten.map((r) => ({
    code: r.kemendagriCode,
    name: r.shortName,
    lat: r.lat,
    lon: r.lon,
    learners: pairs.filter((p) => p.learnerRegion === r.kemendagriCode).length,
  }))
  return (
    <Shell actor={actor}>
      <PageHead
        title="Sakai Sambaian, Tutor Sebaya"
        lead="Pencocokan seluruh provinsi sekaligus: mapel sama, area yang saling melengkapi, jarak dekat, beban terbagi."
        back={{ href: '/bgtk/dukungan', label: 'Dukungan' }}
      />
      <SupportTabs now="/bgtk/dukungan/tutor" />
      <CutGround />
      <div className="mb-6 grid items-start gap-4 md:grid-cols-2">
        <Card title="1. Kesediaan">
          <div className="mb-3 grid grid-cols-2 gap-3 sm:grid-cols-3">
            <Figure label="Bersedia" value={formatCount(network.offers.yes)} />
            <Figure label="Belum dapat" value={formatCount(network.offers.no)} />
            <Figure label="Belum menjawab" value={formatCount(network.offers.asked)} />
          </div>
          <p className="mb-3 text-sm text-soft">
            Yang ditanya: guru yang batas bawah 80 persen skornya mencapai batas kompeten. Nama tidak diperlihatkan sebelum yang
            bersangkutan setuju.
          </p>
          <ActionForm
            action={askTutors}
            label="Tanyakan kesediaan"
            ask={{
              question:
                'Semua guru yang memenuhi syarat dan belum ditanya menerima pertanyaan di halamannya. Pertanyaan itu tidak dapat ditarik kembali.',
              yes: 'Ya, tanyakan',
            }}
          >
            <Button look="quiet">Tanyakan kesediaan</Button>
          </ActionForm>
        </Card>
        <Card title="2. Pencocokan">
          {newest?.state === 'computing' ? (
            <JobProgress id={newest.id} title="Tutor dan guru sedang dicocokkan" />
          ) : (
            <ActionForm action={matchNow} label="Cocokkan" className="space-y-3">
              <p className="text-sm text-soft">Hasilnya usulan: Anda memeriksa, menyematkan atau melarang pasangan, lalu membagikannya.</p>
              <label className="flex min-h-11 items-start gap-3 text-sm">
                <input type="checkbox" name="lot" className="mt-0.5 size-5 shrink-0 accent-leaf" />
                <span>
                  Undi di antara yang setara: bila beberapa susunan sama baik atau dua guru setara, undian yang menentukan dan hasilnya
                  dicatat. Yang belum mendapat tutor karena undian didahulukan pada pencocokan berikutnya. Benihnya satu untuk setiap
                  siklus, jadi mencocokkan ulang tidak mengundi ulang.
                </span>
              </label>
              <Button>Cocokkan seluruh provinsi</Button>
            </ActionForm>
          )}
          {newest?.lot && (
            <p className="mt-3 break-all text-sm text-soft">
              Undian di antara yang setara dinyalakan. Sidik benih {newest.lot.print}
              {newest.lot.seed ? `; benih ${newest.lot.seed}.` : '; benihnya dibuka sesudah selesai.'}
            </p>
          )}
          {newest?.state === 'failed' && (
            <div className="mt-3">
              <Notice tone="bad">Pencocokan terakhir gagal. Usulan sebelumnya tetap; coba sekali lagi.</Notice>
            </div>
          )}
          {shown?.state === 'proposed' && (
            <ActionForm
              action={publish}
              label="Bagikan usulan"
              className="mt-4 border-t border-line pt-4"
              ask={{
                question:
                  'Tutor dan guru dalam usulan ini segera ditanya satu per satu, dan usulan sebelumnya tidak berlaku lagi. Pembagian tidak dapat ditarik kembali.',
                yes: 'Ya, bagikan',
              }}
            >
              <input type="hidden" name="run" value={shown.id} />
              <p className="mb-3 text-sm">
                Usulan {formatMoment(shown.createdAt)} belum dibagikan. Setelah dibagikan, tutor dan guru ditanya satu per satu.
              </p>
              <Button>Bagikan usulan</Button>
            </ActionForm>
          )}
          {shown?.state === 'published' && (
            <p className="mt-3">
              <Badge tone="good">Dibagikan</Badge> <span className="text-sm text-soft">Usulan {formatMoment(shown.createdAt)}</span>
            </p>
          )}
        </Card>
      </div>
      {network.orders.length > 0 && (
        <Card title="Disematkan dan dilarang" className="mb-6">
          <ul className="space-y-2 text-sm">
            {network.orders.map((o) => (
              <li key={o.id} className="flex flex-wrap items-center justify-between gap-2">
                <span>
                  <Badge tone={o.kind === 'pin' ? 'good' : 'care'}>{o.kind === 'pin' ? 'Disematkan' : 'Dilarang'}</Badge> {o.tutorName} dan{' '}
                  {o.learnerName}: {o.reason}
                </span>
                <ActionForm
                  action={liftOrder}
                  label="Cabut"
                  ask={{
                    question: `${o.tutorName} dan ${o.learnerName} tidak lagi ${o.kind === 'pin' ? 'disematkan' : 'dilarang'}, dan alasan yang tercatat hilang dari daftar ini.`,
                    yes: 'Ya, cabut',
                  }}
                >
                  <input type="hidden" name="order" value={o.id} />
                  <Button look="quiet">Cabut</Button>
                </ActionForm>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <CertificateTable issued={issued} />
      {shown?.summary ? (
        <>
          <MatchReport
            summary={shown.summary}
            regionName={(c) => kabupaten.find((r) => r.kemendagriCode === c)?.shortName ?? c}
            subjectName={(c) => subjectList.find((s) => s.code === c)?.name ?? c}
          />
          <div className="mb-6 space-y-4">
            <Card title="Jaringan">
              <div className="mx-auto max-w-2xl">
                <NetworkMap knots={knots} lines={lines} />
              </div>
              <p className="mt-2 text-xs text-soft">
                Lingkaran: pasangan di dalam kabupaten/kota. Garis: pasangan lintas kabupaten/kota. Makin besar, makin banyak.
              </p>
            </Card>
            <PairTable
              pairs={pairs.filter(
                (p) => (!mapel || p.subject === mapel) && (!wilayah || p.learnerRegion === wilayah) && (!keadaan || p.state === keadaan),
              )}
              filter={{ mapel, wilayah, keadaan }}
              subjects={[...new Set(pairs.flatMap((p) => (p.subject ? [p.subject] : [])))].sort()}
              regions={kabupaten.map((r) => ({ code: r.kemendagriCode, name: r.shortName }))}
              titleOf={network.titleOf}
              now={now.getTime()}
            />
          </div>
        </>
      ) : (
        <Empty title="Belum ada pencocokan">Tanyakan kesediaan lebih dahulu, lalu cocokkan setelah ada yang bersedia.</Empty>
      )}
    </Shell>
  )
}
