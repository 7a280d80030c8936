import { RangeBar } from '@/components/charts/range-bar'
import { Badge } from '@/components/ui/page'
import { formatDate, formatNumber } from '@/lib/platform/format'
import { ofHundred } from '@/lib/scoring/judgement-model'
import { stateWords, type Combined, type OwnMeasure } from '@/lib/scoring/service'
import { competencyNames } from '@/lib/sittings/model'

type State = 'above' | 'near' | 'below'
const tones = { above: 'good', near: 'care', below: 'info' } as const
const TICKS = [
  { at: 200, name: '200' },
  { at: 500, name: '500' },
  { at: 800, name: '800' },
]

export const StateBadge = ({ state }: { state: State }) => <Badge tone={tones[state]}>{stateWords[state]}</Badge>

const stateSentences: Record<State, string> = {
  above: 'Seluruh rentang berada pada atau di atas 500: standar tercapai.',
  near: 'Rentang Anda memuat 500, jadi tes ini belum dapat memastikan Anda berada di sisi mana. Itu wajar; pengukuran berikutnya akan memperjelasnya.',
  below: 'Seluruh rentang masih di bawah 500: standar belum tercapai.',
}

/** A measure in words first: a range, never a bare number; chances and every step of the arithmetic on request. */
export function OwnMeasureView({ measure, name }: { measure: OwnMeasure; name: string }) {
  const { standing } = measure
  const bar = (
    <RangeBar
      label={`${name} pada skala 200–800`}
      low={measure.low}
      high={measure.high}
      value={measure.likely}
      {...(standing ? { cut: 500 } : {})}
      from={200}
      to={800}
      ticks={TICKS}
    />
  )
  return (
    <div>
      {standing ? (
        <>
          <p>
            Kemampuan Anda paling mungkin antara <strong className="tabular-nums">{measure.low}</strong> dan{' '}
            <strong className="tabular-nums">{measure.high}</strong> pada skala 200–800; 500 adalah batas kompeten.
          </p>
          {bar}
          <p className="text-sm">
            {stateSentences[standing.state]}
            {measure.provisionalCut && ' Batas 500 masih sementara, menunggu keputusan panel penetapan batas.'}
          </p>
        </>
      ) : (
        <p>Bagian ini menggambarkan diri Anda menurut Anda sendiri. Hanya untuk Anda baca; tidak ikut keputusan apa pun.</p>
      )}
      <details className="mt-1">
        <summary className="min-h-11 content-center text-sm font-semibold text-leaf">Cara menghitung</summary>
        {standing ? (
          <p className="mb-2 text-sm">
            Peluang kemampuan sebenarnya mencapai 500: {ofHundred(standing.pAbove)}. Setara dengan menguasai sekitar{' '}
            {formatNumber(measure.masteryLow, 0)}–{formatNumber(measure.masteryHigh, 0)} persen bahan rujukan. Rentang ini memuat kemampuan
            sebenarnya pada delapan dari sepuluh orang.
          </p>
        ) : (
          <div className="mb-2 text-sm">
            <p>
              Gambaran diri Anda paling mungkin antara {measure.low} dan {measure.high} pada skala 200–800; pada delapan dari sepuluh orang
              rentang ini memuat yang sebenarnya. Lebih tinggi tidak berarti lebih baik.
            </p>
            {bar}
          </div>
        )}
        <ol className="list-decimal space-y-1 pl-5 text-sm">
          <li>
            {measure.items} butir yang Anda kerjakan, masing-masing dengan kesukaran dari kalibrasi, memberi θ sekitar{' '}
            {formatNumber(measure.theta, 1)} dengan galat baku sekitar {formatNumber(measure.se, 1)} (taksiran Warm).
          </li>
          <li>
            {standing ? 'Batas kompeten' : 'Titik 500'} terletak pada θ sekitar {formatNumber(measure.thetaCut, 1)}; 100 poin setara{' '}
            {formatNumber(measure.sigma, 1)} satuan θ (simpangan baku kemampuan pada gelombang pertama).
          </li>
          <li>
            Menurut jawaban Anda saja: 500 + 100 × (θ − batas) / simpangan baku, dihitung tanpa pembulatan lalu dibulatkan ke kelipatan
            lima: {measure.points}. Angka antara tidak ditampilkan lebih rinci, karena galatnya jauh lebih besar daripada desimalnya.
          </li>
          <li>
            Tes pendek mudah meleset ke atas atau ke bawah. Karena itu jawaban Anda ditimbang bersama sebaran kemampuan semua peserta tes
            ini, dan yang paling mungkin adalah {measure.likely}. Makin banyak butir, makin kecil pengaruh sebaran itu; asal sekolah,
            daerah, usia, dan jenis kelamin tidak ikut dihitung.
          </li>
          <li>
            Rentang dan peluang berasal dari timbangan itu: ± 1,28 simpangan bakunya, dibulatkan dan dibatasi pada 200–800.
            {measure.cutError > 0 &&
              ` Batas 500 sendiri ditetapkan panel dengan galat sekitar ${formatNumber(measure.cutError, 0)} poin; galat itu ikut dihitung.`}
          </li>
          <li>
            {measure.cutReason}
            {measure.releasedAt && ` Dirilis ${formatDate(measure.releasedAt)}.`}
          </li>
        </ol>
      </details>
    </div>
  )
}

const ruleSentences: Record<Combined['rule']['rule'], (floor: number) => string> = {
  compensatory: () => 'gabungan mencapai 500',
  'compensatory-floor': (floor) => `gabungan mencapai 500 dan tidak ada bagian di bawah ${floor}`,
  conjunctive: () => 'setiap bagian mencapai 500',
}

/** The weighted standing of the parts that decide, with the rule that made it. */
export function CombinedView({ combined, shipped }: { combined: Combined; shipped: boolean }) {
  const weights = combined.weights.map((w) => `${Math.round(100 * w.weight)} persen ${competencyNames[w.part]!.toLowerCase()}`).join(' + ')
  return (
    <div>
      <p>
        Gabungan {weights}: antara <strong className="tabular-nums">{combined.low}</strong> dan{' '}
        <strong className="tabular-nums">{combined.high}</strong>.
      </p>
      <RangeBar
        label="Gabungan pada skala 200–800"
        low={combined.low}
        high={combined.high}
        value={combined.points}
        cut={500}
        from={200}
        to={800}
        ticks={TICKS}
      />
      <p className="text-sm text-soft">
        Aturan: kompeten bila {ruleSentences[combined.rule.rule](combined.rule.floor)}.{' '}
        {shipped && 'Bobot dan aturan ini bawaan sistem, belum ditetapkan BGTK. '}
        Setiap hasil tetap dibaca sendiri-sendiri.
      </p>
      {combined.reliability !== null && (
        <details>
          <summary className="min-h-11 content-center text-sm font-semibold text-leaf">Cara menghitung</summary>
          <p className="text-sm">
            Keandalan gabungan {formatNumber(combined.reliability, 2)}: sebesar itu bagian perbedaan antarguru yang bukan galat. Kedua
            bagian ditimbang bersama, karena guru yang kuat pada satu bagian biasanya kuat pada yang lain.
          </p>
        </details>
      )}
    </div>
  )
}
