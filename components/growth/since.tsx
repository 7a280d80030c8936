import { Badge, Card } from '@/components/ui/page'
import { changeWords } from '@/lib/growth/model'
import type { OwnChange, SchoolGrowth } from '@/lib/growth/service'
import { competencyNames } from '@/lib/sittings/model'
import { formatNumber, formatSigned } from '@/lib/platform/format'
import { isSelfDescription } from '@/components/own-result/words'
import { PublishedLine } from '@/components/published-line'
import { changeWord, intervalWords, peopleWords } from './words'

const tones = { up: 'good', unclear: 'plain', down: 'care' } as const

/**
 * For the teacher: what changed since last time, with how much certainty. The chance of a rise is not told: simulations found it off by more
 * than three points (docs/measurement.md), and a claim that misses its rate is not shown.
 */
export function SinceLastTime({ changes }: { changes: OwnChange[] }) {
  const first = changes[0]
  if (!first) return null
  return (
    <Card title="Sejak tes sebelumnya" className="mb-6 print:mb-3">
      <p className="mb-3 text-sm text-soft">
        {first.from} dibandingkan dengan {first.to}: skala yang sama, dengan soal yang belum pernah Anda lihat pada bagian profesional dan
        pedagogik.
      </p>
      {/* Side by side on paper: the result is promised on one page. */}
      <ul className={`grid gap-3 md:grid-cols-2 ${changes.length > 3 ? 'print:grid-cols-4' : 'print:grid-cols-3'}`}>
        {changes.map((c) => (
          <li key={c.part} className="rounded-lg border border-line p-3">
            <div className="flex flex-wrap items-baseline justify-between gap-2">
              <strong>{competencyNames[c.part]}</strong>
              {c.told?.word && <Badge tone={tones[c.told.word]}>{changeWords[c.told.word]}</Badge>}
            </div>
            {c.told ? (
              <p className="mt-1 text-sm">
                {isSelfDescription(c.part)
                  ? 'Gambaran diri bergeser bersama keadaan; tidak ada arah yang lebih baik.'
                  : `Perubahan yang sebenarnya kira-kira antara ${formatSigned(c.told.low)} dan ${formatSigned(c.told.high)} poin.`}
                {c.told.word === 'down' &&
                  ' Sebabnya tidak diukur: kesehatan, suasana ruang, dan bahan yang lama tidak dipakai dapat ikut berperan.'}
              </p>
            ) : (
              <p className="mt-1 text-sm">Kedua tes belum dapat dibandingkan cukup tepat untuk satu orang, jadi tidak ada angka di sini.</p>
            )}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm text-soft">“Belum dapat dipastikan” adalah keterangan tentang tes, bukan tentang usaha Anda.</p>
      <details>
        <summary className="min-h-11 content-center text-sm font-semibold text-leaf">Cara menghitung</summary>
        <p className="text-sm text-soft">
          Rentang dan kata ini memperhitungkan kedua tes dan galatnya, galat penautan, serta perubahan semua guru yang diukur dua kali.
          “Naik” atau “lebih rendah” baru disebut bila peluangnya sedikitnya 90 dari 100.
        </p>
        <ul className="mt-1 text-sm text-soft">
          {changes.map((c) => (
            <li key={c.part}>
              {competencyNames[c.part]}: galat penautan {formatNumber(c.linkError, 0)} poin
              {!c.told && ', terlalu besar untuk membaca perubahan satu orang'}
            </li>
          ))}
        </ul>
      </details>
    </Card>
  )
}

/** For the head of school: the school's change a part as it was published, or why none is told. */
export function SchoolChange({ growth }: { growth: SchoolGrowth | null }) {
  if (!growth)
    return (
      <Card title="Perubahan sejak tes sebelumnya" className="mb-6">
        <p className="text-sm">
          Belum ada perubahan sekolah ini dalam terbitan yang berlaku. Angkanya tampil setelah dua orang di BGTK menerbitkannya.
        </p>
      </Card>
    )
  const { parts, cycles, hideBelow } = growth
  return (
    <Card title="Perubahan sejak tes sebelumnya" className="mb-6">
      <p className="mb-3 text-sm text-soft">
        {cycles[0]} dibandingkan dengan {cycles[1]}; hanya guru sekolah ini yang mengikuti keduanya.
      </p>
      <ul className="space-y-2">
        {parts.map(({ part, cell }) => (
          <li key={part} className="flex flex-wrap justify-between gap-x-4 border-b border-line pb-2">
            <strong>{competencyNames[part]}</strong>
            <span className="text-sm">
              {cell.change
                ? `${peopleWords(cell.n, hideBelow)} guru · ${formatSigned(cell.change.raw.value)} poin, ${intervalWords(cell.change.raw)}: ${changeWord(cell.change.raw, part)}`
                : cell.state === 'empty'
                  ? 'tidak diterbitkan: kedua tes belum ditautkan, atau gerbang tautannya tertutup'
                  : `kurang dari ${hideBelow} guru dengan kedua tes, atau akan membuka kelompok kecil: tidak ditampilkan`}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm text-soft">
        Rentang memuat galat pencuplikan, pengukuran, dan penautan. Perubahan bukan bukti bahwa suatu kegiatan menyebabkannya, dan bukan
        ukuran kinerja sekolah. <PublishedLine published={growth.published} />
      </p>
    </Card>
  )
}
