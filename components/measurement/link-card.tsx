import { Link } from '@/components/ui/link'
import { JobProgress } from '@/components/job-progress'
import { ActionForm } from '@/components/ui/action-form'
import { Button, Notice, TextArea } from '@/components/ui/form'
import { Badge, Card } from '@/components/ui/page'
import { Table } from '@/components/ui/table'
import { formatMoment, formatNumber, formatSigned } from '@/lib/platform/format'
import { linkCycles } from '@/lib/scoring/actions'
import { gateWords, linkReach, type LinkLimit, type LinkReport } from '@/lib/calibration/link-model'
import type { LinkRow } from '@/lib/calibration/service'

const stateWords = { kept: 'dipakai', dropped: 'dikeluarkan: bergeser', moving: 'bergeser, masih dipakai' } as const

/** The error in words: on how many anchors it rests, the interval by itself, the limit, and what would bring it below. */
function errorWords(r: LinkReport, error: number): string {
  const points = (100 * error) / r.baseSd
  const kept = r.anchors.filter((a) => a.state !== 'dropped').length
  const rest = `Galat tautan ${formatNumber(points)} poin dari ${kept} butir jangkar; karena jangkarnya sebanyak itu, rentang 95 persennya ±${formatNumber(linkReach(r)!, 0)} poin. Galat ini ikut dalam setiap rentang perubahan.`
  if (!r.upTo) return rest
  return points > r.upTo
    ? `${rest} Batas yang berlaku ${r.upTo} poin: dengan butir jangkar seperti ini diperlukan kira-kira ${r.wanted} butir jangkar agar gerbang terbuka.`
    : `${rest} Batas yang berlaku ${r.upTo} poin.`
}

/** Whether the distances between people mean the same as before. */
function unitWords({ unit }: LinkReport): string {
  if (!unit) return 'Apakah satuan skalanya sama dengan dahulu belum diuji; jarak antardaerah tidak ditampilkan dari tautan ini.'
  const percent = 100 * (Math.exp(unit.logRatio) - 1)
  if (percent === 0) return 'Satuan skala ditaksir bersama tautan ini; galatnya ikut dalam rentang jarak antardaerah.'
  const words = `Satuan skala ukur ulang ${formatNumber(Math.abs(percent))} persen lebih ${percent > 0 ? 'pendek' : 'panjang'} daripada dahulu (p ${formatNumber(unit.p, 2)})`
  return unit.p < 0.05
    ? `${words}: jarak antardaerah dari tautan ini tidak ditampilkan.`
    : `${words}, belum dapat dibedakan dari sama. Ketidakpastiannya ikut dalam rentang jarak antardaerah.`
}

/** Everything that speaks for and against one link. */
export function LinkEvidence({ report: r, codes }: { report: LinkReport; codes: ReadonlyMap<string, string> }) {
  const points = (theta: number) => formatSigned((100 * theta) / r.baseSd, 1)
  return (
    <div className="space-y-4 text-sm">
      {r.reasons.length === 0 ? (
        <Notice tone="good" title="Gerbang terbuka: semua pemeriksaan sepakat">
          Empat metode dan kalibrasi berjangkar tetap berbeda kurang dari sepersepuluh simpangan baku, dan galatnya di bawah batas.
        </Notice>
      ) : (
        <Notice tone="care" title="Gerbang tertutup: jangan umumkan perubahan dari tautan ini">
          <ul className="list-disc pl-5">
            {r.reasons.map((x) => (
              <li key={x}>{gateWords[x]}</li>
            ))}
          </ul>
        </Notice>
      )}
      <p>
        Rata-rata peserta ukur ulang berada {points(r.mean - r.baseMean)} poin dari rata-rata siklus awal.{' '}
        {r.error === null ? 'Galat tautannya tidak dapat dihitung.' : errorWords(r, r.error)}
      </p>
      <p>{unitWords(r)}</p>
      <Table
        caption="Rata-rata menurut setiap metode"
        rows={[
          ...r.methods.map((m, i) => ({ name: m.name + (i === 0 ? ' (dipakai)' : ''), mean: m.mean })),
          ...(r.fixed === null ? [] : [{ name: 'kalibrasi dengan jangkar tetap', mean: r.fixed }]),
        ]}
        rowKey={(m) => m.name}
        columns={[
          { key: 'n', head: 'Metode', lead: true, cell: (m) => m.name },
          { key: 'm', head: 'Selisih dari siklus awal (poin)', numeric: true, cell: (m) => points(m.mean - r.baseMean) },
        ]}
      />
      <details>
        <summary className="min-h-11 py-2 font-semibold text-leaf">{r.anchors.length} butir jangkar</summary>
        <Table
          caption="Butir jangkar"
          rows={[...r.anchors].sort((a, b) => Math.abs(b.displacement) - Math.abs(a.displacement))}
          rowKey={(a) => a.id}
          columns={[
            { key: 'k', head: 'Butir', lead: true, cell: (a) => codes.get(a.id) ?? a.id },
            { key: 'd', head: 'Geseran (logit)', numeric: true, cell: (a) => formatSigned(a.displacement, 2) },
            { key: 'e', head: 'Galat', numeric: true, cell: (a) => formatNumber(a.error, 2) },
            { key: 's', head: 'Keadaan', cell: (a) => <Badge tone={a.state === 'kept' ? 'plain' : 'care'}>{stateWords[a.state]}</Badge> },
          ]}
        />
        <p className="mt-2 text-soft">
          Geseran positif: butir lebih sukar daripada dahulu; negatif: lebih mudah, misalnya karena bocor atau diajarkan.
        </p>
      </details>
    </div>
  )
}

/** On a calibration of a later cycle: bring it onto the scale that stands, and what came of it. */
export function LinkCard({
  calibrationId,
  target,
  links,
  codes,
}: {
  calibrationId: string
  target: string
  links: LinkRow[]
  codes: ReadonlyMap<string, string>
}) {
  const newest = links[0]
  const anchors = newest?.report?.anchors ?? []
  return (
    <Card title="Tautan ke skala yang berlaku">
      <p className="mb-3 text-sm text-soft">
        Skala 200–800 ditetapkan siklus {target} dan tidak berpindah. Butir jangkar yang sama pada kedua siklus membawa kalibrasi ini ke
        skala itu.
      </p>
      {newest?.state === 'computing' && <JobProgress id={newest.id} title="Tautan sedang dihitung" />}
      {newest?.state === 'failed' && (
        <Notice tone="bad" title="Tautan gagal">
          Kedua siklus tidak mempunyai cukup butir jangkar yang sama. Skor yang berlaku tidak berubah.
        </Notice>
      )}
      {newest?.report && (
        <>
          <LinkEvidence report={newest.report} codes={codes} />
          <p className="mt-3 text-sm">
            <Link href={`/bgtk/kalibrasi/${newest.linkedCalibrationId}`} className="text-leaf underline underline-offset-4">
              Buka catatan tertaut
            </Link>{' '}
            untuk menghitung dan merilis skor kedua siklus pada satu skala. Dihitung {formatMoment(newest.finishedAt!)}.
          </p>
        </>
      )}
      {newest?.state !== 'computing' && (
        <ActionForm action={linkCycles} label="Tautkan" className="mt-4 space-y-3">
          <input type="hidden" name="id" value={calibrationId} />
          {anchors.length > 0 && (
            <details>
              <summary className="min-h-11 py-2 text-sm font-semibold text-leaf">
                Keluarkan butir jangkar atas pertimbangan ahli isi
              </summary>
              <div className="grid grid-cols-2 gap-x-4 sm:grid-cols-3">
                {anchors.map((a) => (
                  <label key={a.id} className="flex min-h-11 items-center gap-3 text-sm">
                    <input type="checkbox" name="excluded" value={a.id} className="size-5 shrink-0 accent-leaf" />
                    {codes.get(a.id) ?? a.id}
                  </label>
                ))}
              </div>
              <TextArea label="Alasan" name="reason" />
            </details>
          )}
          <Button look={newest ? 'quiet' : 'primary'}>{newest ? 'Tautkan ulang' : 'Tautkan'}</Button>
          <p className="text-sm text-soft">Menautkan tidak mengubah skor siapa pun.</p>
        </ActionForm>
      )}
    </Card>
  )
}

/** What the limit of the link's error decides, before somebody changes it. */
export function LinkLimits({ limits }: { limits: LinkLimit[] }) {
  if (limits.length === 0) return null
  return (
    <Card title="Batas galat tautan" className="mb-6">
      <p className="mb-3 max-w-prose text-sm text-soft">
        Tautan ukur ulang dengan galat di atas batas menutup gerbang. Batas yang longgar membuka lebih banyak tautan, tetapi yang terbuka
        hanya memperlihatkan perubahan yang besar. Batasnya diatur pada halaman Keamanan, bagian Ukur ulang.
      </p>
      <Table
        caption="Akibat setiap batas bagi tautan terbaru"
        rows={limits}
        rowKey={(l) => String(l.points)}
        columns={[
          { key: 'b', head: 'Batas', lead: true, cell: (l) => `${l.points} poin${l.inForce ? ' (berlaku)' : ''}` },
          { key: 'o', head: 'Di bawah batas', numeric: true, cell: (l) => `${l.open} dari ${l.links}` },
          { key: 's', head: 'Perubahan rata-rata terlihat mulai', numeric: true, cell: (l) => `${formatNumber(l.seen, 0)} poin` },
        ]}
      />
    </Card>
  )
}
