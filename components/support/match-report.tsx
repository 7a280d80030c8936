import { Card, Figure } from '@/components/ui/page'
import { Notice } from '@/components/ui/form'
import type { MatchSummary } from '@/lib/tutoring/model'
import { formatCount, formatNumber } from '@/lib/platform/format'

const reasons: Record<string, string> = {
  'tanpa-tutor-mapel': 'tidak ada tutor mapel ini yang kuat pada areanya',
  'kapasitas-habis': 'semua tutor yang cocok sudah penuh',
  'terlalu-jauh': 'tutor yang cocok terlalu jauh',
  selisih: 'selisih dengan tutor terlalu kecil atau terlalu besar',
  permintaan: 'permintaan jenis kelamin tutor belum terpenuhi',
  dilarang: 'pasangan yang mungkin dilarang',
}
const percent = (x: number) => `${formatNumber(100 * x, 0)} persen`

/** One matching in figures, beside what first come, first served would have given. */
export function MatchReport({
  summary: s,
  regionName,
  subjectName,
}: {
  summary: MatchSummary
  regionName: (code: string) => string
  subjectName: (code: string) => string
}) {
  return (
    <Card title="Hasil pencocokan" className="mb-6">
      {s.lot && (
        <p className="mb-3 max-w-prose text-sm">
          {s.lot.groups === 0
            ? 'Tidak ada guru setara yang harus dipilih: undian tidak menentukan siapa yang mendapat tutor.'
            : `Undian menentukan di antara ${formatCount(s.lot.served + s.lot.waiting)} guru setara dalam ${formatCount(s.lot.groups)} kelompok: ${formatCount(s.lot.served)} mendapat tutor, ${formatCount(s.lot.waiting)} didahulukan pada pencocokan berikutnya.`}
        </p>
      )}
      <div className="mb-3 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure
          label="Guru mendapat tutor"
          value={formatCount(s.matched)}
          note={`dari ${formatCount(s.learners)}; siapa cepat dia dapat: ${formatCount(s.firstCome.matched)}`}
        />
        <Figure
          label="Jarak rata-rata"
          value={`${formatNumber(s.meanKm, 0)} km`}
          note={`siapa cepat dia dapat: ${formatNumber(s.firstCome.meanKm, 0)} km`}
        />
        <Figure
          label="Di kabupaten/kota sendiri"
          value={percent(s.sameRegion)}
          note={`siapa cepat dia dapat: ${percent(s.firstCome.sameRegion)}`}
        />
        <Figure
          label="Terlayani, wilayah paling sedikit"
          value={percent(s.worstServed)}
          note={`siapa cepat dia dapat: ${percent(s.firstCome.worstServed)}`}
        />
      </div>
      <p className="text-sm text-soft">
        {formatCount(s.tutors)} tutor bersedia, dihitung dalam {formatNumber(s.seconds, 1)} detik. Jarak adalah garis lurus; sekolah tanpa
        koordinat memakai ibu kota kabupaten/kota.
      </p>
      {Object.keys(s.unmatched).length > 0 && (
        <details className="mt-3 text-sm">
          <summary className="min-h-8 font-semibold">{formatCount(s.learners - s.matched)} guru belum mendapat tutor: mengapa</summary>
          <ul className="mt-1 list-disc pl-5">
            {Object.entries(s.unmatched).map(([reason, n]) => (
              <li key={reason}>
                {formatCount(n)} guru: {reasons[reason] ?? reason}
              </li>
            ))}
          </ul>
        </details>
      )}
      {s.gaps.length > 0 && (
        <details className="mt-2 text-sm">
          <summary className="min-h-8 font-semibold">{formatCount(s.gaps.length)} kabupaten/kota dan mapel tanpa tutor sendiri</summary>
          <ul className="mt-1 grid gap-x-6 gap-y-1 sm:grid-cols-2">
            {s.gaps.map((g) => (
              <li key={`${g.regionCode}${g.subject}`}>
                <strong>
                  {subjectName(g.subject)}, {regionName(g.regionCode)}
                </strong>
                : {formatCount(g.learners)} guru.{' '}
                {g.remote
                  ? `Terdekat: tutor di ${regionName(g.remote.regionCode)}, ${formatNumber(g.remote.km, 0)} km.`
                  : 'Belum ada tutor di provinsi.'}
              </li>
            ))}
          </ul>
        </details>
      )}
      {s.problems.map((p) => (
        <div key={p} className="mt-3">
          <Notice tone="care">{p}</Notice>
        </div>
      ))}
    </Card>
  )
}
